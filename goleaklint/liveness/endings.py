"""The code of a function in; where it stays for ever, if no way through it leads to an end, out.

Ways out are returns, panics, and calls that end the goroutine or the process. What cannot happen is no way: a case that
waits for a context nobody can cancel, the end of a range over a ticker's channel, a call that itself never ends, a
panic with words for what is never to happen (`panic("unknown command")`).
"""

import enum
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from goleaklint.calls.answers import Line, Memo
from goleaklint.calls.code import Code
from goleaklint.calls.functions import Functions
from goleaklint.flow import ops
from goleaklint.flow.graph import Block, Edge, EdgeKind, Graph, Loop
from goleaklint.index.std import is_std
from goleaklint.index.symbols import Symbol
from goleaklint.liveness.waits import Silent, received_from
from goleaklint.syntax import ast

MAX_DEPTH = 5
"""How deep calls are followed: worker loops stand two or three calls below the go statement."""

Dead = frozenset[Symbol]
"""Parameters that hold contexts which nobody can cancel, or channels which nobody closes."""


class Stay(enum.Enum):
    """What keeps a function for ever."""

    LOOP = enum.auto()
    SELECT = enum.auto()
    RANGE = enum.auto()


@dataclass(frozen=True, slots=True, eq=False)
class Endless:
    """A place that is never left: `node` in `code`. `calls` lead there, outermost first, each with the code it is in.

    `unreached` are the ways out that look like some, but cannot be taken: edges of `code`'s graph.
    """

    code: Code
    node: Loop | ast.Select
    stay: Stay
    calls: tuple[tuple[Code, ast.Call], ...] = ()
    unreached: tuple[Edge, ...] = ()


class Endings:
    """Answers whether functions can end; each is looked into once."""

    def __init__(self) -> None:
        self._line = Line(MAX_DEPTH)
        self._known: Memo[tuple[Code, Dead], Endless | None] = Memo()

    def endless(self, code: Code, dead: Dead = frozenset()) -> Endless | None:
        """Where a function stays for ever, whatever happens; None if there is a way out, or that is not known."""
        if not _may_stay(code):
            return None
        return self._line.answer(self._known, (code, dead), None, lambda: _Search(self, code, dead).stays())

    @staticmethod
    def shared(functions: Functions) -> "Endings":
        """Those of the whole analysis."""
        found = functions.cache.setdefault(Endings, Endings())
        return found if isinstance(found, Endings) else Endings()

    def spawned(self, code: Code, body: Code, call: ast.Call | None) -> Endless | None:
        """The same for what a goroutine runs that `code` starts, with the arguments of the call that it makes."""
        return self.endless(body, frozenset() if call is None else dead_arguments(code, call, body, frozenset()))


def dead_arguments(code: Code, call: ast.Call, callee: Code, dead: Dead) -> Dead:
    """The callee's parameters that get a context which nobody can cancel."""
    silent = Silent(code, dead)
    return frozenset(param for param, value in code.arguments(call, callee) if silent.is_dead_context(value))


def _may_stay(code: Code) -> bool:
    """Reports whether a function holds a loop or select, or calls something: all others end."""
    text = code.source.data[code.block.start : code.block.end]
    return b"for" in text or b"select" in text or text.count(b"(") > 0


class _Search:
    """One look through one function."""

    def __init__(self, endings: Endings, code: Code, dead: Dead) -> None:
        self._endings = endings
        self._code = code
        self._dead = dead
        self._silent = Silent(code, dead)
        self._barred: dict[int, tuple[ast.Call, Endless]] = {}

    def stays(self) -> Endless | None:
        graph = self._code.graph
        if any(isinstance(op, ops.Unreadable) for block in graph.blocks for op in block.ops):
            return None
        exits = {graph.returned, graph.panicked, graph.stopped, graph.unwound}
        while True:
            way = self._way_to(exits)
            if way is None:
                return self._place()
            if not self._bar(way):
                return None

    # --- ways out

    def _way_to(self, exits: set[int]) -> list[int] | None:
        """The blocks of the shortest way out."""
        before: dict[int, int] = {0: -1}
        pending = deque([0])
        while pending:
            at = pending.popleft()
            if at in exits:
                return list(_back(before, at))
            if at in self._barred:
                continue
            for edge in self._code.graph.blocks[at].edges:
                if edge.target not in before and not self._is_impossible(edge):
                    before[edge.target] = at
                    pending.append(edge.target)
        return None

    def _bar(self, way: list[int]) -> bool:
        """Bar the first block of a way that calls something which never ends; reports whether there is one."""
        for index in way:
            for call in _calls(self._code.graph.blocks[index]):
                callee = self._code.callee(call)
                if callee is None or callee is self._code:
                    continue
                found = self._endings.endless(callee, dead_arguments(self._code, call, callee, self._dead))
                if found is not None:
                    self._barred[index] = call, found
                    return True
        return False

    def _is_impossible(self, edge: Edge) -> bool:
        match edge.kind, edge.cause:
            case EdgeKind.DONE, _:
                ranged = self._code.graph.blocks[edge.source].ops[-1]
                return isinstance(ranged, ops.Range) and self._silent.is_never_closed(ranged.node.x)
            case EdgeKind.CASE, ast.CommClause(comm=comm):
                channel = received_from(comm)
                return channel is not None and self._silent.is_dead_channel(channel)
            case EdgeKind.TRUE | EdgeKind.FALSE, ast.Ident() as flag:
                return not edge.holds and self._silent.is_always_ok(flag)
            case EdgeKind.PANIC, _:
                return _tells(self._code.graph.blocks[edge.source]) and not self._recovers
            case _:
                return False

    @cached_property
    def _recovers(self) -> bool:
        """Reports whether a deferred call may stop a panic, so that the function ends by it."""
        return any(_may_recover(self._code, op) for _, op in self._code.graph.ops(ops.Defer))

    # --- where it stays

    def _place(self) -> Endless | None:
        """The outermost loop that is never left, an empty select, or the place in what is called."""
        graph = self._code.graph
        reached = self._reached()
        for index in sorted(reached):
            if index in self._barred:
                call, inner = self._barred[index]
                return Endless(inner.code, inner.node, inner.stay, ((self._code, call), *inner.calls), inner.unreached)
        found = next(_forever(graph, reached), None)
        if found is None:
            return None
        stay = Stay.SELECT if isinstance(found, ast.Select) else Stay.LOOP
        if isinstance(found, ast.Range):
            stay = Stay.RANGE
        return Endless(self._code, found, stay, (), tuple(self._unreached(reached)))

    def _reached(self) -> set[int]:
        seen = {0}
        pending = [0]
        while pending:
            at = pending.pop()
            for edge in self._code.graph.blocks[at].edges if at not in self._barred else ():
                if edge.target not in seen and not self._is_impossible(edge):
                    seen.add(edge.target)
                    pending.append(edge.target)
        return seen

    def _unreached(self, reached: set[int]) -> Iterator[Edge]:
        """The ways out that are impossible."""
        for index in sorted(reached):
            yield from (edge for edge in self._code.graph.blocks[index].edges if self._is_impossible(edge))


def _tells(block: Block) -> bool:
    """Reports whether a block ends in a panic with a text. One with an error says that something failed."""
    last = block.ops[-1] if block.ops else None
    if not isinstance(last, ops.Call) or not isinstance(last.node.fun, ast.Ident) or last.node.fun.name != "panic":
        return False
    value = ast.unparen(last.node.args[0]) if last.node.args else None
    if isinstance(value, ast.Call) and isinstance(value.fun, ast.Selector):
        return value.fun.name.name in ("Sprintf", "Sprint")
    return isinstance(value, ast.BasicLit)


def _may_recover(code: Code, op: ops.Defer) -> bool:
    call = ast.unparen(op.node.call)
    if not isinstance(call, ast.Call):
        return True
    name = code.callee_name(call)
    if name is not None and is_std(name[0]):
        return False
    callee = code.callee(call)
    return callee is None or callee.source.data.find(b"recover()", callee.node.start, callee.node.end) >= 0


def _back(before: dict[int, int], at: int) -> Iterator[int]:
    way = []
    while at >= 0:
        way.append(at)
        at = before[at]
    yield from reversed(way)


def _calls(block: Block) -> Iterator[ast.Call]:
    return (op.node for op in block.ops if isinstance(op, ops.Call))


def _forever(graph: Graph, reached: set[int]) -> Iterator[Loop | ast.Select]:
    """The outermost loops that control stays in, and the selects without cases."""
    for index in sorted(reached):
        block = graph.blocks[index]
        last = block.ops[-1] if block.ops else None
        if isinstance(last, ops.Select) and not last.node.clauses:
            yield last.node
        elif block.loops and graph.comes_again(block):
            yield block.loops[0]
