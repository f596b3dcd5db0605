"""The operations of a function body, in Go's order of evaluation."""

from dataclasses import dataclass
from typing import TypeAlias

from goleaklint.syntax import ast


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A function is called here and now (or a value converted: the two look alike without types)."""

    node: ast.Call


@dataclass(frozen=True, slots=True, eq=False)
class Closure:
    """A function literal becomes a value. Its body is a graph of its own."""

    node: ast.FuncLit


@dataclass(frozen=True, slots=True, eq=False)
class Go:
    """A goroutine starts. The operands of its call are evaluated before, the call itself is not made here."""

    node: ast.Go


@dataclass(frozen=True, slots=True, eq=False)
class Defer:
    """A call is put off until the function exits; its operands are evaluated now."""

    node: ast.Defer


@dataclass(frozen=True, slots=True, eq=False)
class Send:
    node: ast.Send


@dataclass(frozen=True, slots=True, eq=False)
class Receive:
    """`<-c`, outside the head of a select case."""

    node: ast.Unary


@dataclass(frozen=True, slots=True, eq=False)
class Select:
    """Waits until one of its cases can go on; the cases are the edges of its block."""

    node: ast.Select


@dataclass(frozen=True, slots=True, eq=False)
class Range:
    """Asks a range clause for its next round."""

    node: ast.Range


@dataclass(frozen=True, slots=True, eq=False)
class Assign:
    """Variables or places get new values. A declaration with values is one too; `define` tells `:=` and `var`."""

    node: ast.Assign | ast.ValueSpec | ast.IncDec
    left: tuple[ast.Expr, ...]
    right: tuple[ast.Expr, ...]
    define: bool


@dataclass(frozen=True, slots=True, eq=False)
class Return:
    """The results are set; the deferred calls come next."""

    node: ast.Return


@dataclass(frozen=True, slots=True, eq=False)
class Unreadable:
    """Text that could not be parsed: anything may happen here."""

    node: ast.BadStmt | ast.Bad


Op: TypeAlias = Call | Closure | Go | Defer | Send | Receive | Select | Range | Assign | Return | Unreadable
