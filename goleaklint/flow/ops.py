"""The operations of a function body, in Go's order of evaluation."""

from typing import TypeAlias

import msgspec

from goleaklint.syntax import ast


class Call(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A function is called here and now (or a value converted: the two look alike without types)."""

    node: ast.Call


class Closure(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A function literal becomes a value. Its body is a graph of its own."""

    node: ast.FuncLit


class Go(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A goroutine starts. The operands of its call are evaluated before, the call itself is not made here."""

    node: ast.Go


class Defer(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A call is put off until the function exits; its operands are evaluated now."""

    node: ast.Defer


class Send(msgspec.Struct, frozen=True, eq=False, gc=False):
    node: ast.Send


class Receive(msgspec.Struct, frozen=True, eq=False, gc=False):
    """`<-c`, outside the head of a select case."""

    node: ast.Unary


class Select(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Waits until one of its cases can go on; the cases are the edges of its block."""

    node: ast.Select


class Range(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Asks a range clause for its next round."""

    node: ast.Range


class Assign(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Variables or places get new values. A declaration with values is one too; `define` tells `:=` and `var`."""

    node: ast.Assign | ast.ValueSpec | ast.IncDec
    left: tuple[ast.Expr, ...]
    right: tuple[ast.Expr, ...]
    define: bool


class Return(msgspec.Struct, frozen=True, eq=False, gc=False):
    """The results are set; the deferred calls come next."""

    node: ast.Return


class Unreadable(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Text that could not be parsed: anything may happen here."""

    node: ast.BadStmt | ast.Bad


Op: TypeAlias = Call | Closure | Go | Defer | Send | Receive | Select | Range | Assign | Return | Unreadable
