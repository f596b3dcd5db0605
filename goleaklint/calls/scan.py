"""One function, read once: its parameters, the calls that run in it, and questions about its expressions."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from goleaklint.calls.summary import Summary
from goleaklint.flow import ops
from goleaklint.flow.facts import FactTracker
from goleaklint.flow.graph import Graph
from goleaklint.flow.places import place_of
from goleaklint.index.scopes import Names
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions, expressions
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
    """A function with the summaries of what it calls. Literals count as part of it where they run in it."""

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
        self.tracker = FactTracker(graph, names, body)

    # --- what there is

    @cached_property
    def params(self) -> tuple[Symbol | None, ...]:
        """The receiver and the parameters; None for those without a name."""
        fields = (*((self.receiver,) if self.receiver else ()), *self.kind.params)
        found: list[Symbol | None] = []
        for field in fields:
            found += [self.names.symbol(name) for name in field.names] or [None]
        return tuple(found)

    @cached_property
    def results(self) -> tuple[Type, ...]:
        return self.types.declared.signature(self.kind, self.types.env).results

    def known(self, call: ast.Call) -> Known:
        """What is known of a call in this function."""
        found = self._known.get(call)
        if found is None:
            found = self._known[call] = self._lookup(call)
        return found

    def all(self, kind: type[T]) -> list[T]:
        """The reachable operations of one kind, in the order of the blocks."""
        return cast("list[T]", self._ops.get(kind, []))

    @cached_property
    def _ops(self) -> dict[type, list[ops.Op]]:
        found: dict[type, list[ops.Op]] = {}
        reachable = self.graph.reachable()
        for block in self.graph.blocks:
            if block.index in reachable:
                for op in block.ops:
                    found.setdefault(type(op), []).append(op)
        return found

    @cached_property
    def calls(self) -> list[tuple[ast.Call, Known]]:
        """The calls that run in this function: on its own ways, and in the literals that it defers or calls."""
        found = list(self._own_calls)
        for literal in self.run_literals:
            found += [expr for expr in deep_expressions(literal.body.stmts) if isinstance(expr, ast.Call)]
        return [(call, self.known(call)) for call in found]

    @cached_property
    def run_literals(self) -> list[ast.FuncLit]:
        """The function literals that are deferred, or called where they stand."""
        return [fun for call in self._own_calls if isinstance(fun := ast.unparen(call.fun), ast.FuncLit)]

    @cached_property
    def _own_calls(self) -> list[ast.Call]:
        """The calls that the function makes itself, now or at its exit."""
        deferred = (ast.unparen(op.node.call) for op in self.all(ops.Defer))
        return [op.node for op in self.all(ops.Call)] + [call for call in deferred if isinstance(call, ast.Call)]

    @cached_property
    def about(self) -> dict[Symbol, list[ast.Call]]:
        """The calls that each variable has a part in: called, called on, or given, directly or inside an argument."""
        found: dict[Symbol, list[ast.Call]] = {}
        for call, _ in self.calls:
            fun = ast.unparen(call.fun)
            named = [fun.x if isinstance(fun, ast.Selector) else fun, *call.args]
            symbols = {
                symbol
                for each in named
                for part in expressions(each)
                if isinstance(part, ast.Ident) and (symbol := self.names.symbol(part)) is not None
            }
            for symbol in symbols:
                found.setdefault(symbol, []).append(call)
        return found

    # --- expressions

    def core(self, expr: ast.Expr) -> Type | None:
        return self.types.declared.core(self.types.type_of(expr))

    def is_symbol(self, expr: ast.Expr, symbol: Symbol) -> bool:
        expr = ast.unparen(expr)
        return isinstance(expr, ast.Ident) and self.names.symbol(expr) is symbol

    def carries(self, value: ast.Expr, symbol: Symbol) -> bool:
        """Reports whether a value is the parameter, or holds it: in a composite, behind an address, in an append."""
        match ast.unparen(value):
            case ast.Ident() as ident:
                return self.names.symbol(ident) is symbol
            case ast.Unary(op="&", x=x) | ast.TypeAssert(x=x):
                return self.carries(x, symbol)
            case ast.CompositeLit(elements=elements):
                values = (each.value if isinstance(each, ast.KeyValue) else each for each in elements)
                return any(self.carries(each, symbol) for each in values)
            case ast.Call(fun=ast.Ident(name="append"), args=args):
                return any(self.carries(arg, symbol) for arg in args)
            case _:
                return False

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
