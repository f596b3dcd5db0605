"""Which variables of a function keep an object reachable, and whether an expression does: for the finalizer rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from goleaklint.flow.graph import Block
from goleaklint.index.symbols import Symbol
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions, literals, statements


@dataclass(frozen=True, slots=True)
class Reach:
    """How an expression keeps the object reachable: by the use of `name` at `node`."""

    node: ast.Expr
    name: str
    how: str


@dataclass(frozen=True, slots=True)
class _Assignment:
    """A variable gets a value; None where the value is one of several results."""

    symbol: Symbol
    start: int
    value: ast.Expr | None


class Holders:
    """The variables that keep one object reachable: the one it was named by, and those assigned from it for good."""

    def __init__(self, fn: FunctionView, root: Symbol, by_address: bool, object_text: str) -> None:
        self._fn = fn
        self._root = root
        self._by_address = by_address
        self._values: dict[Symbol, ast.Expr] = {}
        self.object_text = object_text

    @classmethod
    def of(cls, fn: FunctionView, call: ast.Call, block: Block) -> Self | None:
        """The holders of the object that is the first argument of `call`.

        None where that cannot be told: the object is no variable of the function, or its variable may come to name
        another object before the finalizer runs.
        """
        arg = ast.unparen(call.args[0])
        by_address = isinstance(arg, ast.Unary) and arg.op == "&"
        root = fn.symbol(_root(arg.x if isinstance(arg, ast.Unary) else arg))
        if root is None or not root.is_variable:
            return None
        assignments = list(_assignments(fn))
        if any(each.symbol is root and each.start > call.start for each in assignments):
            return None
        if _shared_by_rounds(fn, root, block):
            return None
        holders = cls(fn, root, by_address, fn.text(arg.x if isinstance(arg, ast.Unary) else arg))
        counts: dict[Symbol, int] = {}
        for each in assignments:
            counts[each.symbol] = counts.get(each.symbol, 0) + 1
        holders._values = {
            each.symbol: each.value for each in assignments if each.value is not None and counts[each.symbol] == 1
        }
        return holders

    def reach(self, expr: ast.Expr, seen: frozenset[Symbol] = frozenset()) -> Reach | None:
        """How the value of `expr` keeps the object reachable; None if it does not, or nobody can tell."""
        match ast.unparen(expr):
            case ast.Ident() as ident:
                return self._variable(ident, seen)
            case ast.FuncLit() as function:
                return self._captured(function, seen)
            case ast.Unary(op="&", x=ast.CompositeLit() as literal):
                return self.reach(literal, seen)
            case ast.Unary(op="&", x=x):
                found = self._use(_root(x), seen)
                return found and Reach(found.node, found.name, f"holds {found.name}")
            case ast.CompositeLit(elements=elements):
                values = (each.value if isinstance(each, ast.KeyValue) else each for each in elements)
                return next((found for value in values if (found := self.reach(value, seen))), None)
            case ast.Call(fun=ast.Ident(name="append"), args=args):
                return next((found for arg in args if (found := self.reach(arg, seen))), None)
            case ast.Selector(x=x, name=name):
                return self._method_value(x, name, seen)
            case _:
                return None

    def _variable(self, ident: ast.Ident, seen: frozenset[Symbol]) -> Reach | None:
        if self._by_address and self._fn.names.symbol(ident) is self._root:
            return None  # a copy of the object, not the object
        return self._use(ident, seen)

    def _use(self, expr: ast.Expr, seen: frozenset[Symbol]) -> Reach | None:
        """How naming a variable reaches the object."""
        symbol = self._fn.symbol(expr)
        if symbol is None or symbol in seen:
            return None
        if symbol is self._root:
            return Reach(expr, symbol.name, f"holds {symbol.name}")
        value = self._values.get(symbol)
        found = value and self.reach(value, seen | {symbol})
        return Reach(expr, symbol.name, f"holds {symbol.name}, which holds {found.name}") if found else None

    def _captured(self, literal: ast.FuncLit, seen: frozenset[Symbol]) -> Reach | None:
        for expr in deep_expressions(literal.body.stmts):
            if isinstance(expr, ast.Ident):
                symbol = self._fn.names.symbol(expr)
                if symbol is None or literal.start <= symbol.start < literal.end:
                    continue
                found = self._use(expr, seen)
                if found is not None:
                    return Reach(expr, symbol.name, f"captures {symbol.name}")
        return None

    def _method_value(self, x: ast.Expr, name: ast.Ident, seen: frozenset[Symbol]) -> Reach | None:
        if not self._fn.setting.package.declares_method(name.name):
            return None
        found = self._use(ast.unparen(x), seen)
        return found and Reach(found.node, found.name, f"is the method {name.name} bound to {found.name}")


def _root(expr: ast.Expr) -> ast.Expr:
    """The variable that `x.f[i].g` starts from."""
    while isinstance(expr, ast.Selector | ast.Index | ast.Paren | ast.Star):
        expr = expr.x
    return expr


def _shared_by_rounds(fn: FunctionView, root: Symbol, block: Block) -> bool:
    """Reports whether the rounds of a loop share the variable, so that it names another object in the next one."""
    if not block.loops or not fn.graph.comes_again(block):
        return False
    loop = block.loops[-1]
    if not loop.start <= root.start < loop.end:
        return True
    in_head = root.start < loop.body.start
    return in_head and fn.setting.go_version < (1, 22)


def _assignments(fn: FunctionView) -> Iterator[_Assignment]:
    """Every assignment to a plain variable in the declared function, its literals included."""
    pending = [fn.function.body.block.stmts]
    while pending:
        stmts = pending.pop()
        pending += (literal.body.stmts for literal in literals(stmts))
        for stmt in statements(stmts):
            for left, right in _pairs(stmt):
                symbol = fn.symbol(left)
                if symbol is not None and symbol.is_variable:
                    yield _Assignment(symbol, left.start, right)


def _pairs(stmt: ast.Stmt) -> Iterator[tuple[ast.Expr, ast.Expr | None]]:
    match stmt:
        case ast.Assign(left=left, right=right):
            same = len(left) == len(right)
            yield from ((target, right[number] if same else None) for number, target in enumerate(left))
        case ast.IncDec(x=x):
            yield x, None
        case ast.Range(left=left):
            yield from ((target, None) for target in left)
        case ast.DeclStmt(specs=specs):
            for spec in specs:
                if isinstance(spec, ast.ValueSpec) and spec.values:
                    same = len(spec.names) == len(spec.values)
                    for number, name in enumerate(spec.names):
                        yield name, spec.values[number] if same else None
