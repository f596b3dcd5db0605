"""What is known of one resource at one point of a path: which variables hold it, and how its story can end."""

import enum

import msgspec
from msgspec.structs import replace

from goleaklint.flow import ops
from goleaklint.flow.facts import NOTHING, Facts
from goleaklint.flow.places import Place
from goleaklint.index.symbols import Symbol


class End(enum.Enum):
    """How the story of a resource ends on a path.

    KEPT: the function ends and nobody has given it back. LOST: the last variable that held it got another value.
    ABSENT: it was never acquired on this path, or the path cannot be taken.
    """

    RELEASED = enum.auto()
    HANDED_OVER = enum.auto()
    RETURNED = enum.auto()
    KEPT = enum.auto()
    LOST = enum.auto()
    ABSENT = enum.auto()


Name = tuple[Symbol, str]
"""A variable that holds the resource; or with the name of a field, one whose field does, as `resp` with `Body`."""

INSIDE = "*"
"""In place of a field's name: the variable's object contains the resource somewhere."""


class State(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """The resource is held. `names` hold it, `inside` are variables of objects that contain or wrap it.
    `wrapping` are those among the latter that cannot give it back, as a bufio.Reader cannot.

    `proofs` are the errors and truth values that tell whether it was acquired at all; none once that is known;
    `denial` is a truth value that is only true if it was not.
    `ended` is the error that tells whether it has come to its end by itself. `deferred` are the defer statements
    passed. `derived` are variables of what was made from it.
    """

    names: frozenset[Name]
    inside: frozenset[Symbol] = frozenset()
    proofs: frozenset[Place] = frozenset()
    ended: Place | None = None
    denial: Place | None = None
    derived: frozenset[Symbol] = frozenset()
    deferred: tuple[ops.Defer, ...] = ()
    facts: Facts = NOTHING
    wrapping: frozenset[Symbol] = frozenset()

    @property
    def symbols(self) -> frozenset[Symbol]:
        """All variables through which it can be reached."""
        return self.inside | {symbol for symbol, _ in self.names}

    def named(self, name: Name) -> "State":
        """One more variable holds it."""
        return replace(self, names=self.names | {name})

    @property
    def owners(self) -> frozenset[Symbol]:
        """The variables of objects that contain it and may give it back."""
        return self.inside - self.wrapping

    def put_into(self, symbol: Symbol, *, wraps: bool = False) -> "State":
        """The object of one more variable contains it, or only wraps it."""
        wrapping = self.wrapping | {symbol} if wraps and symbol not in self.owners else self.wrapping - {symbol}
        return replace(self, inside=self.inside | {symbol}, wrapping=wrapping)

    def without(self, symbols: frozenset[Symbol]) -> "State":
        """Some variables got other values."""
        names = frozenset(each for each in self.names if each[0] not in symbols)
        return replace(self, names=names, inside=self.inside - symbols, wrapping=self.wrapping - symbols)
