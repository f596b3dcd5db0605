"""What goroutines share: channels, locks, wait groups, conditions, contexts, flags. In each, `name` is what a message
calls it and `where` its creation.
"""

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from goleaklint.model import Span


class Where(msgspec.Struct, frozen=True, gc=False):
    """The place in the source that a state, an object or a transition stands for; `text` is the source there, `package`
    the import path."""

    span: Span
    function: str
    text: str
    package: str = ""


class Count(msgspec.Struct, frozen=True, gc=False):
    """A number: `offset`, plus `factor` times the number that is called `symbol`.

    A symbol is the length of one collection, or one variable that nobody writes; whatever follows it uses the same
    symbol. Symbols count from 0. The explorer tries each with 1, 2 and 3.
    """

    offset: int = 0
    factor: int = 0
    symbol: int = 0

    def at(self, counts: Sequence[int]) -> int:
        """The number, where each symbol has its number in `counts`."""
        return self.offset + self.factor * counts[self.symbol] if self.factor else self.offset


ZERO = Count()
ONE = Count(1)


class Channel(msgspec.Struct, frozen=True, gc=False):
    """A channel. `foreign_…` tell what code outside the group may do to it at any time, or never."""

    name: str
    capacity: Count = ZERO
    is_nil: bool = False
    foreign_sends: bool = False
    foreign_receives: bool = False
    foreign_closes: bool = False
    where: Where | None = None


class Lock(msgspec.Struct, frozen=True, gc=False):
    """A sync.Mutex, or with `shared` a sync.RWMutex. With `foreign`, code outside may release it."""

    name: str
    shared: bool = False
    foreign: bool = False
    where: Where | None = None


class WaitGroup(msgspec.Struct, frozen=True, gc=False):
    """A wait group. With `foreign`, code outside may call Add and Done: Wait may then always go on."""

    name: str
    foreign: bool = False
    where: Where | None = None


class Condition(msgspec.Struct, frozen=True, gc=False):
    """A sync.Cond over the lock `lock`. With `foreign`, code outside may signal it."""

    name: str
    lock: int
    foreign: bool = False
    where: Where | None = None


class Context(msgspec.Struct, frozen=True, gc=False):
    """A context. One that is `live` may be cancelled by code outside, or by a deadline, at any time.

    `parent` is the context it was made from, where that is in the group: it ends when that ends. One that is not live,
    without a live parent, ends only by a Cancel in the group.
    """

    name: str
    live: bool = False
    parent: int | None = None
    where: Where | None = None


class Flag(msgspec.Struct, frozen=True, gc=False):
    """A boolean, or the nil-ness of a variable; `start` is None where either value is possible at the start."""

    name: str
    start: bool | None = None
    where: Where | None = None


Object: TypeAlias = Channel | Lock | WaitGroup | Condition | Context | Flag
