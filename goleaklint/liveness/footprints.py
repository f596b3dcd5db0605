"""Actions in, the objects they use out: now, and ever after. Sets of objects are ints, a bit for each."""

from collections.abc import Sequence

from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import Group, State, Transition
from goleaklint.liveness.objects import Condition, Context, Flag, Object

OBJECT_OF = {
    act.Send: "channel", act.Receive: "channel", act.Close: "channel", act.Acquire: "lock", act.Release: "lock",
    act.Add: "group", act.Done: "group", act.Wait: "group", act.CondWait: "condition", act.Signal: "condition",
    act.Cancel: "context", act.AwaitDone: "context", act.TestDone: "context", act.SetFlag: "flag",
    act.TestFlag: "flag", act.Make: "object",
}  # fmt: skip
"""What an action calls the object that it is about. Those that are not here are about none."""


def fixed_flags(group: Group) -> frozenset[int]:
    """Flags that nothing writes: a test of one can come before whatever others do."""
    written = set()
    for automaton in group.automata:
        for state in automaton.states:
            for each in state.transitions:
                match each.action:
                    case act.SetFlag(flag=flag) | act.TestFlag(flag=flag, sets=True | False) | act.Make(object=flag):
                        written.add(flag)
    flags = {number for number, each in enumerate(group.objects) if isinstance(each, Flag)}
    return frozenset(flags - written)


def touched(objects: Sequence[Object], transitions: Sequence[Transition]) -> int:
    """The objects that the actions use, as bits."""
    bits = 0
    for transition in transitions:
        for number in objects_of(transition.action):
            bits |= 1 << number
            found = objects[number]
            if isinstance(found, Condition):
                bits |= 1 << found.lock
            if isinstance(found, Context):
                bits |= _relatives(objects, number)
    return bits


def _relatives(objects: Sequence[Object], number: int) -> int:
    """The contexts that may end together with one, above and below."""
    root = number
    while isinstance(context := objects[root], Context) and context.parent is not None:
        root = context.parent
    family = [root]
    for above in family:
        family.extend(n for n, each in enumerate(objects) if isinstance(each, Context) and each.parent == above)
    return sum(1 << each for each in family)


def objects_of(action: act.Action) -> tuple[int, ...]:
    """The objects that an action is about."""
    name = OBJECT_OF.get(type(action))
    return () if name is None else (getattr(action, name),)


def futures(group: Group, touches: Sequence[Sequence[int]], *, as_it_is: bool = False) -> list[list[int]]:
    """Per automaton and state, the objects that a goroutine there, or one it starts, may ever use.

    With `as_it_is` only those that it may use before it makes them anew.
    """
    found = [[0] * len(each) for each in touches]
    steps = [
        [
            (number, 0 if as_it_is and _makes(state) else now[number], _onward(state, own, found, as_it_is))
            for number, state in reversed(list(enumerate(automaton.states)))
        ]
        for automaton, own, now in zip(group.automata, found, touches, strict=True)
    ]
    changed = True
    while changed:
        changed = False
        for own, each in zip(found, steps, strict=True):
            for number, bits, onward in each:
                for there, target, kept in onward:
                    bits |= there[target] & kept
                if bits != own[number]:
                    own[number] = bits
                    changed = True
    return found


def _onward(
    state: State, own: list[int], all_of: Sequence[list[int]], as_it_is: bool
) -> list[tuple[list[int], int, int]]:
    """The states that come after one, each as a place in a list, with the objects that are the same there, as bits."""
    onward = []
    for each in state.transitions:
        match each.action:
            case act.Return() | act.Panic() | act.Exit():
                continue
            case act.Make(object=number) if as_it_is:
                onward.append((own, each.target, ~(1 << number)))
                continue
            case act.Spawn(automaton=started):
                onward.append((all_of[started], 0, -1))
        onward.append((own, each.target, -1))
    return onward


def _makes(state: State) -> bool:
    return all(isinstance(each.action, act.Make) for each in state.transitions)


class Footprints:
    """What the goroutines of a group use, per automaton and state: `now`, ever after, and before they make it anew.

    `fixed` are the flags that nothing writes. All this is the same for all numbers in the place of symbols.
    """

    def __init__(self, group: Group) -> None:
        self.now = [[touched(group.objects, state.transitions) for state in each.states] for each in group.automata]
        self.future = futures(group, self.now)
        self.held = futures(group, self.now, as_it_is=True)
        self.fixed = fixed_flags(group)
