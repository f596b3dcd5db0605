"""Variables of a function in; all values that each gets out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from goleaklint.calls.code import DeclaredFunction
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import direct_expressions, expressions, statements


@dataclass(frozen=True, slots=True)
class Binding:
    """One value that a variable gets: result number `position` of `value`.

    Without a value it is the zero value, if `zero`, else one that is not known. `start` is where that happens.
    """

    value: ast.Expr | None
    start: int
    position: int = 0
    zero: bool = False


_BINDINGS: "WeakKeyDictionary[DeclaredFunction, Mapping[Symbol, tuple[Binding, ...]]]" = WeakKeyDictionary()


def bindings(whole: DeclaredFunction, symbol: Symbol) -> tuple[Binding, ...]:
    """All values that a variable of a function gets, but for what it is as a parameter."""
    found = _BINDINGS.get(whole)
    if found is None:
        grouped: dict[Symbol, list[Binding]] = {}
        for target, binding in _assigned(whole.function.body.block.stmts):
            symbol_there = whole.names.symbol(target) if isinstance(target, ast.Ident) else None
            if symbol_there is not None:
                grouped.setdefault(symbol_there, []).append(binding)
        found = _BINDINGS[whole] = {each: tuple(values) for each, values in grouped.items()}
    return found.get(symbol, ())


def _assigned(stmts: tuple[ast.Stmt, ...]) -> Iterator[tuple[ast.Expr, Binding]]:
    for stmt in statements(stmts):
        match stmt:
            case ast.Assign(left=left, op=op, right=right):
                yield from _pairs(left, right if op in ("=", ":=") else (), stmt.start)
            case ast.DeclStmt(specs=specs):
                for spec in specs:
                    if isinstance(spec, ast.ValueSpec) and not spec.const:
                        yield from _declared(spec)
            case ast.Range(left=left):
                yield from ((target, Binding(None, stmt.start)) for target in left)
            case ast.IncDec(x=x):
                yield ast.unparen(x), Binding(None, stmt.start)
        for expr in (each for part in direct_expressions(stmt) for each in expressions(part)):
            if isinstance(expr, ast.FuncLit):
                yield from _assigned(expr.body.stmts)


def _declared(spec: ast.ValueSpec) -> Iterator[tuple[ast.Expr, Binding]]:
    if spec.values:
        yield from _pairs(spec.names, spec.values, spec.start)
    else:
        yield from ((name, Binding(None, spec.start, zero=True)) for name in spec.names)


def _pairs(left: tuple[ast.Expr, ...], right: tuple[ast.Expr, ...], start: int) -> Iterator[tuple[ast.Expr, Binding]]:
    if len(left) == len(right):
        yield from ((ast.unparen(t), Binding(v, start)) for t, v in zip(left, right, strict=True))
    elif len(right) == 1:
        yield from ((ast.unparen(t), Binding(right[0], start, number)) for number, t in enumerate(left))
    else:
        yield from ((ast.unparen(t), Binding(None, start)) for t in left)
