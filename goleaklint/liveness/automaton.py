"""What the explorer is told of goroutines: the objects they share, and per goroutine a finite automaton over them.

An object is named by its index in `Group.objects`, an automaton by its index in `Group.automata`, a state by its index
in `Automaton.states`; state 0 is the start.
"""

import enum
from typing import TypeAlias

import msgspec

from goleaklint.liveness.objects import ONE, Count, Object, Where


class Silent(msgspec.Struct, frozen=True, gc=False):
    """Nothing that matters here. `free`: a branch whose condition is not followed; the witness counts those."""

    free: bool = False


class Unknown(msgspec.Struct, frozen=True, gc=False):
    """Something outside that may let the goroutine go on at any time: a timer, I/O, a case of a select nobody knows."""


class Default(msgspec.Struct, frozen=True, gc=False):
    """Taken when no other transition of the state is ready: default of a select, a failed TryLock."""


class Round(msgspec.Struct, frozen=True, gc=False):
    """Begins one more round of a counted loop; possible `count` times, then Finished is.

    `counter` is a number of this automaton: each loop has its own; inner loops start anew each time.
    """

    counter: int
    count: Count


class Finished(msgspec.Struct, frozen=True, gc=False):
    """Leaves a counted loop after `count` rounds."""

    counter: int
    count: Count


class Broken(msgspec.Struct, frozen=True, gc=False):
    """Leaves a counted loop early (break, return): the counter starts anew. Silent."""

    counter: int


class Make(msgspec.Struct, frozen=True, gc=False):
    """The object is created anew: each round of a loop has its own.

    Needed only where one object stands for several, one after the other.
    """

    object: int


class Send(msgspec.Struct, frozen=True, gc=False):
    channel: int


class Outcome(enum.Enum):
    """What a receive meets: a value, a closed channel, or whichever comes."""

    VALUE = enum.auto()
    CLOSED = enum.auto()
    EITHER = enum.auto()


class Receive(msgspec.Struct, frozen=True, gc=False):
    """`v, ok := <-c` and `range c` are a state with two transitions, VALUE and CLOSED."""

    channel: int
    outcome: Outcome = Outcome.EITHER


class Close(msgspec.Struct, frozen=True, gc=False):
    channel: int


class Acquire(msgspec.Struct, frozen=True, gc=False):
    """Lock, or with `read` RLock. TryLock is a state with Acquire and Default."""

    lock: int
    read: bool = False


class Release(msgspec.Struct, frozen=True, gc=False):
    """Unlock, or with `read` RUnlock."""

    lock: int
    read: bool = False


class Add(msgspec.Struct, frozen=True, gc=False):
    """Add of a wait group; a negative count is Add with a negative offset or factor."""

    group: int
    count: Count = ONE


class Done(msgspec.Struct, frozen=True, gc=False):
    group: int


class Wait(msgspec.Struct, frozen=True, gc=False):
    group: int


class CondWait(msgspec.Struct, frozen=True, gc=False):
    """Releases the condition's lock, waits for a signal, takes the lock again: one action, one state."""

    condition: int


class Signal(msgspec.Struct, frozen=True, gc=False):
    """Wakes one waiting goroutine, or with `all` every one (Broadcast)."""

    condition: int
    all: bool = False


class Cancel(msgspec.Struct, frozen=True, gc=False):
    context: int


class AwaitDone(msgspec.Struct, frozen=True, gc=False):
    """`<-ctx.Done()`."""

    context: int


class TestDone(msgspec.Struct, frozen=True, gc=False):
    """A branch taken where `ctx.Err() != nil` is `done`."""

    __test__ = False  # pytest takes classes named Test… for tests

    context: int
    done: bool


class SetFlag(msgspec.Struct, frozen=True, gc=False):
    """Gives a flag a value; None for one that is not known."""

    flag: int
    value: bool | None


class TestFlag(msgspec.Struct, frozen=True, gc=False):
    """A branch taken where the flag is `value`; `sets` is given to it in the same step (CompareAndSwap, Once)."""

    __test__ = False

    flag: int
    value: bool
    sets: bool | None = None


class Spawn(msgspec.Struct, frozen=True, gc=False):
    """Starts a goroutine."""

    automaton: int


class Return(msgspec.Struct, frozen=True, gc=False):
    """The goroutine ends. The target of the transition means nothing."""


class Panic(msgspec.Struct, frozen=True, gc=False):
    """The process crashes (a panic nobody recovers): no leak. The target of the transition means nothing."""


class Exit(msgspec.Struct, frozen=True, gc=False):
    """The process ends: main returns, os.Exit, log.Fatal. The target of the transition means nothing."""


Action: TypeAlias = (
    Silent | Unknown | Default | Round | Finished | Broken | Make
    | Send | Receive | Close
    | Acquire | Release
    | Add | Done | Wait
    | CondWait | Signal
    | Cancel | AwaitDone | TestDone
    | SetFlag | TestFlag
    | Spawn | Return | Panic | Exit
)  # fmt: skip

BLOCKING = (Send, Receive, Acquire, Wait, CondWait, AwaitDone)
"""Actions that a goroutine may have to wait for."""


class Transition(msgspec.Struct, frozen=True, gc=False):
    """`where` is the place of the action if it is not that of the state: a case of a select, a branch of an if."""

    action: Action
    target: int = 0
    where: Where | None = None


class State(msgspec.Struct, frozen=True, gc=False):
    """A point of a goroutine: it takes one of the transitions that are possible, and waits while none is.

    A state without transitions is `select {}`. An operation is a state: one place where a goroutine can be left behind.
    """

    transitions: tuple[Transition, ...]
    where: Where | None = None


class Automaton(msgspec.Struct, frozen=True, gc=False):
    """What a goroutine does, callees inlined. `name` is its function as Go prints it; `where` that function."""

    name: str
    states: tuple[State, ...]
    where: Where | None = None


class Group(msgspec.Struct, frozen=True, gc=False):
    """Objects that can block one another, and the goroutines that use them. `roots` run from the start."""

    objects: tuple[Object, ...]
    automata: tuple[Automaton, ...]
    roots: tuple[int, ...] = (0,)
