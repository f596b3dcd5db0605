"""What a branch establishes: conditions as tests of places, and which of them the two ways of a branch make true."""

from dataclasses import dataclass

from goleaklint.flow.graph import Edge
from goleaklint.flow.places import Place, place_of
from goleaklint.index.scopes import Names
from goleaklint.index.symbols import SymbolKind
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions

NIL, TRUE = "nil", "true"

_NEGATED = {"!=": "==", ">=": "<", "<=": ">"}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Test:
    """A yes-or-no question about places.

    Of one place it is `nil`, `true`, or `== constant`; anything else that only depends on places is told apart by its
    text. `places` are what the answer depends on.
    """

    question: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """The answer to a test."""

    test: Test
    holds: bool


def established(edge: Edge, names: Names) -> Fact | None:
    """What is known once control has taken an edge; None if that is nothing."""
    if edge.condition is None:
        return None
    return fact_of(edge.condition, edge.holds, names)


def fact_of(condition: ast.Expr, holds: bool, names: Names) -> Fact | None:
    """What a condition says if it holds, or if it does not."""
    condition = ast.unparen(condition)
    match condition:
        case ast.Unary(op="!", x=x):
            return fact_of(x, not holds, names)
        case ast.Binary(op="==" | "!=" as op, x=x, y=y):
            found = _comparison(x, y, names) or _comparison(y, x, names)
            if found is not None:
                return Fact(found, holds == (op == "=="))
            return _opaque(condition, holds, names)
        case ast.Ident() | ast.Selector():
            place = place_of(names, condition)
            return None if place is None or _is_constant(place) else Fact(Test(TRUE, (place,)), holds)
        case ast.Call(fun=ast.Selector(x=ast.Ident() as package, name=ast.Ident(name="Is" | "As")), args=(err, _)):
            return _error_matches(package, err, holds, names)
        case _:
            return _opaque(condition, holds, names)


def _comparison(x: ast.Expr, y: ast.Expr, names: Names) -> Test | None:
    """The test of the place `x` against the constant `y`."""
    place = place_of(names, x)
    if place is None or _is_constant(place):
        return None
    match ast.unparen(y):
        case ast.Ident(name="nil"):
            return Test(NIL, (place,))
        case ast.Ident(name="true"):
            return Test(TRUE, (place,))
        case ast.BasicLit(text=text):
            return Test(f"== {text}", (place,))
        case ast.Ident() | ast.Selector() as constant:
            other = place_of(names, constant)
            if other is not None and _is_constant(other):
                return Test(f"== {other.symbol.name}", (place,))
    return None


def _is_constant(place: Place) -> bool:
    return place.symbol.kind is SymbolKind.CONST and not place.fields


def _error_matches(package: ast.Ident, err: ast.Expr, holds: bool, names: Names) -> Fact | None:
    """`errors.Is(err, target)` is only true of an error that is not nil."""
    symbol = names.symbol(package)
    place = place_of(names, err)
    if not holds or place is None or symbol is None or symbol.path != "errors":
        return None
    return Fact(Test(NIL, (place,)), False)


def _opaque(condition: ast.Expr, holds: bool, names: Names) -> Fact | None:
    """A condition that is only known to be the same as another with the same text: `a < b`, `len(xs) > 0`.

    None where it depends on more than places, such as the result of a call.
    """
    if isinstance(condition, ast.Binary) and condition.op in _MIRRORED:
        op, x, y = condition.op, _text(condition.x, names), _text(condition.y, names)
        if x is None or y is None:
            return None
        if y < x:
            op, x, y = _MIRRORED[op], y, x
        if op in _NEGATED:
            op, holds = _NEGATED[op], not holds
        parts = (each for each in expressions(condition) if isinstance(each, ast.Ident | ast.Selector))
        places = dict.fromkeys(place for each in parts if (place := place_of(names, each)) is not None)
        return Fact(Test(f"{x} {op} {y}", tuple(places)), holds)
    return None


def _text(expr: ast.Expr, names: Names) -> str | None:
    """Text that is the same for the same places and constants; None for what may differ each time it is evaluated."""
    expr = ast.unparen(expr)
    place = place_of(names, expr)
    if place is not None:
        return ".".join((f"{place.symbol.name}@{place.symbol.start}", *place.fields))
    match expr:
        case ast.BasicLit(text=text):
            return text
        case ast.Ident(name="nil" | "true" | "false" as name):
            return name
        case ast.Call(fun=ast.Ident(name="len" | "cap" as name), args=(arg,)):
            inner = _text(arg, names)
            return None if inner is None else f"{name}({inner})"
        case ast.Binary(op="+" | "-" | "*" as op, x=x, y=y):
            left, right = _text(x, names), _text(y, names)
            return None if left is None or right is None else f"({left} {op} {right})"
        case _:
            return None
