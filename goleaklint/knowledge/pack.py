"""What a pack states, as values: the resources a library lends out, and what its functions do."""

import enum
from dataclasses import dataclass

from goleaklint.knowledge.names import FunctionName, TypeName
from goleaklint.model import Severity


class Holder(enum.StrEnum):
    """What the caller holds after the acquiring call."""

    RESULT = "result"
    ARGUMENT = "argument"
    RECEIVER = "receiver"


class Until(enum.StrEnum):
    """How long a forgotten resource stays, if nothing else releases it."""

    PROCESS = "process"
    PARENT = "parent"
    COLLECTOR = "collector"
    DEADLINE = "deadline"


class ReleasedBy(enum.StrEnum):
    """What releases a resource without a call on it: its context is cancelled, `Next` has returned false, its parent
    (the receiver of the acquiring call, or an argument of it) is released."""

    CONTEXT = "context"
    EXHAUSTED = "exhausted"
    PARENT = "parent"


class Order(enum.StrEnum):
    """When a resource must be released: before its parent, the receiver of the acquiring call."""

    BEFORE_PARENT = "before-parent"


class NoReturn(enum.StrEnum):
    """How a function ends that never returns: with the process (no defer runs), with its goroutine (its defers run), or
    by a panic."""

    PROCESS = "process"
    GOROUTINE = "goroutine"
    PANIC = "panic"


class CallbackFate(enum.StrEnum):
    """What a function does with a function it is given: calls it before it returns, runs it in a goroutine, calls it
    when the caller's scope ends, or keeps it."""

    CALLS = "calls"
    SPAWNS = "spawns"
    DEFERS = "defers"
    STORES = "stores"


@dataclass(frozen=True, slots=True)
class Resource:
    """Something that is acquired by a call and must be given back by another: one protocol.

    `label` names it to users (`badger.Txn`). `position` counts results or arguments from 0. `field` is the field of the
    held value that is the resource itself (`Body` of an `http.Response`). `released_by` says what releases it without a
    call. `by_type` says that any call whose name promises something new (New, Open, Dial ...) and that returns `type`
    acquires it too. `parent` is the argument of the acquiring call that is the parent, None where the receiver is.
    `partner` is another result of the call, None for most: it is only missed by whoever has that one, as the end of a
    pipe is. `virtual` says that there may be nothing behind it, as behind a file of an embedded file system.
    `before_go` ("1.23") limits the leak to modules of an older Go, "" means all. `why` finishes the sentence "it is not
    released, so ...". `leaks` and `fixed` are Go statements, or "".
    """

    label: str
    rule: str
    type: TypeName
    acquire: tuple[FunctionName, ...]
    release: tuple[FunctionName, ...]
    why: str
    holder: Holder = Holder.RESULT
    position: int = 0
    field: str = ""
    idempotent: bool = False
    released_by: tuple[ReleasedBy, ...] = ()
    order: Order | None = None
    until: Until = Until.PROCESS
    pooled: bool = False
    by_type: bool = False
    parent: int | None = None
    partner: int | None = None
    virtual: bool = False
    before_go: str = ""
    leaks: str = ""
    fixed: str = ""

    @property
    def severity(self) -> Severity:
        """What forgetting it costs, as a level."""
        if self.pooled or self.until is Until.DEADLINE:
            return Severity.NOTE
        return Severity.ERROR if self.until is Until.PROCESS else Severity.WARNING


@dataclass(frozen=True, slots=True)
class Function:
    """What a function does that its signature does not say.

    `takes` are the arguments, from 0, whose ownership passes to it; of a function that `borrows`, no other does, and
    it keeps none of them. `callback` is the fate of the function that is its
    argument number `argument`; None where it has none.
    """

    name: FunctionName
    never_returns: NoReturn | None = None
    callback: CallbackFate | None = None
    argument: int = 0
    takes: tuple[int, ...] = ()
    borrows: bool = False


@dataclass(frozen=True, slots=True)
class Stub:
    """Go declarations without bodies, of the package with this import path."""

    package: str
    text: str


@dataclass(frozen=True, slots=True)
class Pack:
    """One file of facts. `path` is the file as shown to users.

    A module without a major version in its path stands for all of them. Where a pack is for several modules, each
    resource, function and stub is there once for each.
    """

    path: str
    modules: tuple[str, ...]
    resources: tuple[Resource, ...] = ()
    functions: tuple[Function, ...] = ()
    stubs: tuple[Stub, ...] = ()
