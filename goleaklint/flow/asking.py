"""Which tests a graph can still ask from each of its blocks on: facts about others need not be kept."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from goleaklint.flow import ops
from goleaklint.flow.bindings import Bindings
from goleaklint.flow.conditions import NIL, TRUE, Conditions, Test, conditions_in
from goleaklint.flow.effects import deep_literals
from goleaklint.flow.graph import Block, Graph
from goleaklint.flow.places import Place, place_of, wrapped
from goleaklint.syntax import ast
from goleaklint.syntax.walk import statements

Subject: TypeAlias = tuple[str, tuple[Place, ...]]
"""What tests have to share for one to say something of the other: places, and the question but for its constant."""

Copy: TypeAlias = tuple[Place, Place]
"""A place that gets the value of another: target and source."""


class Asking:
    """The tests of a function's branches, and of the literals in it, which may run at any time and at its exits.

    `results` are the function's results if they have names: a return gives them values. `tells`: whoever called asks
    for what is returned.
    """

    def __init__(
        self,
        graph: Graph,
        conditions: Conditions,
        bindings: Bindings,
        results: tuple[Place, ...],
        tells: bool = False,
    ) -> None:
        self._graph = graph
        self._conditions = conditions
        self._bindings = bindings
        self._results = results
        self._tells = tells
        self._bits: dict[Subject, int] = {}

    def is_asked(self, test: Test, block: int | None) -> bool:
        """Reports whether some branch may ask the test, and be it of a copy.

        That is anywhere in the function, or from the start of `block` on before it is assigned anew.
        """
        live = self._live
        bit = self._bits.get((test.question, test.places), 0)
        return bool(bit if block is None else bit & live[block])

    def concerns(self, place: Place) -> bool:
        """Reports whether some branch asks something of a place alone."""
        return place in self._places

    # --- what is asked where

    @cached_property
    def _places(self) -> frozenset[Place]:
        return frozenset(places[0] for _, places in self._bits if len(places) == 1) if self._live else frozenset()

    @cached_property
    def _live(self) -> list[int]:
        """For each block the subjects, one bit each, that are asked from its start on before they are assigned anew."""
        blocks = self._graph.blocks
        inner = self._asked_by_literals()
        asked = [self._asked_after(block) | inner for block in blocks]
        if not self._bits:
            return asked
        copies = [list(self._copies_in(block)) for block in blocks]
        self._add_sources([copy for each in copies for copy in each])
        bits = self._bits_of_places()
        assigned = [self._assigned_in(block, bits) & ~inner for block in blocks]
        passed = [self._passed(each) if each else () for each in copies]
        live = [inner] * len(blocks)
        changed = True
        while changed:
            changed = False
            for block in reversed(blocks):
                number = block.index
                found = asked[number]
                for edge in block.edges:
                    found |= live[edge.target]
                sources = [source for target, source in passed[number] if found & target]
                found &= ~assigned[number]
                for source in sources:
                    found |= source
                if found != live[number]:
                    live[number] = found
                    changed = True
        return live

    def _bit(self, subject: Subject) -> int:
        return self._bits.setdefault(subject, 1 << len(self._bits))

    def _asked_after(self, block: Block) -> int:
        bits = 0
        for edge in block.edges:
            for fact in self._conditions.established(edge):
                bits |= self._bit((fact.test.question, fact.test.places))
        return bits | self._returned(block) if self._tells else bits

    def _returned(self, block: Block) -> int:
        """What a caller may ask of what is returned."""
        bits = 0
        places = list(self._results) if block.index == self._graph.returned else []
        for op in block.ops if not self._results else ():
            for value in op.node.results if isinstance(op, ops.Return) else ():
                places += [place] if (place := self._place(value)) is not None else []
                for fact in self._conditions.facts_of(value, True):
                    bits |= self._bit((fact.test.question, fact.test.places))
        for place in places:
            bits |= self._bit((NIL, (place,))) | self._bit((TRUE, (place,)))
        return bits

    def _asked_by_literals(self) -> int:
        closures = [op.node for block in self._graph.blocks for op in block.ops if isinstance(op, ops.Closure)]
        bits = 0
        for literal in (each for closure in closures for each in (closure, *deep_literals(closure.body.stmts))):
            conditions = [each for stmt in statements(literal.body.stmts) for each in conditions_in(stmt)]
            for condition in conditions:
                for holds in (True, False):
                    for fact in self._conditions.facts_of(condition, holds):
                        bits |= self._bit((fact.test.question, fact.test.places))
        return bits

    def _bits_of_places(self) -> Mapping[Place, int]:
        """For each place the subjects that depend on it."""
        found: dict[Place, int] = defaultdict(int)
        for (_, places), bit in self._bits.items():
            for place in places:
                found[place] |= bit
        return found

    def _assigned_in(self, block: Block, bits: Mapping[Place, int]) -> int:
        """The subjects that the block sets by name; its edges ask for the new values."""
        found = 0
        for op in block.ops:
            for target in op.left if isinstance(op, ops.Assign) else ():
                place = self._place(target)
                found |= bits.get(place, 0) if place is not None else 0
        return found

    # --- copies

    def _copies_in(self, block: Block) -> Iterator[Copy]:
        for op in block.ops:
            if isinstance(op, ops.Assign) and len(op.left) == len(op.right):
                for target, value in zip(op.left, op.right, strict=True):
                    source = self._source(value)
                    place = self._place(target) if source is not None else None
                    if place is not None and source is not None:
                        yield place, source
            elif isinstance(op, ops.Return) and len(op.node.results) == len(self._results):
                for result, value in zip(self._results, op.node.results, strict=True):
                    source = self._source(value)
                    if source is not None:
                        yield result, source
        for edge in block.edges:
            bound = self._bindings.copied(edge.cause) if isinstance(edge.cause, ast.CaseClause) else None
            if bound is not None:
                yield bound

    def _add_sources(self, copies: list[Copy]) -> None:
        """Whoever asks something of a copy asks it of the source."""
        sources: dict[Place, set[Place]] = defaultdict(set)
        for target, source in copies:
            sources[target].add(source)
        pending = list(self._bits)
        while pending:
            question, places = pending.pop()
            if len(places) == 1:
                for source in sources[places[0]]:
                    subject = (question, (source,))
                    if subject not in self._bits:
                        self._bit(subject)
                        pending.append(subject)

    def _passed(self, copies: list[Copy]) -> list[tuple[int, int]]:
        """The bits of targets and sources, for each subject that is asked of the target."""
        return [
            (bit, self._bits[question, (source,)])
            for target, source in copies
            for (question, places), bit in self._bits.items()
            if places == (target,)
        ]

    def _source(self, value: ast.Expr) -> Place | None:
        return self._place(value) or wrapped(self._conditions.names, value)

    def _place(self, expr: ast.Expr) -> Place | None:
        return place_of(self._conditions.names, expr)
