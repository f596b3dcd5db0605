"""Questions about loops: which deferred calls pile up in one, and how often it goes round."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.flow import ops
from goleaklint.flow.graph import Block, Graph
from goleaklint.syntax import ast

Loop = ast.For | ast.Range

FEW_ROUNDS = 32
"""Up to so many rounds, known from a constant, what piles up in a loop is no more than a function could write out."""


class Rounds(enum.Enum):
    """How often a loop goes round, as far as its head tells."""

    FEW = "a few rounds, fixed in the source"
    COUNTED = "as many rounds as there are items"
    CONDITION = "as many rounds as its condition lets"
    ENDLESS = "no end"


@dataclass(frozen=True, slots=True)
class RepeatedDefer:
    """A defer statement that control can come to again; `loop` is None where a goto makes the loop."""

    block: Block
    op: ops.Defer
    loop: Loop | None


def repeated_defers(graph: Graph) -> Iterator[RepeatedDefer]:
    """The deferred calls of which one more is put off each time round. A defer that is always followed by a return,
    break or the like is not among them: its block is on no cycle of the graph."""
    for block, op in graph.ops(ops.Defer):
        if graph.comes_again(block):
            yield RepeatedDefer(block, op, repeating_loop(graph, block))


def repeating_loop(graph: Graph, block: Block) -> Loop | None:
    """The innermost loop around a block whose next round the block can lead to."""
    after = {target for edge in block.edges for target in graph.reachable(edge.target)}
    for loop in reversed(block.loops):
        within = {other.index for other in graph.blocks if loop in other.loops}
        if block.index in _reach_within(graph, block, within) and after & within:
            return loop
    return None


def _reach_within(graph: Graph, block: Block, within: set[int]) -> set[int]:
    """The blocks that control can come to after `block` without leaving `within`."""
    seen: set[int] = set()
    pending = [block.index]
    while pending:
        for edge in graph.blocks[pending.pop()].edges:
            if edge.target in within and edge.target not in seen:
                seen.add(edge.target)
                pending.append(edge.target)
    return seen


def rounds(loop: Loop | None) -> Rounds:
    """How often a loop goes round. A range over a channel looks like any other until its type is known."""
    match loop:
        case None:
            return Rounds.CONDITION
        case ast.For(cond=None):
            return Rounds.ENDLESS
        case ast.For(cond=ast.Ident(name="true")):
            return Rounds.ENDLESS
        case ast.For(
            init=ast.Assign(op=":="), cond=ast.Binary(op="<" | "<=" | ">" | ">=", x=x, y=y), post=ast.IncDec()
        ):
            return Rounds.FEW if _small(x) or _small(y) else Rounds.COUNTED
        case ast.For():
            return Rounds.CONDITION
        case ast.Range(x=x):
            return Rounds.FEW if _small(ast.unparen(x)) else Rounds.COUNTED


def _small(expr: ast.Expr) -> bool:
    match expr:
        case ast.BasicLit(kind="int", text=text):
            try:
                return int(text.replace("_", ""), 0) <= FEW_ROUNDS
            except ValueError:
                return False
        case ast.CompositeLit(elements=elements):
            return len(elements) <= FEW_ROUNDS
        case _:
            return False
