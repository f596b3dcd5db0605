"""Facts along a path: what branches establish, what assignments make true, and what an operation puts an end to."""

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

from goleaklint.flow import ops
from goleaklint.flow.conditions import NIL, TRUE, Fact, Test, established
from goleaklint.flow.graph import Edge, Graph
from goleaklint.flow.places import Place, place_of
from goleaklint.index.scopes import Names
from goleaklint.index.symbols import UNIVERSE_FUNCS, Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions, literals, statements

Facts: TypeAlias = frozenset[Fact]

NOTHING: Facts = frozenset()

MAX_FACTS = 8
"""How many facts are kept along a path. Real functions correlate one or two; with more, states would multiply."""


class FactTracker:
    """Follows facts through the graph of one function.

    A fact is about a place as it is now: a new value, or an operation that may set the place behind the function's
    back, ends it. So a fact never links an error to a resource that was acquired together with an earlier one.
    """

    def __init__(self, graph: Graph, names: Names, whole: ast.Block) -> None:
        self._graph = graph
        self._names = names
        self._whole = whole

    def along(self, edge: Edge, facts: Facts) -> Facts | None:
        """The facts after an edge; None if they rule the edge out."""
        fact = established(edge, self._names)
        if fact is None:
            return facts
        if _contradicts(fact, facts):
            return None
        return self._with(facts, fact)

    def after(self, op: ops.Op, facts: Facts) -> Facts:
        """The facts after an operation."""
        match op:
            case ops.Assign():
                return self._assigned(op, facts)
            case ops.Range(node=node):
                return self._without(facts, (place_of(self._names, each) for each in node.left))
            case ops.Unreadable():
                return NOTHING
            case ops.Call(node=call) if _has_no_effect(call, self._names):
                return facts
            case ops.Call() | ops.Receive() | ops.Select() | ops.Send():
                return frozenset(fact for fact in facts if not any(map(self._is_exposed, fact.test.places)))
            case _:
                return facts

    # --- which facts are worth keeping

    @cached_property
    def _asked(self) -> frozenset[Test]:
        """The tests that some later branch may ask again: those asked twice, or asked or set inside a loop."""
        asked: Counter[Test] = Counter()
        for block in self._graph.blocks:
            for edge in block.edges:
                fact = established(edge, self._names)
                if fact is not None and edge.holds:
                    asked[fact.test] += 2 if block.loops else 1
                elif fact is not None:
                    asked[fact.test] += 0
        settable = {
            place for block in self._graph.blocks for op in block.ops if isinstance(op, ops.Assign)
            for each in op.left if (place := place_of(self._names, each)) is not None
        }  # fmt: skip
        return frozenset(test for test, times in asked.items() if times > 1 or not settable.isdisjoint(test.places))

    def _with(self, facts: Facts, fact: Fact) -> Facts:
        if fact.test not in self._asked or fact in facts or len(facts) >= MAX_FACTS:
            return facts
        return facts | {fact}

    # --- assignments

    def _assigned(self, op: ops.Assign, facts: Facts) -> Facts:
        places = [place_of(self._names, target) for target in op.left]
        gained = self._gained(op, places, facts)
        facts = self._without(facts, places)
        for fact in gained:
            facts = self._with(facts, fact)
        return facts

    def _gained(self, op: ops.Assign, places: list[Place | None], facts: Facts) -> list[Fact]:
        if isinstance(op.node, ast.Assign) and op.node.op not in ("=", ":="):
            return []
        found: list[Fact] = []
        for number, place in enumerate(places):
            if place is None:
                continue
            if len(op.right) == len(op.left):
                found += self._of_value(place, ast.unparen(op.right[number]), facts)
            elif not op.right and isinstance(op.node, ast.ValueSpec):
                found += _of_zero_value(place, op.node.type)
        return found

    def _of_value(self, place: Place, value: ast.Expr, facts: Facts) -> list[Fact]:
        """What a place is known to be once it has this value."""
        match value:
            case ast.Ident(name="nil"):
                return [Fact(Test(NIL, (place,)), True)]
            case ast.Ident(name="true" | "false" as name):
                return [Fact(Test(TRUE, (place,)), name == "true")]
            case ast.BasicLit(text=text):
                return [Fact(Test(f"== {text}", (place,)), True)]
            case ast.FuncLit() | ast.CompositeLit() | ast.Unary(op="&"):
                return [Fact(Test(NIL, (place,)), False)]
            case ast.Call() if self._is_never_nil(value):
                return [Fact(Test(NIL, (place,)), False)]
        source = place_of(self._names, value)
        if source is None:
            return []
        return [Fact(Test(each.test.question, (place,)), each.holds) for each in facts if each.test.places == (source,)]

    def _is_never_nil(self, call: ast.Call) -> bool:
        match ast.unparen(call.fun):
            case ast.Ident(name="make" | "new"):
                return True
            case ast.Selector(x=ast.Ident() as package, name=ast.Ident(name=name)):
                symbol = self._names.symbol(package)
                return symbol is not None and (symbol.path, name) in (("errors", "New"), ("fmt", "Errorf"))
            case _:
                return False

    # --- what ends a fact

    def _without(self, facts: Facts, places: Iterable[Place | None]) -> Facts:
        set_now = [place for place in places if place is not None]
        return frozenset(
            fact for fact in facts if not any(place.covers(each) for place in set_now for each in fact.test.places)
        )

    def _is_exposed(self, place: Place) -> bool:
        """Reports whether a called function, or another goroutine, may set the place."""
        return place.is_shared or place.symbol in self._set_elsewhere

    @cached_property
    def _set_elsewhere(self) -> frozenset[Symbol]:
        """The variables that a function literal sets, or whose address is taken."""
        found: set[Symbol] = set()
        pending: list[tuple[tuple[ast.Stmt, ...], bool]] = [(self._whole.stmts, False)]
        while pending:
            stmts, inside = pending.pop()
            pending += ((literal.body.stmts, True) for literal in literals(stmts))
            for expr in all_expressions(stmts):
                if isinstance(expr, ast.Unary) and expr.op == "&":
                    found |= self._symbols((expr.x,))
            if inside:
                found |= self._symbols(target for stmt in statements(stmts) for target in _targets(stmt))
        return frozenset(found)

    def _symbols(self, exprs: Iterable[ast.Expr]) -> set[Symbol]:
        places = (place_of(self._names, expr) for expr in exprs)
        return {place.symbol for place in places if place is not None}


def _contradicts(fact: Fact, facts: Facts) -> bool:
    """Reports whether a fact cannot hold beside the others: the opposite is known, or the place is another constant."""
    if Fact(fact.test, not fact.holds) in facts:
        return True
    if not fact.holds or not fact.test.question.startswith("== "):
        return False
    return any(
        each.holds and each.test.places == fact.test.places and each.test.question.startswith("== ")
        and each.test != fact.test
        for each in facts
    )  # fmt: skip


def _of_zero_value(place: Place, kind: ast.Expr | None) -> list[Fact]:
    match kind:
        case ast.Ident(name="error") | ast.Star() | ast.SliceType() | ast.MapType() | ast.ChanType() | ast.FuncType():
            return [Fact(Test(NIL, (place,)), True)]
        case ast.Ident(name="bool"):
            return [Fact(Test(TRUE, (place,)), False)]
        case ast.Ident(name="string"):
            return [Fact(Test('== ""', (place,)), True)]
        case ast.Ident(name="int"):
            return [Fact(Test("== 0", (place,)), True)]
        case _:
            return []


def _has_no_effect(call: ast.Call, names: Names) -> bool:
    """Reports whether a call is one of a builtin, which sets no variable."""
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Ident) or fun.name not in UNIVERSE_FUNCS:
        return False
    symbol = names.symbol(fun)
    return symbol is None or symbol.kind.name == "UNIVERSE"


def _targets(stmt: ast.Stmt) -> tuple[ast.Expr, ...]:
    match stmt:
        case ast.Assign(left=left) | ast.Range(left=left):
            return left
        case ast.IncDec(x=x):
            return (x,)
        case _:
            return ()
