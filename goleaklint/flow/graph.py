"""The control-flow graph of one function: blocks of operations and the edges between them."""

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

import msgspec

from goleaklint.flow.ops import Op
from goleaklint.syntax import ast

T = TypeVar("T")

Loop: TypeAlias = ast.For | ast.Range


class EdgeKind(enum.StrEnum):
    """Why control goes from one block to the next."""

    NEXT = "next"
    TRUE = "true"
    FALSE = "false"
    CASE = "case"
    DEFAULT = "default"
    ROUND = "round"
    DONE = "done"
    RETURN = "return"
    PANIC = "panic"
    STOP = "stop"


class Edge(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Control goes from one block to another.

    `cause` is what the source shows for it: the condition of a TRUE or FALSE edge, the clause of a CASE or DEFAULT
    edge. `condition` is what is known to hold, or with `holds` false not to hold, once the edge is taken: for a case of
    a switch on a value, the comparison that Go makes.
    """

    source: int
    target: int
    kind: EdgeKind = EdgeKind.NEXT
    cause: ast.Expr | ast.CaseClause | ast.CommClause | None = None
    condition: ast.Expr | None = None
    holds: bool = True


class Block(msgspec.Struct):
    """Operations without a branch between them. `loops` are the loop statements around it, outermost first."""

    index: int
    loops: tuple[Loop, ...] = ()
    ops: list[Op] = []
    edges: list[Edge] = []


@dataclass
class Graph:
    """What one function, method or function literal does. Once it is built it does not change.

    Block 0 is the entry. Four blocks without operations are where it ends. In three the deferred calls run: `returned`
    (after a return), `panicked`, and `unwound` (the goroutine ends: runtime.Goexit, t.Fatal). In `stopped` they do not:
    the process ends (os.Exit, log.Fatal).
    """

    node: ast.FuncBody | ast.FuncLit
    blocks: list[Block]
    returned: int
    panicked: int
    stopped: int
    unwound: int

    def ops(self, kind: type[T]) -> Iterator[tuple[Block, T]]:
        """The operations of one kind in the reachable blocks, with their blocks, in the order of the blocks."""
        return iter(self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> Mapping[type, Sequence[tuple[Block, Any]]]:
        found: dict[type, list[tuple[Block, Op]]] = {}
        for block in self.blocks:
            if block.ops and block.index in self._entered:
                for op in block.ops:
                    found.setdefault(type(op), []).append((block, op))
        return found

    def reachable(self, start: int = 0) -> AbstractSet[int]:
        """The blocks that can be reached from the entry, or from the end of block `start` and that block itself."""
        return self.reachable_from((start,)) if start else self._entered

    @cached_property
    def _entered(self) -> frozenset[int]:
        return frozenset(self.reachable_from((0,)))

    def reachable_from(self, starts: Iterable[int], without: AbstractSet[int] = frozenset()) -> set[int]:
        """The blocks that can be reached from some blocks, themselves included, past none of those in `without`."""
        pending = [start for start in starts if start not in without]
        seen = set(pending)
        while pending:
            for edge in self.blocks[pending.pop()].edges:
                if edge.target not in seen and edge.target not in without:
                    seen.add(edge.target)
                    pending.append(edge.target)
        return seen

    def comes_again(self, block: Block) -> bool:
        """Reports whether control that leaves `block` can come back to it."""
        return block.index in self.reachable_from(edge.target for edge in block.edges)
