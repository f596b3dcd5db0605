"""One action in, what it does to the objects out: which values let it proceed, and what they become.

Values of objects are ints. Channel: twice the number of values in it, plus 1 if closed. Mutex: 1 if held. RWMutex: four
times its readers, plus 2 if a writer waits, plus 1 if a writer holds it. Wait group: its counter. Context: 1 if
cancelled. Flag: 0, 1, or 2 where both are possible. Condition: always 0, its sleepers are goroutines.
"""

import enum
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import Action, Outcome
from goleaklint.liveness.objects import Channel, Condition, Context, Flag, Lock, Object, WaitGroup

T = TypeVar("T")

BLOCKED, CRASHES, BEYOND = -1, -2, -3
"""In place of a new value: the action must wait; it crashes the process; it leaves what is explored."""

UNKNOWN_FLAG = 2
MANY = 64
"""Wait groups are followed up to this: twice the longest loop that is counted. Only an endless loop comes further."""


class Effect(dict[int, int]):
    """What an object's value becomes, or BLOCKED, CRASHES, BEYOND; worked out when first asked for."""

    def __init__(self, rule: Callable[[int], int]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, value: int) -> int:
        self[value] = new = self._rule(value)
        return new


class Kind(enum.IntEnum):
    """How an action takes part in the common state."""

    CHANGE = 0  # of one object, by its effect
    SEND = 1  # meets a RECEIVE of another goroutine
    RECEIVE = 2
    ALWAYS = 3  # the environment, or a silent step
    DEFAULT = 4
    SPAWN = 5
    MAKE = 6
    ASLEEP = 7  # until another goroutine's WAKE
    WAKE = 8
    WAKE_ALL = 9
    END = 10  # of the process


class Part(NamedTuple):
    """One way in which an action can happen.

    `sure`: where it is possible, Go will not take the default of the select. A step of the environment is not sure; nor
    is a meeting of two goroutines, as the other may not have arrived yet. `also` are contexts cancelled along.
    """

    kind: Kind
    object: int
    effect: Effect
    sure: bool = True
    also: tuple[int, ...] = ()


STAY = Effect(lambda value: value)


def capacity(channel: Channel, counts: Sequence[int]) -> int:
    return max(0, channel.capacity.at(counts))


def start(objects: Sequence[Object], number: int) -> int:
    """The value of an object when it is made."""
    match objects[number]:
        case Flag(start=value):
            return UNKNOWN_FLAG if value is None else int(value)
        case _:
            return 0


def made(objects: Sequence[Object], number: int, values: Sequence[int]) -> int:
    """The value of an object that is made while others have `values`: a context may be cancelled from the start."""
    match objects[number]:
        case Context(parent=int(parent)):
            return values[parent]
        case _:
            return start(objects, number)


class Semantics:
    """Go's rules for the objects of a group, with numbers in the place of its symbols."""

    def __init__(self, objects: Sequence[Object], counts: Sequence[int]) -> None:
        self.objects = objects
        self.counts = counts

    def parts(self, action: Action) -> Iterator[Part]:
        """The ways in which an action can begin; none for one that never can."""
        match action:
            case act.Send(channel=number):
                return self._send(number)
            case act.Receive(channel=number, outcome=outcome):
                return self._receive(number, outcome)
            case act.Acquire(lock=number, read=read):
                return self._acquire(number, read)
            case act.Wait(group=number):
                return self._wait(number)
            case act.AwaitDone(context=number) | act.TestDone(context=number, done=True):
                return self._await_done(number)
            case _:
                return iter((self._immediate(action),))

    def _immediate(self, action: Action) -> Part:
        """Actions that do not depend on others."""
        match action:
            case act.Close(channel=number):
                return self._close(number)
            case act.Release(lock=number, read=read):
                return Part(Kind.CHANGE, number, self.release(number, read))
            case act.Add(group=number, count=count):
                return self._add(number, count.at(self.counts))
            case act.Done(group=number):
                return self._add(number, -1)
            case act.Cancel(context=number):
                return Part(Kind.CHANGE, number, Effect(lambda _: 1), also=self._below(number))
            case act.TestDone(context=number):
                return Part(Kind.CHANGE, number, Effect(lambda value: BLOCKED if value else value))
            case act.SetFlag(flag=number, value=value):
                new = UNKNOWN_FLAG if value is None else int(value)
                return Part(Kind.CHANGE, number, Effect(lambda _: new))
            case act.TestFlag():
                return self._test_flag(action)
            case act.CondWait(condition=number):
                lock = self.lock_of(number)
                return Part(Kind.CHANGE, lock, self.release(lock, read=False))
            case act.Signal(condition=number, all=everyone):
                return Part(Kind.WAKE_ALL if everyone else Kind.WAKE, number, STAY)
            case act.Spawn(automaton=number):
                return Part(Kind.SPAWN, number, STAY)
            case act.Make(object=number):
                return Part(Kind.MAKE, number, STAY)
            case act.Default():
                return Part(Kind.DEFAULT, -1, STAY, sure=False)
            case act.Panic() | act.Exit():
                return Part(Kind.END, -1, STAY)
            case _:
                return Part(Kind.ALWAYS, -1, STAY, sure=False)

    def channel(self, number: int) -> Channel:
        return _of(Channel, self.objects, number)

    def lock_of(self, number: int) -> int:
        return _of(Condition, self.objects, number).lock

    def _send(self, number: int) -> Iterator[Part]:
        channel = self.channel(number)
        if channel.is_nil:
            return
        room = 2 * capacity(channel, self.counts)
        if room == 0:
            yield Part(Kind.SEND, number, STAY, sure=False)
        yield Part(
            Kind.CHANGE, number, Effect(lambda value: CRASHES if value & 1 else value + 2 if value < room else BLOCKED)
        )
        if channel.foreign_receives:
            taken = Effect(lambda value: value if not value & 1 and value >= room else BLOCKED)
            yield Part(Kind.CHANGE, number, taken, sure=False)

    def _receive(self, number: int, outcome: Outcome) -> Iterator[Part]:
        channel = self.channel(number)
        if channel.is_nil:
            return
        if outcome is not Outcome.CLOSED:
            if capacity(channel, self.counts) == 0:
                yield Part(Kind.RECEIVE, number, STAY, sure=False)
            else:
                yield Part(Kind.CHANGE, number, Effect(lambda value: value - 2 if value > 1 else BLOCKED))
            if channel.foreign_sends:
                yield Part(Kind.CHANGE, number, _only(0, 0), sure=False)
        if outcome is not Outcome.VALUE:
            yield Part(Kind.CHANGE, number, _only(1, 1))
            if channel.foreign_closes:
                yield Part(Kind.CHANGE, number, _only(0, 0), sure=False)

    def _close(self, number: int) -> Part:
        is_nil = self.channel(number).is_nil
        return Part(Kind.CHANGE, number, Effect(lambda value: CRASHES if is_nil or value & 1 else value + 1))

    def _acquire(self, number: int, read: bool) -> Iterator[Part]:
        lock = _of(Lock, self.objects, number)
        if read and lock.shared:
            yield Part(Kind.CHANGE, number, Effect(lambda value: BLOCKED if value & 3 else value + 4))
        else:
            yield Part(Kind.CHANGE, number, _only(0, 1))
        if lock.foreign:
            yield Part(Kind.CHANGE, number, STAY, sure=False)

    def announce(self, action: act.Acquire) -> Part | None:
        """A writer makes known that it waits, which keeps new readers out: of a lock that readers hold."""
        if action.read or not _of(Lock, self.objects, action.lock).shared:
            return None
        return Part(Kind.CHANGE, action.lock, Effect(lambda value: value + 2 if value and not value & 3 else BLOCKED))

    def announced(self, number: int) -> Iterator[Part]:
        """A writer that has made itself known gets the lock when the last reader leaves."""
        yield Part(Kind.CHANGE, number, _only(2, 1))
        if _of(Lock, self.objects, number).foreign:
            yield Part(Kind.CHANGE, number, Effect(lambda value: value & ~2 | 1), sure=False)

    def release(self, number: int, read: bool) -> Effect:
        """What unlocking does to the lock."""
        lock = _of(Lock, self.objects, number)
        refused = STAY if lock.foreign else Effect(lambda _: CRASHES)
        if read and lock.shared:
            return Effect(lambda value: value - 4 if value > 3 else refused[value])
        return Effect(lambda value: value - 1 if value & 1 else refused[value])

    def _add(self, number: int, count: int) -> Part:
        below = 0 if _of(WaitGroup, self.objects, number).foreign else CRASHES

        def added(value: int) -> int:
            new = value + count
            return below if new < 0 else BEYOND if new > MANY else new

        return Part(Kind.CHANGE, number, Effect(added))

    def _wait(self, number: int) -> Iterator[Part]:
        yield Part(Kind.CHANGE, number, _only(0, 0))
        if _of(WaitGroup, self.objects, number).foreign:
            yield Part(Kind.CHANGE, number, STAY, sure=False)

    def _await_done(self, number: int) -> Iterator[Part]:
        yield Part(Kind.CHANGE, number, _only(1, 1))
        above: int | None = number
        while above is not None:
            context = _of(Context, self.objects, above)
            if context.live:
                yield Part(Kind.CHANGE, number, _only(0, 1), sure=False, also=self._below(above))
                return
            above = context.parent

    def _below(self, number: int) -> tuple[int, ...]:
        """A context and all that end when it ends."""
        found = [number]
        for above in found:
            found.extend(
                at for at, each in enumerate(self.objects) if isinstance(each, Context) and each.parent == above
            )
        return tuple(found)

    def _test_flag(self, action: act.TestFlag) -> Part:
        value = int(action.value)
        new = value if action.sets is None else int(action.sets)
        return Part(
            Kind.CHANGE, action.flag, Effect(lambda old: new if old in (value, UNKNOWN_FLAG) else BLOCKED), sure=False
        )


def _only(value: int, new: int) -> Effect:
    """Possible at one value only."""
    return Effect(lambda old: new if old == value else BLOCKED)


def _of(kind: type[T], objects: Sequence[Object], number: int) -> T:
    found = objects[number]
    if not isinstance(found, kind):
        raise TypeError(f"object {number} is a {type(found).__name__}, not a {kind.__name__}")
    return found
