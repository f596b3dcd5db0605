"""One function, read once: its parameters, the calls that run in it, and questions about its expressions."""

from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar, cast

from goleaklint.calls.code import Code
from goleaklint.calls.known import Known
from goleaklint.flow import ops
from goleaklint.flow.facts import FactTracker
from goleaklint.flow.places import place_of
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import children, deep_expressions
from goleaklint.types.types import Type

T = TypeVar("T")


class Scan:
    """A function with the summaries of what it calls. Literals count as part of it where they run in it.

    `params` are the receiver and the parameters, None for those without a name. `reachable` are the blocks that control
    can come to.
    """

    def __init__(self, code: Code) -> None:
        self.graph = code.graph
        self.types = code.types
        self.names = code.names
        self.params = code.params
        self._code = code
        self._known: dict[ast.Call, Known] = {}
        self.reachable = self.graph.reachable()
        self._own_calls = self._calls_made()
        # Function literals that are deferred, or called where they stand.
        self.run_literals = [fun for call in self._own_calls if isinstance(fun := ast.unparen(call.fun), ast.FuncLit)]
        self._calls: list[tuple[ast.Call, Known]] | None = None

    # --- what there is

    @property
    def tracker(self) -> FactTracker:
        """What follows facts through the function; few functions need it."""
        return self._code.tracker

    @property
    def results(self) -> tuple[Type, ...]:
        """The types of the results."""
        declared, env = self.types.declared, self.types.env
        fields = self._code.type.results
        return tuple(kind for each in fields for kind in [declared.resolve(each.type, env)] * (len(each.names) or 1))

    def known(self, call: ast.Call) -> Known:
        """What is known of a call in this function."""
        found = self._known.get(call)
        if found is None:
            found = self._known[call] = self._code.known(call)
        return found

    def all(self, kind: type[T]) -> list[T]:
        """The reachable operations of one kind, in the order of the blocks."""
        return [op for _, op in self.graph.ops(kind)]

    @property
    def calls(self) -> list[tuple[ast.Call, Known]]:
        """The calls that run in this function: on its own ways, and in the literals that it defers or calls."""
        if self._calls is None:
            found = list(self._own_calls)
            for literal in self.run_literals:
                found += [expr for expr in deep_expressions(literal.body.stmts) if isinstance(expr, ast.Call)]
            self._calls = [(call, self.known(call)) for call in found]
        return self._calls

    def _calls_made(self) -> list[ast.Call]:
        """The calls that the function makes itself, now or at its exit."""
        deferred = (ast.unparen(op.node.call) for op in self.all(ops.Defer))
        return [op.node for op in self.all(ops.Call)] + [call for call in deferred if isinstance(call, ast.Call)]

    def about(self, symbols: Collection[Symbol]) -> dict[Symbol, list[ast.Call]]:
        """The calls that these variables have a part in: called, called on, or given, directly or in an argument."""
        found: dict[Symbol, list[ast.Call]] = {symbol: [] for symbol in symbols}
        for call, _ in self.calls:
            for symbol in self._mentioned(call):
                if symbol in found:
                    found[symbol].append(call)
        return found

    def _mentioned(self, call: ast.Call) -> set[Symbol]:
        """The things named in a call, but for its own function or method; not those in function literals."""
        found: set[Symbol] = set()
        fun = ast.unparen(call.fun)
        pending = [fun.x if isinstance(fun, ast.Selector) else fun, *call.args]
        while pending:
            expr = pending.pop()
            kind = type(expr)
            if kind is ast.Ident:
                symbol = self.names.symbol(cast("ast.Ident", expr))
                if symbol is not None:
                    found.add(symbol)
            elif kind is not ast.BasicLit:
                pending += children(expr)
        return found

    # --- expressions

    def carried(self, value: ast.Expr) -> Iterator[Symbol]:
        """The variables that a value is, or holds: in a composite, behind an address, in an append."""
        value = ast.unparen(value)
        if isinstance(value, ast.Ident):
            symbol = self.names.symbol(value)
            if symbol is not None:
                yield symbol
            return
        for part in _held(value):
            yield from self.carried(part)

    def core(self, expr: ast.Expr) -> Type | None:
        return self._code.core_type(expr)

    def is_symbol(self, expr: ast.Expr, symbol: Symbol) -> bool:
        expr = ast.unparen(expr)
        return isinstance(expr, ast.Ident) and self.names.symbol(expr) is symbol

    def carries(self, value: ast.Expr, symbol: Symbol) -> bool:
        """Reports whether a value is the parameter, or holds it: in a composite, behind an address, in an append."""
        value = ast.unparen(value)
        if isinstance(value, ast.Ident):
            return self.names.symbol(value) is symbol
        return any(self.carries(part, symbol) for part in _held(value))

    def is_lasting(self, targets: Iterable[ast.Expr]) -> bool:
        """Reports whether something that is assigned to outlives the call: a field, an element, a package variable."""
        for target in targets:
            place = place_of(self.names, target)
            if place is None:
                if not (isinstance(target, ast.Ident) and target.name == "_"):
                    return True
            elif place.is_shared:
                return True
        return False

    def text(self, expr: ast.Expr) -> str:
        match ast.unparen(expr):
            case ast.Ident(name=name):
                return name
            case ast.Selector(x=x, name=ast.Ident(name=name)):
                return f"{self.text(x)}.{name}"
            case ast.Call(fun=fun):
                return f"{self.text(fun)}()"
            case _:
                return "a channel"


def _held(value: ast.Expr) -> Iterable[ast.Expr]:
    """The values that a value has in it, or points to."""
    if isinstance(value, ast.TypeAssert) or (isinstance(value, ast.Unary) and value.op == "&"):
        return (value.x,)
    if isinstance(value, ast.CompositeLit):
        return (each.value if isinstance(each, ast.KeyValue) else each for each in value.elements)
    if isinstance(value, ast.Call) and isinstance(value.fun, ast.Ident) and value.fun.name == "append":
        return value.args
    return ()


def is_nil(expr: ast.Expr) -> bool:
    """Reports whether an expression is the word nil."""
    expr = ast.unparen(expr)
    return isinstance(expr, ast.Ident) and expr.name == "nil"
