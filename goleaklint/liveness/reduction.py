"""Automata in, smaller ones that do the same out: what touches no object, and what leads nowhere else, is left out.

Operations on objects that code outside has, too, may always go on and need not be followed.
"""

from collections.abc import Callable, Sequence

import msgspec

from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import Action, Automaton, Group, State, Transition
from goleaklint.liveness.footprints import OBJECT_OF, objects_of
from goleaklint.liveness.objects import Channel, Condition, Context, Lock, Object, WaitGroup

_SILENT, _UNKNOWN = act.Silent(), act.Unknown()

_ENDS = frozenset((act.Return, act.Panic, act.Exit))


def reduced(group: Group) -> Group:
    """The group without what does not matter."""
    foreign = [_is_foreign(each, group.objects) for each in group.objects]
    automata = [_smaller(_freed(each, foreign) if any(foreign) else each) for each in group.automata]
    return _renumbered(group, automata)


# --- what is not followed


def _freed(automaton: Automaton, foreign: Sequence[bool]) -> Automaton:
    """Operations that code outside can always let go on become steps of the environment."""

    def free(transition: Transition) -> Transition:
        action = _environment(transition.action, foreign)
        return transition if action is transition.action else Transition(action, transition.target, transition.where)

    return mapped(automaton, free)


def _environment(action: Action, foreign: Sequence[bool]) -> Action:
    numbers = objects_of(action)
    if not numbers or not foreign[numbers[0]]:
        return action
    match action:
        case act.Send() | act.Receive() | act.Acquire() | act.Wait() | act.CondWait() | act.AwaitDone():
            return _UNKNOWN
        case act.TestDone():
            return act.Silent(free=True)
        case act.Close() | act.Release() | act.Add() | act.Done() | act.Signal() | act.Cancel() | act.Make():
            return _SILENT
        case _:
            return action


def _is_foreign(found: Object, objects: Sequence[Object]) -> bool:
    match found:
        case Channel():
            return found.foreign_sends and found.foreign_receives and found.foreign_closes
        case Lock() | WaitGroup():
            return found.foreign
        case Condition():
            return found.foreign or _is_foreign(objects[found.lock], objects)
        case Context():
            return found.live or (found.parent is not None and _is_foreign(objects[found.parent], objects))
        case _:
            return False


def mapped(automaton: Automaton, change: Callable[[Transition], Transition]) -> Automaton:
    """The automaton with each of its transitions changed."""
    states = tuple(State(tuple(map(change, each.transitions)), each.where) for each in automaton.states)
    return Automaton(automaton.name, states, automaton.where)


# --- what leads nowhere else


def _smaller(automaton: Automaton) -> Automaton:
    """Without states that only lead on to another."""
    before = -1
    states = list(automaton.states)
    while before != len(states):
        before = len(states)
        states = _kept(_forwarded(_without_crashes(states)))
    return Automaton(automaton.name, tuple(states), automaton.where)


def _without_crashes(states: list[State]) -> list[State]:
    """Without the branches that surely end the process: nobody is left behind then."""
    crashes = [_all_crash(each) for each in states]
    if not any(crashes):
        return states
    found = []
    for state in states:
        kept = tuple(each for each in state.transitions if not _leads_to_crash(each, crashes))
        found.append(State(kept or state.transitions, state.where))
    return found


def _all_crash(state: State) -> bool:
    return bool(state.transitions) and all(isinstance(each.action, act.Panic | act.Exit) for each in state.transitions)


def _leads_to_crash(transition: Transition, crashes: list[bool]) -> bool:
    return isinstance(transition.action, act.Silent | act.TestFlag) and crashes[transition.target]


def _forwarded(states: list[State]) -> list[State]:
    onward = [_only_target(number, state) for number, state in enumerate(states)]

    def last(number: int) -> int:
        seen = set()
        while (target := onward[number]) is not None and number not in seen:
            seen.add(number)
            number = target
        return number

    lasts = [last(number) for number in range(len(states))]
    found = []
    for number, state in enumerate(states):
        moved = [each if type(each.action) in _ENDS else _to(each, lasts[each.target]) for each in state.transitions]
        unique = [
            each for at, each in enumerate(moved) if not _is_idle(number, each) and not _repeats(each, moved[:at])
        ]
        found.append(State(tuple(unique), state.where) if unique or not moved else _spinning(state))
    if lasts[0] != 0:
        found[0] = found[lasts[0]]
    return found


def _spinning(state: State) -> State:
    """A goroutine that goes round in circles is busy, not left behind."""
    return State((Transition(act.Return()),), state.where)


def _to(transition: Transition, target: int) -> Transition:
    return transition if transition.target == target else Transition(transition.action, target, transition.where)


def _repeats(transition: Transition, before: Sequence[Transition]) -> bool:
    if not before:
        return False
    if not isinstance(transition.action, act.Silent):
        return any(transition.action == each.action and transition.target == each.target for each in before)
    return any(isinstance(each.action, act.Silent) and each.target == transition.target for each in before)


def _is_idle(number: int, transition: Transition) -> bool:
    return isinstance(transition.action, act.Silent) and transition.target == number


def _only_target(number: int, state: State) -> int | None:
    """The one state that another leads to without doing anything; None if there is more to it."""
    if len(state.transitions) == 1:
        only = state.transitions[0]
        return only.target if isinstance(only.action, act.Silent) and only.target != number else None
    others = [each for each in state.transitions if not _is_idle(number, each)]
    if others and all(isinstance(each.action, act.Silent) for each in others):
        targets = {each.target for each in others}
        return targets.pop() if len(targets) == 1 else None
    if len(others) == 2:
        around = [each for each in others if isinstance(each.action, act.Round) and each.target == number]
        over = [each for each in others if isinstance(each.action, act.Finished)]
        if around and over:
            return over[0].target
    return None


def _kept(states: list[State]) -> list[State]:
    """The states that can be reached, numbered anew."""
    order = [0]
    numbers = {0: 0}
    for number in order:
        for each in states[number].transitions:
            if type(each.action) not in _ENDS and each.target not in numbers:
                numbers[each.target] = len(order)
                order.append(each.target)
    return [
        State(
            tuple(
                each if type(each.action) in _ENDS else _to(each, numbers[each.target])
                for each in states[number].transitions
            ),
            states[number].where,
        )
        for number in order
    ]


# --- objects and automata that are left


def _renumbered(group: Group, automata: list[Automaton]) -> Group:
    """Without the automata that nobody starts, and the objects that nobody uses."""
    order = list(group.roots)
    for number in order:
        for state in automata[number].states:
            for each in state.transitions:
                if isinstance(each.action, act.Spawn) and each.action.automaton not in order:
                    order.append(each.action.automaton)
    used = {
        number
        for at in order
        for state in automata[at].states
        for each in state.transitions
        for number in objects_of(each.action)
    }
    for number in sorted(used, reverse=True):
        used |= _belonging(group.objects, number)
    kept = sorted(used)
    objects = {old: new for new, old in enumerate(kept)}
    renamed = [mapped(automata[at], lambda each: _renamed(each, objects, order)) for at in order]
    found = tuple(_object_renamed(group.objects[old], objects) for old in kept)
    return Group(found, tuple(renamed), tuple(order.index(root) for root in group.roots))


def _belonging(objects: Sequence[Object], number: int) -> set[int]:
    found: set[int] = set()
    match objects[number]:
        case Condition(lock=lock):
            found.add(lock)
        case Context(parent=int(parent)):
            found |= {parent} | _belonging(objects, parent)
    return found


def _object_renamed(found: Object, numbers: dict[int, int]) -> Object:
    match found:
        case Condition(lock=lock):
            return msgspec.structs.replace(found, lock=numbers[lock])
        case Context(parent=int(parent)):
            return msgspec.structs.replace(found, parent=numbers[parent])
        case _:
            return found


def _renamed(transition: Transition, objects: dict[int, int], order: list[int]) -> Transition:
    action = transition.action
    if isinstance(action, act.Spawn):
        return msgspec.structs.replace(transition, action=act.Spawn(order.index(action.automaton)))
    name = OBJECT_OF.get(type(action))
    if name is None:
        return transition
    new = msgspec.structs.replace(action, **{name: objects[getattr(action, name)]})
    return msgspec.structs.replace(transition, action=new)
