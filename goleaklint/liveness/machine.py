"""Automata in, small numbers out: each point at which a goroutine can stand, and the steps it may take from there.

Silent steps are folded away: a goroutine goes on to where it next touches an object, by each way there is. As they
touch nothing that others see, no order of steps is lost.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import Automaton, Group, Transition
from goleaklint.liveness.footprints import Footprints, objects_of
from goleaklint.liveness.objects import Condition
from goleaklint.liveness.semantics import STAY, Effect, Kind, Part, Semantics

GONE = -1
"""The point of a goroutine that has ended, or that runs for ever without touching an object."""

Counters: TypeAlias = tuple[int, ...]


class Phase(NamedTuple):
    """Where in an action of several steps a goroutine is: `step` 0 is before the action of `transition`.

    `lingers`: the goroutine may also go in circles before it comes here.
    """

    transition: int = -1
    step: int = 0
    lingers: bool = False


class Key(NamedTuple):
    """What tells points apart."""

    automaton: int
    state: int
    counters: Counters
    phase: Phase = Phase()


class Passed(NamedTuple):
    """A transition that was taken."""

    automaton: int
    state: int
    transition: int


class Way(NamedTuple):
    """Where a goroutine comes to after an action and silent steps; how many of those were free choices."""

    point: int
    passed: tuple[Passed, ...] = ()
    choices: int = 0


class _Trail(NamedTuple):
    """Silent steps: how many free choices and steps they are, and the last of them, after those before."""

    choices: int
    length: int
    before: "_Trail | None" = None
    last: Passed | None = None

    def passed(self) -> tuple[Passed, ...]:
        steps: list[Passed] = []
        at: _Trail | None = self
        while at is not None and at.last is not None:
            steps.append(at.last)
            at = at.before
        return tuple(reversed(steps))


class Op(NamedTuple):
    """One way in which one action can happen, and where the goroutine may then be. See Part."""

    kind: Kind
    object: int
    effect: Effect
    sure: bool
    also: tuple[int, ...]
    ways: tuple[Way, ...]
    started: tuple[Way, ...]
    """Of a SPAWN: where the new goroutine may be."""


class Point:
    """A place where a goroutine can stand.

    `touches`, `future` and `holds` are sets of objects, as bits: those it uses next, those it may ever use, those it
    may use before it makes them anew. `social`: the ops that depend on where others are. `urgent`: no step of another
    bears on what this one does next. `ends`: that may be the end of the process. `polls`: it never waits, as it has a
    default. `lingers`: see Phase.
    """

    __slots__ = (
        "ends", "future", "holds", "key", "lingers", "ops", "polls", "receives", "sleeps", "social", "touches", "urgent"
    )  # fmt: skip

    def __init__(self, key: Key, ops: tuple[Op, ...], touches: int, future: int, holds: int, urgent: bool) -> None:
        self.key = key
        self.ops = ops
        self.touches = touches
        self.future = future
        self.holds = holds
        self.urgent = urgent
        self.ends = any(op.kind is Kind.END for op in ops)
        self.lingers = key.phase.lingers
        self.polls = any(op.kind is Kind.DEFAULT for op in ops)
        self.social = tuple(op for op in ops if op.kind in _SOCIAL)
        self.receives = tuple(op for op in ops if op.kind is Kind.RECEIVE)
        self.sleeps = next((op for op in ops if op.kind is Kind.ASLEEP), None)


_SOCIAL = frozenset((Kind.SEND, Kind.SPAWN, Kind.MAKE, Kind.WAKE, Kind.WAKE_ALL))
"""Kinds that depend on where other goroutines are."""

_SILENT = (act.Silent, act.Unknown, act.Round, act.Finished, act.Broken, act.Return)


class _Points(dict[int, Point]):
    """Points by number, each made when first asked for."""

    def __init__(self, make: Callable[[int], Point]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, number: int) -> Point:
        self[number] = point = self._make(number)
        return point


class Machine:
    """The points of a group's goroutines, numbered as they are come upon. `counts` are numbers for the symbols.

    `footprints` are those of the group, where they were worked out for other numbers already.
    """

    def __init__(self, group: Group, counts: Sequence[int], footprints: Footprints | None = None) -> None:
        self.group = group
        self.points = _Points(lambda number: self._make(self._keys[number]))
        self._counts = counts
        self._semantics = Semantics(group.objects, counts)
        self._keys: list[Key] = []
        self._numbers: dict[Key, int] = {}
        self._ways: dict[Key, tuple[Way, ...]] = {}
        self._footprints = footprints or Footprints(group)
        self._silent: dict[tuple[int, int], bool] = {}

    def start(self, automaton: int) -> tuple[Way, ...]:
        """Where a new goroutine may be."""
        counters = 1 + max(map(_counter, _transitions(self.group.automata[automaton])), default=-1)
        return self._settle(Key(automaton, 0, (0,) * counters))

    def point(self, number: int) -> Point:
        """The point of a number, worked out when first asked for: others are only come upon then."""
        return self.points[number]

    def _number(self, key: Key) -> int:
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._keys)
            self._keys.append(key)
        return number

    def _settle(self, key: Key) -> tuple[Way, ...]:
        """Where silent steps lead from a state; to each place the way with the fewest free choices."""
        found = self._ways.get(key)
        if found is None:
            found = self._ways[key] = tuple(self._walk(key)) or (Way(GONE),)
        return found

    def _walk(self, key: Key) -> Iterator[Way]:
        best: dict[Key | None, _Trail] = {key: _Trail(0, 0)}
        pending: list[Key] = [key]
        follows: dict[Key, set[Key]] = {}
        while pending:
            at = pending.pop()
            if not self._is_silent(at):
                continue
            trail = best[at]
            for number, transition in enumerate(self._transitions(at)):
                target = self._silent_target(at, transition)
                if target is _NOWHERE:
                    continue
                if target is not None:
                    follows.setdefault(at, set()).add(target)
                cost = trail.choices + _is_free(transition), trail.length + 1
                old = best.get(target)
                if old is None or cost < old[:2]:
                    best[target] = _Trail(*cost, trail, Passed(at.automaton, at.state, number))
                    if target is not None:
                        pending.append(target)
        lingers = Phase(lingers=_has_circle(follows))
        for target, trail in best.items():
            if target is None:
                yield Way(GONE, trail.passed(), trail.choices)
            elif not self._is_silent(target):
                yield Way(self._number(target._replace(phase=lingers)), trail.passed(), trail.choices)

    def _transitions(self, key: Key) -> tuple[Transition, ...]:
        return self.group.automata[key.automaton].states[key.state].transitions

    def _is_silent(self, key: Key) -> bool:
        place = key.automaton, key.state
        found = self._silent.get(place)
        if found is None:
            transitions = self._transitions(key)
            found = bool(transitions) and all(isinstance(each.action, _SILENT) for each in transitions)
            self._silent[place] = found
        return found

    def _silent_target(self, key: Key, transition: Transition) -> Key | None:
        """The state after a silent step, None for the end of the goroutine, _NOWHERE if the step is not possible."""
        if isinstance(transition.action, act.Return):
            return None
        counters = self._counted(key.counters, transition.action)
        return _NOWHERE if counters is None else Key(key.automaton, transition.target, counters)

    def _counted(self, counters: Counters, action: act.Action) -> Counters | None:
        """The counters after an action; None if they do not let it happen."""
        match action:
            case act.Round(counter=number, count=count):
                done = counters[number]
                return _with(counters, number, done + 1) if done < count.at(self._counts) else None
            case act.Finished(counter=number, count=count):
                return _with(counters, number, 0) if counters[number] >= count.at(self._counts) else None
            case act.Broken(counter=number):
                return _with(counters, number, 0)
            case _:
                return counters

    def _make(self, key: Key) -> Point:
        ops = tuple(sorted(self._ops(key), key=lambda op: op.kind is Kind.DEFAULT))  # the rest decides on the default
        prints = self._footprints
        urgent = bool(ops) and all(
            op.kind is Kind.SPAWN or (op.kind is Kind.CHANGE and op.object in prints.fixed) for op in ops
        )
        at, state = key.automaton, key.state
        return Point(key, ops, prints.now[at][state], prints.future[at][state], prints.held[at][state], urgent)

    def _ops(self, key: Key) -> Iterator[Op]:
        if key.phase.transition >= 0:
            yield from self._later_steps(key)
            return
        transitions = self._transitions(key)
        for number, transition in enumerate(transitions):
            action = transition.action
            if isinstance(action, act.CondWait):
                for part in self._semantics.parts(action):
                    yield self._op(part, (self._step(key, number, 1),))
                continue
            ways = self._after(key, number)
            if not ways:
                continue
            for part in self._semantics.parts(action):
                yield self._op(part, ways)
            if isinstance(action, act.Acquire) and len(transitions) == 1:
                yield from self._announcing(key, number, action)

    def _announcing(self, key: Key, number: int, action: act.Acquire) -> Iterator[Op]:
        part = self._semantics.announce(action)
        if part is not None:
            yield self._op(part, (self._step(key, number, 3),))

    def _later_steps(self, key: Key) -> Iterator[Op]:
        """Steps of CondWait: 1 asleep, 2 wants the lock again. Step 3, of it and of Acquire: announced as a writer."""
        number, step, _ = key.phase
        action = self._transitions(key)[number].action
        if isinstance(action, act.CondWait) and step == 1:
            yield from self._asleep(key, number, action.condition)
            return
        lock = self._semantics.lock_of(action.condition) if isinstance(action, act.CondWait) else objects_of(action)[0]
        ways = self._after(key, number)
        if step == 2:
            for part in self._semantics.parts(act.Acquire(lock)):
                yield self._op(part, ways)
            yield from self._announcing(key, number, act.Acquire(lock))
        else:
            for part in self._semantics.announced(lock):
                yield self._op(part, ways)

    def _asleep(self, key: Key, number: int, condition: int) -> Iterator[Op]:
        woken = (self._step(key, number, 2),)
        yield self._op(Part(Kind.ASLEEP, condition, STAY), woken)
        found = self.group.objects[condition]
        if isinstance(found, Condition) and found.foreign:
            yield self._op(Part(Kind.ALWAYS, -1, STAY), woken)

    def _step(self, key: Key, number: int, step: int) -> Way:
        return Way(self._number(key._replace(phase=Phase(number, step))))

    def _op(self, part: Part, ways: tuple[Way, ...]) -> Op:
        started = self.start(part.object) if part.kind is Kind.SPAWN else ()
        return Op(part.kind, part.object, part.effect, part.sure, part.also, ways, started)

    def _after(self, key: Key, number: int) -> tuple[Way, ...]:
        """Where a goroutine may be after a transition that is no silent step of a silent state."""
        transition = self._transitions(key)[number]
        passed = Passed(key.automaton, key.state, number)
        if isinstance(transition.action, act.Return | act.Panic | act.Exit):
            return (Way(GONE, (passed,)),)
        counters = self._counted(key.counters, transition.action)
        if counters is None:
            return ()
        free = _is_free(transition)
        ways = self._settle(Key(key.automaton, transition.target, counters))
        return tuple(Way(way.point, (passed, *way.passed), way.choices + free) for way in ways)


_NOWHERE = Key(-1, -1, ())


def _has_circle(follows: dict[Key, set[Key]]) -> bool:
    """Reports whether some silent steps lead back to where they began."""
    rest = dict(follows)
    while rest:
        last = [key for key, targets in rest.items() if not any(target in rest for target in targets)]
        if not last:
            return True
        for key in last:
            del rest[key]
    return False


def _is_free(transition: Transition) -> int:
    return int(isinstance(transition.action, act.Silent) and transition.action.free)


def _with(counters: Counters, number: int, value: int) -> Counters:
    return (*counters[:number], value, *counters[number + 1 :])


def _transitions(automaton: Automaton) -> Iterator[Transition]:
    for state in automaton.states:
        yield from state.transitions


def _counter(transition: Transition) -> int:
    match transition.action:
        case act.Round(counter=number) | act.Finished(counter=number) | act.Broken(counter=number):
            return number
        case _:
            return -1
