"""The common state of a group's goroutines in, every step that one of them can take out.

A step of one goroutine stands for all where no other bears on it: where what it touches next nobody else will ever use.
The order of such steps changes nothing of what can happen later, and one order is enough.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from itertools import product
from typing import TypeAlias

from goleaklint.liveness.machine import GONE, Machine, Op, Way
from goleaklint.liveness.semantics import BEYOND, BLOCKED, Kind, made, start

MAX_GOROUTINES = 12
"""More at once, and the ways in which they can interleave are too many; leaks show with two or three of a kind."""

Goroutines: TypeAlias = tuple[int, ...]
"""The points at which they stand, sorted: goroutines at one point are alike. Those that have ended are left out."""

Values: TypeAlias = tuple[int, ...]
Common: TypeAlias = tuple[Values, Goroutines]

ENDED: Common = ((-1,), ())
"""The process has ended."""
OUTSIDE: Common = ((-2,), ())
"""What lies beyond a limit: anything may happen there."""

NEW = -2
"""The point that a goroutine just started comes from."""

Taken: TypeAlias = tuple[tuple[int, Way], ...]
"""What a step did: for each goroutine in it, the point it left and its way. The first is the one that acts."""

Step: TypeAlias = tuple[Common, int, int, Taken]
"""The state after a step; the points that were left, and the points whose goroutines were forgotten, as bits."""


Alone: TypeAlias = tuple[Values, int, Common | None, Taken]
"""The values after a step that is no other goroutine's business, its point, the state after it if that is special."""


class Product:
    """The steps of a group. What a goroutine can do alone is worked out once for each point and values."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._alone: dict[int, dict[Values, list[Alone]]] = defaultdict(dict)
        self._free: dict[Goroutines, list[int]] = {}
        self._point = machine.points.__getitem__
        self._social: dict[Kind, Callable[[Op, Values, Goroutines, int], Iterator[Step]]] = {
            Kind.SEND: self._meet,
            Kind.SPAWN: self._spawn,
            Kind.MAKE: self._make,
            Kind.WAKE: self._wake,
            Kind.WAKE_ALL: self._wake_all,
        }

    def start(self) -> list[tuple[Common, Taken]]:
        """The states in which it may begin, and how the roots come there."""
        group = self._machine.group
        values = tuple(start(group.objects, number) for number in range(len(group.objects)))
        begun = []
        for ways in product(*(self._machine.start(root) for root in group.roots)):
            goroutines = tuple(sorted(way.point for way in ways if way.point != GONE))
            begun.append(((values, goroutines), tuple((NEW, way) for way in ways)))
        return begun

    def steps(self, state: Common, known: Container[Common]) -> list[Step]:
        """The steps to take from a state, where `known` are the states found so far.

        Those of one goroutine are enough where no other bears on them, unless they lead only to known states: else a
        goroutine that goes in circles would keep all others from being looked at.
        """
        values, goroutines = state
        free = self._free.get(goroutines)
        if free is None:
            free = self._free[goroutines] = list(self._without_bearing(goroutines))
        for at in free:
            steps = self._steps_of(values, goroutines, at)
            for step in steps:
                if step[0] not in known:
                    return steps
        return self.all_steps(state)

    def _without_bearing(self, goroutines: Goroutines) -> Iterator[int]:
        """Those on whose next step no other bears."""
        once = shared = 0
        for number in goroutines:
            future = self._point(number).future
            shared |= once & future
            once |= future
        for at, number in enumerate(goroutines):
            point = self._point(number)
            if point.urgent or not (point.touches & shared or point.ends):
                yield at

    def all_steps(self, state: Common) -> list[Step]:
        """All steps from a state."""
        values, goroutines = state
        steps: list[Step] = []
        last = GONE
        for at, number in enumerate(goroutines):
            if number != last:
                steps += self._steps_of(values, goroutines, at)
                last = number
        return steps

    def _steps_of(self, values: Values, goroutines: Goroutines, at: int) -> list[Step]:
        """The steps in which one goroutine acts."""
        number = goroutines[at]
        known = self._alone[number]
        alone = known.get(values)
        if alone is None:
            alone = known[values] = [
                (new, way.point, special, ((number, way),)) for new, way, special in self._acts_alone(values, number)
            ]
        rest = goroutines[:at] + goroutines[at + 1 :]
        left = 1 << number
        steps: list[Step] = [
            (special or (new, tuple(sorted((*rest, target))) if target >= 0 else rest), left, 0, taken)
            for new, target, special, taken in alone
        ]
        point = self._point(number)
        for op in point.social:
            steps += self._social[op.kind](op, values, rest, number)
        if point.lingers:
            steps.append(((values, goroutines), 0, 0, ()))
        return steps

    def _acts_alone(self, values: Values, number: int) -> Iterator[tuple[Values, Way, Common | None]]:
        """What a goroutine at a point can do without another; the default comes last among its ops."""
        sure = False
        for op in self._point(number).ops:
            match op.kind:
                case Kind.CHANGE:
                    new = op.effect[values[op.object]]
                    sure = sure or (new != BLOCKED and op.sure)
                    yield from _changed(op, new, values)
                case Kind.ALWAYS:
                    yield from ((values, way, None) for way in op.ways)
                case Kind.DEFAULT if not sure:
                    yield from ((values, way, None) for way in op.ways)
                case Kind.END:
                    yield values, op.ways[0], ENDED

    def _meet(self, op: Op, values: Values, rest: Goroutines, number: int) -> Iterator[Step]:
        """A sender meets each receiver. Two that only look whether somebody waits do not meet."""
        if values[op.object]:
            return
        polls = self._point(number).polls
        last = GONE
        for at, other in enumerate(rest):
            receiver = self._point(other)
            if other == last or (polls and receiver.polls):
                continue
            last = other
            others = rest[:at] + rest[at + 1 :]
            for receive in receiver.receives:
                if receive.object == op.object:
                    yield from _both(values, others, number, op.ways, other, receive.ways)

    def _spawn(self, op: Op, values: Values, rest: Goroutines, number: int) -> Iterator[Step]:
        for state, left, forgotten, taken in _both(values, rest, number, op.ways, NEW, op.started):
            beyond = len(state[1]) > MAX_GOROUTINES
            yield OUTSIDE if beyond else state, left, forgotten, taken

    def _make(self, op: Op, values: Values, rest: Goroutines, number: int) -> Iterator[Step]:
        """The object is another from now on. Goroutines that wait for nothing but the old one will wait for ever.

        They are forgotten: none of those who come to the same point later are they. What others do with the old
        object is not followed.
        """
        bit = 1 << op.object
        holders = tuple(other for other in rest if self._point(other).holds & bit)
        going = any(left for _, left, _, _ in self.all_steps((values, holders)))
        if going or any(self._point(each).touches & ~bit for each in holders):
            yield OUTSIDE, 1 << number, 0, ((number, op.ways[0]),)
            return
        forgotten = sum(1 << other for other in set(holders))
        kept = tuple(other for other in rest if other not in holders)
        new = made(self._machine.group.objects, op.object, values)
        values = (*values[: op.object], new, *values[op.object + 1 :])
        for state, left, _, taken in _go(values, kept, number, op.ways):
            yield state, left, forgotten, taken

    def _wake(self, op: Op, values: Values, rest: Goroutines, number: int) -> Iterator[Step]:
        found = False
        for at, other in enumerate(rest):
            sleep = self._point(other).sleeps
            if sleep is not None and sleep.object == op.object:
                found = True
                yield from _both(values, rest[:at] + rest[at + 1 :], number, op.ways, other, sleep.ways)
        if not found:
            yield from _go(values, rest, number, op.ways)

    def _wake_all(self, op: Op, values: Values, rest: Goroutines, number: int) -> Iterator[Step]:
        """All sleepers go on in one step; each has one way, to the lock it wants again."""
        woken: list[tuple[int, Way]] = []
        others: list[int] = []
        for other in rest:
            sleep = self._point(other).sleeps
            if sleep is not None and sleep.object == op.object:
                woken.append((other, sleep.ways[0]))
                others.append(sleep.ways[0].point)
            else:
                others.append(other)
        left = sum(1 << other for other in {other for other, _ in woken})
        for state, own, forgotten, taken in _go(values, tuple(others), number, op.ways):
            yield state, own | left, forgotten, (*taken, *woken)


def _changed(op: Op, new: int, values: Values) -> Iterator[tuple[Values, Way, Common | None]]:
    """What comes of a new value of an op's object."""
    if new < 0:
        if new != BLOCKED:
            yield values, op.ways[0], OUTSIDE if new == BEYOND else ENDED
        return
    values = (*values[: op.object], new, *values[op.object + 1 :])
    if op.also:
        values = tuple(1 if place in op.also else value for place, value in enumerate(values))
    yield from ((values, way, None) for way in op.ways)


def _go(values: Values, rest: Goroutines, number: int, ways: tuple[Way, ...]) -> list[Step]:
    """One goroutine goes on, the others stay."""
    left = 1 << number
    return [
        ((values, tuple(sorted((*rest, way[0]))) if way[0] >= 0 else rest), left, 0, ((number, way),)) for way in ways
    ]


def _both(
    values: Values, rest: Goroutines, number: int, ways: tuple[Way, ...], other: int, others: tuple[Way, ...]
) -> list[Step]:
    """Two goroutines go on at once."""
    left = 1 << number | (1 << other if other != NEW else 0)
    steps: list[Step] = []
    for way in ways:
        here = (*rest, way[0]) if way[0] != GONE else rest
        for met in others:
            goroutines = tuple(sorted((*here, met[0]) if met[0] != GONE else here))
            steps.append(((values, goroutines), left, 0, ((number, way), (other, met))))
    return steps
