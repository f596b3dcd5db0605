"""What is known of a function's locks: at one point of a path, where it ends, and as its callers see it."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec
from msgspec.structs import replace

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.facts import NOTHING, Facts
from goleaklint.flow.graph import Edge
from goleaklint.index.symbols import Symbol
from goleaklint.liveness.lock_conditions import Choice
from goleaklint.liveness.locks import Lock
from goleaklint.syntax import ast

Owed = tuple[Lock, bool]
"""A lock and whether it is meant to be read under: it was unlocked though this function had not locked it."""


class Held(msgspec.Struct, frozen=True, gc=False):
    """A lock that `node` has taken: a call of its own method, or of a function that returns with it held."""

    lock: Lock
    read: bool
    node: ast.Call


class Locks(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """The locks at one point of a path. `deferred` are the defer statements passed that do something to locks, `chosen`
    the answers that branches gave which other branches ask again."""

    held: frozenset[Held] = frozenset()
    owed: frozenset[Owed] = frozenset()
    deferred: tuple[ops.Defer, ...] = ()
    facts: Facts = NOTHING
    chosen: frozenset[Choice] = frozenset()

    def of(self, lock: Lock) -> list[Held]:
        return [each for each in self.held if each.lock == lock]

    def names(self, lock: Lock) -> bool:
        """Reports whether a lock is held or owed."""
        return any(each.lock == lock for each in self.held) or any(owed == lock for owed, _ in self.owed)

    def depends(self) -> set[Symbol]:
        """The variables that, with another value, name other locks than these."""
        locks = (*(each.lock for each in self.held), *(lock for lock, _ in self.owed))
        return {symbol for lock in locks for symbol in (lock.root, *lock.indices)}

    def locked(self, held: Held) -> "Locks":
        """A lock is taken, or given back to a caller that holds it."""
        if (held.lock, held.read) in self.owed:
            return replace(self, owed=self.owed - {(held.lock, held.read)})
        return replace(self, held=self.held | {held})

    def unlocked(self, lock: Lock, read: bool) -> "Locks":
        """A lock is given back. The wrong one of Unlock and RUnlock ends the process, so that it counts, too."""
        held = self.of(lock)
        if not held:
            return replace(self, owed=self.owed | {(lock, read)})
        fitting = [each for each in held if each.read == read] or held
        return replace(self, held=self.held - {max(fitting, key=lambda each: each.node.start)})

    def without(self, gone: frozenset[Lock]) -> "Locks":
        """Some locks are no longer this function's business."""
        if not gone or not (self.held or self.owed):
            return self
        held = frozenset(each for each in self.held if each.lock not in gone)
        return replace(self, held=held, owed=frozenset(each for each in self.owed if each[0] not in gone))


class How(enum.Enum):
    """How a lock stays locked: the function returns, panics and goes on, or a round of a loop ends."""

    RETURN = enum.auto()
    PANIC = enum.auto()
    ROUND = enum.auto()


@dataclass(frozen=True, slots=True, eq=False)
class Ending:
    """A way on which a lock stays locked. `node` is the return statement or where the next round begins, None at the
    closing brace."""

    held: Held
    how: How
    node: ast.Node | None
    edges: tuple[Edge, ...]


class Take(msgspec.Struct, frozen=True, eq=False):
    """A function locks something that its caller may hold. `chain` are the calls that lead there, outermost first.

    `guarded` tells that it does so under a condition that may know whether the lock is held; `always` that there is no
    condition at all.
    """

    lock: Lock
    read: bool
    code: Code
    node: ast.Call
    guarded: bool
    always: bool
    chain: tuple[tuple[Code, ast.Call], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Twice:
    """`held` is still held where `take` locks the same lock; `edges` lead from the entry to the second."""

    held: Held
    take: Take
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a call does to locks named from the callee's parameters on: on every way out it returns with `acquired`
    held and `released` given back; what it does to `unsure` depends. `taken` is locked for a while."""

    acquired: frozenset[Owed] = frozenset()
    released: frozenset[Owed] = frozenset()
    unsure: frozenset[Lock] = frozenset()
    taken: tuple[Take, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.acquired or self.released or self.unsure or self.taken)

    def locks(self) -> Iterator[Lock]:
        yield from (lock for lock, _ in (*self.acquired, *self.released))
        yield from self.unsure


NO_EFFECT = Effect()


@dataclass(slots=True)
class Outcome:
    """Everything that the walk through one function found. `released` are the takings that some way gives back;
    `returns` are the locks at each return, deferred calls done, with the statement. `complete` tells that no budget
    ended it."""

    endings: list[Ending] = field(default_factory=list)
    twice: list[Twice] = field(default_factory=list)
    taken: list[Take] = field(default_factory=list)
    released: set[ast.Call] = field(default_factory=set)
    returns: list[tuple[Locks, ast.Return | None]] = field(default_factory=list)
    complete: bool = True

    def is_harmless(self) -> bool:
        """Reports whether there is nothing to find, on fewer ways just as little: no lock is left held or owed."""
        found = self.endings or self.twice or any(locks.held or locks.owed for locks, _ in self.returns)
        return self.complete and not found

    def is_certain(self) -> bool:
        """Reports whether nothing has to be true for locks to be taken: it does not matter which ways there are."""
        return all(take.always and not take.guarded for take in self.taken)

    def effect(self) -> Effect:
        """What it all means to a caller."""
        held = [frozenset((each.lock, each.read) for each in locks.held) for locks, _ in self.returns]
        owed = [locks.owed for locks, _ in self.returns]
        acquired = frozenset.intersection(*held) if held else frozenset()
        released = frozenset.intersection(*owed) if owed else frozenset()
        sure = {lock for lock, _ in acquired | released}
        unsure = {lock for each in (*held, *owed) for lock, _ in each} - sure
        return Effect(acquired, released, frozenset(unsure), tuple(self.taken))
