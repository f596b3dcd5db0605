"""Facts along a path: what branches establish, what assignments make true, and what an operation puts an end to."""

from collections.abc import Iterable
from functools import cached_property
from typing import TypeAlias

from goleaklint.flow import ops
from goleaklint.flow.asking import Asking
from goleaklint.flow.bindings import Bindings
from goleaklint.flow.conditions import NIL, TRUE, Conditions, Fact, Test
from goleaklint.flow.effects import Effects
from goleaklint.flow.graph import Edge, Graph
from goleaklint.flow.places import Place, place_of
from goleaklint.flow.values import Values, zero_facts
from goleaklint.index.scopes import Names
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.syntax import ast
from goleaklint.types.infer import Inference
from goleaklint.types.types import Type

Facts: TypeAlias = frozenset[Fact]

NOTHING: Facts = frozenset()

MAX_FACTS = 8
"""How many facts are kept along a path. Real functions correlate one or two; with more, states would multiply."""

_VALUE = Symbol(SymbolKind.RESULT, "")
"""Stands for a value that no variable holds."""


class FactTracker:
    """Follows facts through the graph of one function, or of one function literal in it.

    A fact is about a place as it is now: a new value, or an operation that may set the place behind the function's
    back, ends it. So a fact never links an error to a resource that was acquired together with an earlier one. Facts
    that no later branch asks for are let go, too: paths that differ in nothing else become one.

    `names` and `types` are those of the whole declared function, `whole` is its body. Without types, maps, floats,
    conversions and methods with pointer receivers are not told apart from the rest, and typed nils not from nil.
    `tells`: what is returned is asked for, too.
    """

    def __init__(
        self, graph: Graph, names: Names, whole: ast.Block, types: Inference | None = None, tells: bool = False
    ) -> None:
        self._graph = graph
        self._tells = tells
        self._names = names
        self._conditions = Conditions(names, types)
        self._kinds = self._conditions.kinds
        self._bindings = Bindings(names)
        self._values = Values(self._conditions)
        self._effects = Effects(graph, self._conditions, whole)
        self._gaining: dict[ops.Assign, bool] = {}

    def at_entry(self) -> Facts:
        """What holds where the function begins: results with names have their zero values."""
        facts: list[Fact] = []
        for symbol in self._results:
            if isinstance(symbol.node, ast.Field):
                facts += zero_facts(Place(symbol), self._kinds.of_variable(symbol), symbol.node.type)
        return self._with(NOTHING, facts, 0)

    def along(self, edge: Edge, facts: Facts) -> Facts | None:
        """The facts after an edge; None if they rule the edge out."""
        established = self._conditions.established(edge)
        if not facts and not established:
            return facts
        if facts and any(each.excludes(fact) for fact in established for each in facts):
            return None
        if isinstance(edge.cause, ast.CaseClause):
            facts, bound = self._bound(edge.cause, (*facts, *established))
            established = (*established, *bound)
        if facts:
            facts = frozenset(each for each in facts if self._is_asked(each, edge.target))
        return self._with(facts, established, edge.target)

    def after(self, op: ops.Op, facts: Facts) -> Facts:
        """The facts after an operation."""
        if isinstance(op, ops.Assign):
            return self._assigned(op, facts)
        if isinstance(op, ops.Return):
            return self._returned(op, facts)
        return self._kept(op, facts) if facts else facts

    def _kept(self, op: ops.Op, facts: Facts) -> Facts:
        """The facts after an operation that adds none."""
        match op:
            case ops.Call(node=call):
                return facts if self._effects.sets_nothing(call) else self.after_call(facts)
            case ops.Receive() | ops.Select() | ops.Send():
                return self.after_call(facts)
            case ops.Range(node=node):
                facts = self._without(facts, node.left)
                return self.after_call(facts) if self._effects.runs_code(node) else facts
            case ops.Unreadable():
                return NOTHING
            case _:
                return facts

    def after_call(self, facts: Facts) -> Facts:
        """The facts that outlast whatever a called function, or another goroutine, does meanwhile."""
        if not facts:
            return facts
        return frozenset(fact for fact in facts if not self._effects.is_exposed(fact.test))

    def answer(self, value: ast.Expr, target: Type | None, facts: Facts) -> tuple[str, bool] | None:
        """Whether a value of the underlying type `target` is nil, or true: the question and its answer; None if that is
        not known."""
        found = self._values.facts_of(Place(_VALUE), target, value, facts)
        asked = ((each.test.question, each.holds) for each in found if each.test.question in (NIL, TRUE))
        return next(asked, None) or self._compared(value, facts)

    def _compared(self, value: ast.Expr, facts: Facts) -> tuple[str, bool] | None:
        """The same for a comparison."""
        asked = self._conditions.facts_of(value, True)
        if len(asked) != 1 or not isinstance(ast.unparen(value), ast.Binary | ast.Unary):
            return None
        known = (each.holds == asked[0].holds for each in facts if each.test == asked[0].test)
        return next(((TRUE, holds) for holds in known), None)

    def asks_about(self, place: Place) -> bool:
        """Reports whether some branch asks something of a place alone."""
        return self._concerns(place)

    # --- which facts are kept

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self._graph, self._conditions, self._bindings, tuple(map(Place, self._results)), self._tells)

    def _is_asked(self, fact: Fact, block: int | None) -> bool:
        """Reports whether a branch may ask for the fact: from the start of a block on, or anywhere."""
        return self._asking.is_asked(fact.test, block)

    def _concerns(self, place: Place) -> bool:
        """Reports whether facts about a place could be of any use."""
        return self._asking.concerns(place)

    def _with(self, facts: Facts, gained: Iterable[Fact], block: int | None = None) -> Facts:
        """The facts and those that are new, as far as they are asked for."""
        for fact in gained:
            if len(facts) < MAX_FACTS and self._is_asked(fact, block):
                facts |= {fact}
        return facts

    # --- assignments

    def _assigned(self, op: ops.Assign, facts: Facts) -> Facts:
        kept = self._without(facts, op.left)
        return self._with(kept, self._gained(op, facts)) if self._may_gain(op) else kept

    def _may_gain(self, op: ops.Assign) -> bool:
        """Reports whether an assignment sets something that is ever asked for. Most do not, and walks come again."""
        found = self._gaining.get(op)
        if found is None:
            places = (place_of(self._names, target) for target in op.left)
            found = self._gaining[op] = any(place is not None and self._concerns(place) for place in places)
        return found

    def _gained(self, op: ops.Assign, facts: Facts) -> list[Fact]:
        if isinstance(op.node, ast.IncDec) or (isinstance(op.node, ast.Assign) and op.node.op not in ("=", ":=")):
            return []
        found: list[Fact] = []
        for number, target in enumerate(op.left):
            found = [fact for fact in found if not self._effects.is_changed(fact.test, target)]
            place = place_of(self._names, target)
            if place is None or not self._concerns(place):
                continue
            if len(op.right) == len(op.left):
                found += self._values.facts_of(place, self._kinds.under(target), op.right[number], facts)
            elif not op.right and isinstance(op.node, ast.ValueSpec):
                found += zero_facts(place, self._kinds.under(target), op.node.type)
        return found

    def _returned(self, op: ops.Return, facts: Facts) -> Facts:
        """A return gives the results with names their values; the deferred calls see them."""
        values, results = op.node.results, self._results
        if not values or not results:
            return facts
        gained: list[Fact] = []
        if len(values) == len(results):
            for symbol, value in zip(results, values, strict=True):
                gained += self._values.facts_of(Place(symbol), self._kinds.of_variable(symbol), value, facts)
        kept = (each for each in facts if not any(place.symbol in results for place in each.test.places))
        return self._with(frozenset(kept), gained)

    @cached_property
    def _results(self) -> tuple[Symbol, ...]:
        """The results of this function or literal, if they have names."""
        node = self._graph.node
        if isinstance(node, ast.FuncLit):
            idents = [name for field in node.type.results for name in field.names]
            return tuple(symbol for name in idents if (symbol := self._names.symbol(name)) is not None)
        found = {symbol for _, symbol in self._names.items() if symbol.kind is SymbolKind.RESULT and symbol.depth == 0}
        return tuple(sorted(found, key=lambda symbol: symbol.start))

    def _bound(self, clause: ast.CaseClause, facts: tuple[Fact, ...]) -> tuple[Facts, list[Fact]]:
        """In a clause of a type switch its variable is new: what is no longer, and what is now known of it."""
        symbol, copy = self._bindings.variable(clause), self._bindings.copied(clause)
        old = frozenset(each for each in facts if not any(place.symbol is symbol for place in each.test.places))
        if copy is None:
            return old, []
        target, source = copy
        return old, [Fact(Test(NIL, (target,)), each.holds) for each in facts if each.test == Test(NIL, (source,))]

    # --- what ends a fact

    def _without(self, facts: Facts, targets: Iterable[ast.Expr]) -> Facts:
        if not facts:
            return facts
        for target in targets:
            facts = frozenset(fact for fact in facts if not self._effects.is_changed(fact.test, target))
        return facts
