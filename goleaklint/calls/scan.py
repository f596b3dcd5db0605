"""One function, read once: its parameters, the calls that run in it, and questions about its expressions."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

from goleaklint.calls.summary import Summary
from goleaklint.flow import ops
from goleaklint.flow.facts import FactTracker
from goleaklint.flow.graph import Graph
from goleaklint.flow.places import place_of
from goleaklint.index.scopes import Names
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import children, deep_expressions, expressions
from goleaklint.types.infer import Inference
from goleaklint.types.types import Type

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a call: the summary of a function of the module, or what packs say of a library's.

    `borrows` tells that a function without summary keeps none of its arguments, but those numbered in `takes`. `fresh`
    names the resource's maker if the call makes one. `offset` is 1 for a method, whose receiver is parameter 0.
    """

    summary: Summary | None = None
    borrows: bool = False
    takes: tuple[int, ...] = ()
    fresh: str = ""
    offset: int = 0


Lookup = Callable[[ast.Call], Known]


class Scan:
    """A function with the summaries of what it calls. Literals count as part of it where they run in it.

    `params` are the receiver and the parameters, None for those without a name. `reachable` are the blocks that control
    can come to.
    """

    def __init__(
        self, kind: ast.FuncType, receiver: ast.Field | None, body: ast.Block, graph: Graph, types: Inference,
        names: Names, known: Lookup,
    ) -> None:  # fmt: skip
        self.kind = kind
        self.receiver = receiver
        self.body = body
        self.graph = graph
        self.types = types
        self.names = names
        self._lookup = known
        self._known: dict[ast.Call, Known] = {}
        self._tracker: FactTracker | None = None
        self.reachable = graph.reachable()
        self.params = tuple(_symbols(names, kind.params if receiver is None else (receiver, *kind.params)))
        self._ops = self._sorted_ops()
        self._own_calls = self._calls_made()
        # Function literals that are deferred, or called where they stand.
        self.run_literals = [fun for call in self._own_calls if isinstance(fun := ast.unparen(call.fun), ast.FuncLit)]
        self._calls: list[tuple[ast.Call, Known]] | None = None

    # --- what there is

    @property
    def tracker(self) -> FactTracker:
        """What follows facts through the function; few functions need it."""
        if self._tracker is None:
            self._tracker = FactTracker(self.graph, self.names, self.body)
        return self._tracker

    @property
    def results(self) -> tuple[Type, ...]:
        """The types of the results."""
        declared, env = self.types.declared, self.types.env
        return tuple(
            kind for part in self.kind.results for kind in [declared.resolve(part.type, env)] * (len(part.names) or 1)
        )

    def known(self, call: ast.Call) -> Known:
        """What is known of a call in this function."""
        found = self._known.get(call)
        if found is None:
            found = self._known[call] = self._lookup(call)
        return found

    def all(self, kind: type[T]) -> list[T]:
        """The reachable operations of one kind, in the order of the blocks."""
        return cast("list[T]", self._ops.get(kind, []))

    def _sorted_ops(self) -> dict[type, list[ops.Op]]:
        found: dict[type, list[ops.Op]] = {}
        for block in self.graph.blocks:
            if block.ops and block.index in self.reachable:
                for op in block.ops:
                    kind = type(op)
                    if kind in found:
                        found[kind].append(op)
                    else:
                        found[kind] = [op]
        return found

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
        return self.types.declared.core(self.types.type_of(expr))

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


def _symbols(names: Names, fields: Iterable[ast.Field]) -> Iterator[Symbol | None]:
    """The parameters that fields declare."""
    for field in fields:
        if not field.names:
            yield None
        for name in field.names:
            yield names.symbol(name)


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


def deep(expr: ast.Expr) -> Iterator[ast.Expr]:
    """An expression and all below it, function literals entered."""
    for each in expressions(expr):
        yield each
        if isinstance(each, ast.FuncLit):
            yield from deep_expressions(each.body.stmts)
