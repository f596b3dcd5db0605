"""What a branch establishes: conditions as tests of places, and which of them the two ways of a branch make true."""

import re
from collections.abc import Iterator

import msgspec

from goleaklint.flow.constants import Constant, constant_of
from goleaklint.flow.graph import Edge
from goleaklint.flow.kinds import Kinds
from goleaklint.flow.places import Place, place_of
from goleaklint.index.scopes import Names
from goleaklint.index.symbols import SymbolKind
from goleaklint.syntax import ast
from goleaklint.syntax.walk import children, expressions
from goleaklint.types.infer import Inference

NIL, TRUE, EQUAL = "nil", "true", "=="

_NEGATED = {"!=": "==", ">=": "<", "<=": ">"}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}

_ERROR_NAME = re.compile(r"(Err|err)[A-Z0-9_]\w*|EOF|Canceled|DeadlineExceeded|SkipDir|SkipAll")
"""Variables of packages with these names hold errors that are never nil: Go's own convention."""


class Test(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """A yes-or-no question about places.

    Of one place it is `nil`, `true`, or whether it is equal to a `constant`; anything else that only depends on places
    is told apart by its text. `places` are what the answer depends on; `contents` tells that it also depends on what
    they refer to, such as the number of entries of a map.
    """

    question: str
    places: tuple[Place, ...]
    constant: Constant | None = None
    contents: bool = False


class Fact(msgspec.Struct, frozen=True, gc=False, cache_hash=True):
    """The answer to a test."""

    test: Test
    holds: bool

    def excludes(self, other: "Fact") -> bool:
        """Reports whether the two cannot both hold: opposite answers, or one place equal to two constants."""
        mine, theirs = self.test, other.test
        if mine == theirs:
            return self.holds != other.holds
        if not (self.holds and other.holds and mine.places == theirs.places):
            return False
        return mine.constant is not None and theirs.constant is not None and mine.constant.differs(theirs.constant)


class Conditions:
    """Reads the conditions of one function. Types, where they are known, tell what names alone do not."""

    def __init__(self, names: Names, types: Inference | None = None) -> None:
        self.names = names
        self.kinds = Kinds(types)
        self._types = types
        self._along: dict[Edge, tuple[Fact, ...]] = {}

    def established(self, edge: Edge) -> tuple[Fact, ...]:
        """What is known once control has taken an edge."""
        if edge.condition is None:
            return ()
        found = self._along.get(edge)
        if found is None:
            found = self._along[edge] = self.facts_of(edge.condition, edge.holds)
        return found

    def facts_of(self, condition: ast.Expr, holds: bool) -> tuple[Fact, ...]:
        """What a condition says if it holds, or if it does not."""
        condition = ast.unparen(condition)
        match condition:
            case ast.Unary(op="!", x=x):
                return self.facts_of(x, not holds)
            case ast.Binary(op="==" | "!=" as op, x=x, y=y):
                return self._equality(condition, x, y, holds == (op == "=="))
            case ast.Binary(op="<" | ">" | "<=" | ">="):
                return self._opaque(condition, holds)
            case ast.Ident() | ast.Selector():
                place = self.variable(condition)
                return () if place is None else (Fact(Test(TRUE, (place,)), holds),)
            case ast.Call(fun=ast.Selector(x=ast.Ident() as package, name=ast.Ident(name="Is" | "As" as name))):
                return self._error_matches(condition, package, name) if holds else ()
            case _:
                return ()

    def variable(self, expr: ast.Expr) -> Place | None:
        """The place that an expression names, if its value can change."""
        place = place_of(self.names, expr)
        return None if place is None or place.symbol.kind is SymbolKind.CONST else place

    def equal_to(self, place: Place, value: ast.Expr) -> Fact | None:
        """The fact that a place is equal to nil, to a truth value or to a constant; None for other values."""
        value = ast.unparen(value)
        if isinstance(value, ast.Ident) and value.name in ("nil", "true", "false"):
            return Fact(Test(NIL if value.name == "nil" else TRUE, (place,)), value.name != "false")
        constant = constant_of(value, self.names, self._types)
        return None if constant is None else Fact(Test(EQUAL, (place,), constant), True)

    def is_known_error(self, expr: ast.Expr) -> bool:
        """Reports whether this is the variable of a package that by its name holds an error and is never nil."""
        match ast.unparen(expr):
            case ast.Selector(x=ast.Ident() as package, name=ast.Ident(name=name)):
                symbol = self.names.symbol(package)
                is_global = symbol is not None and symbol.kind is SymbolKind.IMPORT
            case ast.Ident(name=name) as ident:
                symbol = self.names.symbol(ident)
                declared = symbol.node if symbol is not None and symbol.kind is SymbolKind.GLOBAL else None
                is_global = isinstance(declared, ast.ValueSpec) and bool(declared.values)
            case _:
                return False
        return is_global and _ERROR_NAME.fullmatch(name) is not None

    # --- comparisons

    def _equality(self, condition: ast.Expr, x: ast.Expr, y: ast.Expr, holds: bool) -> tuple[Fact, ...]:
        for one, other in ((x, y), (y, x)):
            place = self.variable(one)
            if place is None:
                continue
            found = self.equal_to(place, other)
            if found is not None:
                return (Fact(found.test, found.holds == holds),)
            if holds and self.is_known_error(other):
                return (Fact(Test(NIL, (place,)), False), *self._opaque(condition, True, "=="))
        return self._opaque(condition, holds, "==")

    def _error_matches(self, call: ast.Call, package: ast.Ident, name: str) -> tuple[Fact, ...]:
        """`errors.Is(err, target)` is only true of an error that is not nil, unless the target may be nil, too."""
        symbol = self.names.symbol(package)
        if symbol is None or not symbol.path.endswith("errors") or len(call.args) != 2:
            return ()
        place = self.variable(call.args[0])
        if place is None or (name == "Is" and not self.is_known_error(call.args[1])):
            return ()
        return (Fact(Test(NIL, (place,)), False),)

    def _opaque(self, condition: ast.Expr, holds: bool, op: str = "") -> tuple[Fact, ...]:
        """A condition that is only known to be the same as another with the same text: `a < b`, `len(xs) > 0`.

        Nothing where it depends on more than places, such as the result of a call or what waits in a channel.
        """
        if not isinstance(condition, ast.Binary):
            return ()
        op, x, y = op or condition.op, self._text(condition.x), self._text(condition.y)
        if x is None or y is None:
            return ()
        if y < x:
            op, x, y = _MIRRORED[op], y, x
        if op in _NEGATED and not (self.kinds.is_float(condition.x) or self.kinds.is_float(condition.y)):
            op, holds = _NEGATED[op], not holds
        places = sorted(set(self._places(condition)), key=_order)
        contents = any(
            isinstance(each, ast.Call) and self.kinds.is_map(each.args[0]) for each in expressions(condition)
        )
        return (Fact(Test(f"{x} {op} {y}", tuple(places), None, contents), holds),) if places else ()

    def _places(self, expr: ast.Expr) -> Iterator[Place]:
        place = self.variable(expr)
        if place is not None:
            yield place
        else:
            for child in children(expr):
                yield from self._places(child)

    def _text(self, expr: ast.Expr) -> str | None:
        """Text that is the same for the same values; None for what may differ each time it is evaluated."""
        expr = ast.unparen(expr)
        place = self.variable(expr)
        if place is not None:
            return ".".join((f"{place.symbol.name}@{place.symbol.start}", *place.fields))
        constant = constant_of(expr, self.names, self._types)
        if constant is not None:
            return constant.name
        match expr:
            case ast.Ident(name="nil" | "true" | "false" as name):
                return name
            case ast.Selector(x=ast.Ident(name=package), name=ast.Ident(name=name)) if self.is_known_error(expr):
                return f"{package}.{name}"
            case ast.Call(fun=ast.Ident(name="len" | "cap" as name), args=(arg,)) if not self.kinds.is_channel(arg):
                inner = self._text(arg)
                return None if inner is None else f"{name}({inner})"
            case ast.Binary(op="+" | "-" | "*" as op, x=x, y=y):
                left, right = self._text(x), self._text(y)
                return None if left is None or right is None else f"({left} {op} {right})"
            case _:
                return None


def _order(place: Place) -> tuple[int, str, tuple[str, ...]]:
    return place.symbol.start, place.symbol.name, place.fields


def conditions_in(stmt: ast.Stmt) -> Iterator[ast.Expr]:
    """The conditions that a statement branches on: comparisons with the cases of a switch, too."""
    match stmt:
        case ast.If(cond=cond):
            yield from _atoms(cond)
        case ast.For(cond=cond) if cond is not None:
            yield from _atoms(cond)
        case ast.Switch(tag=tag, clauses=clauses):
            for value in (value for clause in clauses for value in clause.values or ()):
                yield from _atoms(value if tag is None else ast.Binary(value.start, value.end, "==", tag, value))
        case ast.TypeSwitch(x=x):
            yield ast.Binary(x.start, x.end, "==", x, ast.Ident(x.start, x.start, "nil"))
        case _:
            pass


def _atoms(cond: ast.Expr) -> Iterator[ast.Expr]:
    cond = ast.unparen(cond)
    match cond:
        case ast.Unary(op="!", x=x):
            yield from _atoms(x)
        case ast.Binary(op="&&" | "||", x=x, y=y):
            yield from _atoms(x)
            yield from _atoms(y)
        case _:
            yield cond
