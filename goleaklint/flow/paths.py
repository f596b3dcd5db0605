"""Is there a way from here to there that avoids something? The path query that rules and engines share."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from goleaklint.flow import ops
from goleaklint.flow.facts import NOTHING, Facts, FactTracker
from goleaklint.flow.graph import Edge, EdgeKind, Graph

MAX_STATES = 256
"""How many (place, facts) pairs one query may visit. Functions of a few hundred lines take some 60; beyond the budget
the answer is that nobody knows."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place between operations: before number `index` of a block."""

    block: int
    index: int = 0


@dataclass(frozen=True, slots=True)
class Path:
    """A way through a function: the branches taken, in order, and where it ends.

    `reached` is the operation looked for, None where the path leads to an exit, which `exit` then tells. `deferred` are
    the defer statements it passed, in their order: at an exit that is `returned` or `panicked` they run last first.
    `facts` hold at its end.
    """

    edges: tuple[Edge, ...]
    reached: ops.Op | None
    exit: int
    deferred: tuple[ops.Defer, ...]
    facts: Facts

    @property
    def branches(self) -> tuple[Edge, ...]:
        """The edges at which the path could have gone another way."""
        return tuple(edge for edge in self.edges if edge.kind not in (EdgeKind.NEXT, EdgeKind.RETURN))


@dataclass(frozen=True, slots=True)
class Answer:
    """The shortest path, or None if there is none; `complete` is false if the budget ended before that was certain."""

    path: Path | None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _State:
    point: Point
    facts: Facts
    before: "_State | None" = None
    edge: Edge | None = None
    deferred: tuple[ops.Defer, ...] = ()


def always(_: ops.Op) -> bool:
    """Holds for every operation."""
    return True


def never(_: ops.Op) -> bool:
    """Holds for no operation."""
    return False


def _none(_: Edge) -> bool:
    return False


def find_path(
    graph: Graph,
    tracker: FactTracker,
    start: Point,
    *,
    to: Callable[[ops.Op], bool] = never,
    exits: frozenset[int] | None = None,
    avoiding: Callable[[ops.Op], bool] = never,
    facts: Facts = NOTHING,
    barred: Callable[[Edge], bool] = _none,
) -> Answer:
    """The shortest feasible path from `start` to an operation that `to` accepts or to one of the `exits`.

    `exits` are blocks without operations: by default `returned` and `panicked`, where deferred calls run. The path
    passes no operation that `avoiding` accepts and no edge that `barred` does, and `facts` hold at its start.
    """
    ends = frozenset((graph.returned, graph.panicked)) if exits is None else exits
    pending = deque([_State(start, facts)])
    seen: set[tuple[Point, Facts]] = set()
    while pending:
        state = pending.popleft()
        key = (state.point, state.facts)
        if key in seen:
            continue
        if len(seen) >= MAX_STATES:
            return Answer(None, complete=False)
        seen.add(key)
        if state.point.block in ends:
            return Answer(_path(state, None))
        done = _through(graph, tracker, state, to, avoiding)
        if isinstance(done, Path):
            return Answer(done)
        if done is not None:
            pending += (each for each in _onward(graph, tracker, done) if each.edge is None or not barred(each.edge))
    return Answer(None)


def _through(
    graph: Graph,
    tracker: FactTracker,
    state: _State,
    to: Callable[[ops.Op], bool],
    avoiding: Callable[[ops.Op], bool],
) -> _State | Path | None:
    """Pass the rest of a block: the state behind it, the path if it ends in it, None if it is barred."""
    facts, deferred = state.facts, state.deferred
    for op in graph.blocks[state.point.block].ops[state.point.index :]:
        if to(op):
            return _path(_State(state.point, facts, state.before, state.edge, deferred), op)
        if avoiding(op):
            return None
        if isinstance(op, ops.Defer):
            deferred = (*deferred, op)
        facts = tracker.after(op, facts)
    return _State(state.point, facts, state.before, state.edge, deferred)


def _onward(graph: Graph, tracker: FactTracker, state: _State) -> Iterator[_State]:
    for edge in graph.blocks[state.point.block].edges:
        facts = tracker.along(edge, state.facts)
        if facts is not None:
            yield _State(Point(edge.target), facts, state, edge, state.deferred)


def _path(state: _State, reached: ops.Op | None) -> Path:
    edges: list[Edge] = []
    at: _State | None = state
    while at is not None and at.edge is not None:
        edges.append(at.edge)
        at = at.before
    exit_block = -1 if reached is not None else state.point.block
    return Path(tuple(reversed(edges)), reached, exit_block, state.deferred, state.facts)
