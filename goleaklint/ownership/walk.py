"""A function and a resource that it holds in; every way on which it ends, with the branches that lead there, out."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.exits import facts_at_start, literal_of
from goleaklint.flow.facts import Facts
from goleaklint.flow.graph import Edge, EdgeKind, Graph
from goleaklint.flow.paths import Point
from goleaklint.knowledge import ITSELF, Resource
from goleaklint.ownership.branches import Branches
from goleaklint.ownership.effects import Effects, Fate
from goleaklint.ownership.origins import Origins
from goleaklint.ownership.state import INSIDE, End, Name, State
from goleaklint.syntax import ast
from goleaklint.types.types import ERROR, Basic

MAX_STATES = 256
"""How many (block, state) pairs one walk visits. Functions of a few hundred lines take some 60; what was found until
then is feasible, so it counts."""


MAX_WAYS = 4
"""On so many ways to where a resource is acquired it is followed from there."""


@dataclass(frozen=True, slots=True)
class Ending:
    """One way on which the story of the resource ends.

    `node` is the statement where it does, None at the closing brace; `edges` the branches taken to it.
    """

    end: End
    node: ast.Node | None
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class _Visit:
    point: Point
    state: State
    last: ast.Node | None = None
    before: "_Visit | None" = None
    edge: Edge | None = None


class Walk:
    """Follows one resource through one function."""

    def __init__(self, code: Code, resource: Resource, origins: Origins, fate: Fate) -> None:
        self.code = code
        self.effects = Effects(code, resource, origins, fate)
        self.branches = Branches(code, resource, self.effects.carrying)
        self._fate = fate
        self._resource = resource
        self._acquiring: ops.Op | None = None

    def endings(self, start: Point, state: State, acquiring: ops.Op | None = None) -> Iterator[Ending]:
        """Every ending, the nearest first. `acquiring` is the operation that acquires: coming to it again with the
        resource still held loses it."""
        self._acquiring = acquiring
        pending = deque([_Visit(start, state)])
        seen: set[tuple[Point, State]] = set()
        while pending and len(seen) < MAX_STATES:
            visit = pending.popleft()
            if (visit.point, visit.state) in seen:
                continue
            seen.add((visit.point, visit.state))
            found = self._through(visit)
            if isinstance(found, Ending):
                yield found
                continue
            for edge in self.code.graph.blocks[found.point.block].edges:
                onward = self._along(found, edge)
                if isinstance(onward, Ending):
                    yield onward
                elif onward is not None:
                    pending.append(onward)

    def gives_back(self, op: ops.Defer, state: State) -> bool:
        """Reports whether a deferred call gives back what its arguments, or what it is called on, hold."""
        call = ast.unparen(op.node.call)
        return isinstance(call, ast.Call) and self.effects.carrying.gives_back(call, state)

    def _through(self, visit: _Visit) -> _Visit | Ending:
        """The operations of a block, from the point on."""
        graph, state, last = self.code.graph, visit.state, visit.last
        for op in graph.blocks[visit.point.block].ops[visit.point.index :]:
            after: State | End
            if op is self._acquiring:
                after = self._acquired_again(visit.point.block, state)
            else:
                after = self.effects.after(op, state)
            if isinstance(after, End):
                return Ending(after, op.node, _edges(visit))
            facts = self.code.tracker.after(op, after.facts)
            state = after if facts is after.facts else replace(after, facts=facts)
            if isinstance(op, ops.Return):
                last = op.node
        return _Visit(visit.point, state, last, visit.before, visit.edge)

    def _acquired_again(self, block: int, state: State) -> State | End:
        """What is left of the resource of the last round once the variables of the round are gone: it may have been
        put into something that outlasts the round."""
        loops = self.code.graph.blocks[block].loops
        left = self._acquiring.left if isinstance(self._acquiring, ops.Assign) else ()
        gone = {symbol for target in left if (symbol := self.code.symbol(target)) is not None}
        of_round = {each for each in state.symbols if loops and loops[-1].start <= each.start < loops[-1].end}
        if of_round and (end := self._at_exit(state)) is not End.KEPT:
            return end  # a deferred literal sees the variables of its own round
        gone |= of_round
        kept = state.without(frozenset(gone))
        return replace(kept, proofs=frozenset()) if kept.symbols else End.LOST

    def _along(self, visit: _Visit, edge: Edge) -> _Visit | Ending | None:
        facts = self.code.tracker.along(edge, visit.state.facts)
        if facts is None:
            return None
        state = self.branches.along(edge, visit.state)
        if isinstance(state, End):
            return Ending(state, None, ()) if state is not End.ABSENT else None
        if facts is not state.facts:
            state = replace(state, facts=facts)
        onward = _Visit(Point(edge.target), state, visit.last, visit, edge)
        graph = self.code.graph
        if edge.target == graph.returned:
            end = self._at_exit(onward.state)
            if end is End.KEPT and gives_object(self.code, onward.last) and self._is_released_otherwise(onward.state):
                end = End.HANDED_OVER
            return Ending(end, onward.last, _edges(onward))
        if edge.target in (graph.panicked, graph.stopped, graph.unwound):
            return None
        return onward

    def _is_released_otherwise(self, state: State) -> bool:
        """Reports whether a deferred literal releases it on other ways than this one, as where `err != nil`: it is
        meant to go on living in what the function returns, however that has got hold of it. Nothing calls a cancel
        function that it was not given."""
        if ITSELF in self.effects.resource.release:
            return False
        for op in state.deferred:
            literal = literal_of(op)
            inner = self.code.whole.literal(literal) if literal is not None else None
            if inner is not None and self.effects.may_release(inner, state):
                return True
        return False

    def _at_exit(self, state: State) -> End:
        """How it ends once the deferred calls have run."""
        facts = state.facts
        for op in reversed(state.deferred):
            literal = literal_of(op)
            inner = self.code.whole.literal(literal) if literal is not None else None
            start: Facts = frozenset()
            if literal is not None:
                start = facts_at_start(op, literal, facts, self.code.graph)
            after = self.effects.at_exit(op, inner, replace(state, facts=start))
            if isinstance(after, End):
                return after
            facts = self.code.tracker.after_call(facts)
        return End.KEPT


def gives_object(code: Code, node: ast.Node | None) -> bool:
    """Reports whether a return gives the caller something that may have hold of something else."""
    if not isinstance(node, ast.Return):
        return False
    env, declared = code.types.env, code.types.declared
    kinds = [declared.resolve(field.type, env) for field in code.type.results for _ in field.names or (None,)]
    for number, kind in enumerate(kinds):
        value = ast.unparen(node.results[number]) if number < len(node.results) else None
        is_nil = isinstance(value, ast.Ident) and value.name == "nil"
        if kind != ERROR and not is_nil and not isinstance(declared.core(kind), Basic):
            return True
    return False


def held_by(name: Name, facts: Facts) -> State:
    """The resource is held by one variable, or is inside its object, from the beginning of a function on."""
    if name[1] == INSIDE:
        return State(frozenset(), frozenset((name[0],)), facts=facts)
    return State(frozenset((name,)), facts=facts)


def _edges(visit: _Visit) -> tuple[Edge, ...]:
    edges: list[Edge] = []
    at: _Visit | None = visit
    while at is not None and at.edge is not None:
        edges.append(at.edge)
        at = at.before
    return tuple(reversed(edges))


def branching(edges: tuple[Edge, ...]) -> tuple[Edge, ...]:
    """The edges that a condition or a case in the source stands for."""
    return tuple(edge for edge in edges if edge.cause is not None and edge.kind is not EdgeKind.NEXT)


def deciding(graph: Graph, edges: tuple[Edge, ...]) -> Edge | None:
    """The last branch on a way that matters: had it gone the other way, control might have come to another end."""
    if not edges:
        return None
    end = edges[-1].source if edges[-1].target == graph.returned else edges[-1].target
    exits = (graph.returned, graph.panicked, graph.stopped)
    elsewhere = set().union(*(_leading_to(graph, each, without=end) for each in exits))
    for edge in reversed(branching(edges)):
        if any(other.target in elsewhere for other in graph.blocks[edge.source].edges if other is not edge):
            return edge
    return None


def ways_to(code: Code, block: int, index: int) -> list[tuple[Facts, tuple[ops.Defer, ...]]]:
    """With which facts, and after which defer statements, control comes to an operation; the first of them where
    there are many."""
    found: dict[tuple[Facts, tuple[ops.Defer, ...]], None] = {}
    leading = _leading_to(code.graph, block)
    seen: set[tuple[int, Facts, tuple[ops.Defer, ...]]] = set()
    pending: deque[tuple[int, Facts, tuple[ops.Defer, ...]]] = deque([(0, code.tracker.at_entry(), ())])
    while pending and len(seen) < MAX_STATES and len(found) < MAX_WAYS:
        at, facts, deferred = each = pending.popleft()
        if each in seen:
            continue
        seen.add(each)
        for number, op in enumerate(code.graph.blocks[at].ops):
            if at == block and number == index:
                found[facts, deferred] = None
                break
            facts = code.tracker.after(op, facts)
            if isinstance(op, ops.Defer) and op not in deferred:
                deferred = (*deferred, op)
        else:
            for edge in code.graph.blocks[at].edges:
                after = code.tracker.along(edge, facts) if edge.target in leading else None
                if after is not None:
                    pending.append((edge.target, after, deferred))
    return list(found)


def _leading_to(graph: Graph, block: int, without: int | None = None) -> set[int]:
    """The blocks from which control can come to a block, itself included; `without` coming through one of them."""
    before: dict[int, list[int]] = {}
    for each in graph.blocks:
        for edge in each.edges:
            before.setdefault(edge.target, []).append(each.index)
    pending, seen = [block], {block}
    while pending:
        more = set(before.get(pending.pop(), ())) - seen - {without}
        seen |= more
        pending += more
    return seen
