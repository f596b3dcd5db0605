"""What expressions are worth to the explorer: objects, structs that hold some, functions, and what nobody knows. And
the calls of functions in which variables have such values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from goleaklint.calls.code import Code
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.types.types import Type

MAX_DEPTH = 6
"""How many calls deep functions are looked into: helpers of helpers take a channel, hardly ever more."""


class Outside:
    """A value of which nothing is known: it comes from outside, or is none that matters."""

    __slots__ = ()


OUTSIDE = Outside()


@dataclass(frozen=True, slots=True)
class Constant:
    """`nil`, `true` or `false`."""

    name: str


NIL = Constant("nil")


@dataclass(frozen=True, slots=True)
class Tracked:
    """An object of the group, by its number."""

    number: int


@dataclass(frozen=True, slots=True)
class Over:
    """What `ctx.Done()` gives: a channel that is closed when the context ends."""

    context: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """The function that ends a context."""

    context: int


ANY_FIELD, NIL_FIELD = "*", "nil"


@dataclass(slots=True, eq=False)
class Record:
    """A struct, or a pointer to it: it is one thing to whoever holds it.

    `fields` are those with a value that matters; others have their zero value, or are not followed. `lost` tells that
    code outside has it, too. It is made at offset `start` of the function of `frame`. `asked` are the fields that were
    read, with ANY_FIELD if it was asked what all lead to, and NIL_FIELD if one was nil because nobody has set it.
    """

    type: Type
    frame: "Frame"
    start: int
    fields: "dict[str, Value]" = field(default_factory=dict)
    lost: bool = False
    origins: "dict[str, tuple[ast.Expr, Frame] | None]" = field(default_factory=dict)
    """Where a field's only value is written, with the call that is done in; None if it gets another."""
    asked: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Closure:
    """A function literal with the variables around it, or a declared function, which has none."""

    code: Code
    frame: "Frame | None"


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a value, not called yet."""

    code: Code
    receiver: "Value"


Value: TypeAlias = Outside | Constant | Tracked | Over | Cancel | Record | Closure | Method


@dataclass(slots=True, eq=False)
class Frame:
    """One call of a function, or of a literal, on one way there.

    `outer` is the call of the function around a literal. `caller` leads to the root; `site` is where the call stands.
    `args` are the values of the parameters and `given` the expressions they come from. `again` tells that there may be
    several such calls. `ghost` marks the function around a root that is a literal: what its variables hold is unknown.
    `uncertain`: what it does may happen any number of times. `asked`: a branch of the caller depends on its results.
    `limit` is how many calls deep functions are looked into from the root.
    """

    code: Code
    outer: "Frame | None" = None
    caller: "Frame | None" = None
    site: ast.Node | None = None
    args: "dict[Symbol, Value]" = field(default_factory=dict)
    given: dict[Symbol, ast.Expr] = field(default_factory=dict)
    again: bool = False
    ghost: bool = False
    uncertain: bool = False
    asked: bool = False
    limit: int = MAX_DEPTH

    @property
    def depth(self) -> int:
        return 0 if self.caller is None else self.caller.depth + 1

    def chain(self) -> "Iterator[Frame]":
        """This call, and those it was made in."""
        at: Frame | None = self
        while at is not None:
            yield at
            at = at.caller

    def may_enter(self, code: Code) -> bool:
        """Reports whether a call of `code` from here is looked into: not too deep, and no recursion."""
        return self.depth < self.limit and all(each.code is not code for each in self.chain())

    def owner(self, symbol: Symbol) -> "Frame | None":
        """The call whose variable this is; None for what is declared elsewhere."""
        at: Frame | None = self
        while at is not None and at.code.depth != symbol.depth:
            at = at.outer
        return at


def objects_in(value: Value) -> Iterator[int]:
    """The objects that whoever holds a value can reach, but for those that a function value captures."""
    pending = [value]
    seen: set[int] = set()
    while pending:
        each = pending.pop()
        match each:
            case Tracked(number=number):
                yield number
            case Cancel(context=number):
                yield number
            case Method(receiver=receiver):
                pending.append(receiver)
            case Record(fields=fields) if id(each) not in seen:
                seen.add(id(each))
                each.asked.add(ANY_FIELD)
                pending += fields.values()
            case _:
                pass
