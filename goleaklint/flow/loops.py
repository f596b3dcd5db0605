"""Questions about loops: which deferred calls pile up in one, and how often it goes round."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.flow import ops
from goleaklint.flow.graph import Block, Edge, Graph, Loop
from goleaklint.syntax import ast
from goleaklint.syntax.walk import operands, statements

FEW_ROUNDS = 32
"""Up to so many rounds, known from a constant, what piles up in a loop is no more than a function could write out."""


class Rounds(enum.IntEnum):
    """How often a loop goes round, as far as its head tells; ordered from few to many."""

    FEW = 0
    COUNTED = 1
    CONDITION = 2
    ENDLESS = 3


@dataclass(frozen=True, slots=True)
class RepeatedDefer:
    """A defer statement that control can come to again.

    `loop` is the innermost loop that brings it back, None where a goto does; `rounds` is that of all the loops that do.
    """

    block: Block
    op: ops.Defer
    loop: Loop | None
    rounds: Rounds


def may_repeat_defers(stmts: tuple[ast.Stmt, ...]) -> bool:
    """Reports whether there may be repeated defers among statements: a question to the syntax, asked before the control
    flow is worked out."""
    every = list(statements(stmts))
    if any(isinstance(each, ast.Branch) and each.kind == "goto" for each in every):
        return True
    bodies = (each.body.stmts for each in every if isinstance(each, ast.For | ast.Range))
    return any(isinstance(inner, ast.Defer) for body in bodies for inner in statements(body))


def repeated_defers(graph: Graph) -> Iterator[RepeatedDefer]:
    """The deferred calls of which one more is put off each time round. A defer that is always followed by a return,
    break or the like is not among them: its block is on no cycle of the graph."""
    for block, op in graph.ops(ops.Defer):
        if graph.comes_again(block):
            loops = [loop for loop in reversed(block.loops) if block.index in reach_within(graph, block.index, loop)]
            often = max((rounds(loop) for loop in loops), default=Rounds.CONDITION)
            yield RepeatedDefer(block, op, loops[0] if loops else None, often)


def blocks_of(graph: Graph, loop: Loop) -> set[int]:
    """The blocks inside a loop: its head, its body and what its clauses hold."""
    return {block.index for block in graph.blocks if loop in block.loops}


def reach_within(graph: Graph, start: int, loop: Loop, avoiding: frozenset[int] = frozenset()) -> set[int]:
    """The blocks that control can come to after block `start` without leaving the loop or entering those to avoid."""
    within = blocks_of(graph, loop) - avoiding
    seen: set[int] = set()
    pending = [start]
    while pending:
        for edge in graph.blocks[pending.pop()].edges:
            if edge.target in within and edge.target not in seen:
                seen.add(edge.target)
                pending.append(edge.target)
    return seen


def is_retried(graph: Graph, loop: Loop) -> bool:
    """Reports whether a loop without end goes round only until something succeeds: it returns a result from inside.

    A loop that serves for ever returns nothing, or an error. Retries are few.
    """
    if rounds(loop) is not Rounds.ENDLESS:
        return False
    within = blocks_of(graph, loop) | {edge.target for index in blocks_of(graph, loop) for edge in _edges(graph, index)}
    returned = (op.node for index in within for op in graph.blocks[index].ops if isinstance(op, ops.Return))
    return any(loop.start <= node.start < loop.end and _gives_a_result(node) for node in returned)


def _edges(graph: Graph, index: int) -> list[Edge]:
    return graph.blocks[index].edges


def _gives_a_result(node: ast.Return) -> bool:
    """Reports whether a return gives something beside an error, as far as its words tell."""
    words = [value.name if isinstance(value, ast.Ident) else "" for value in map(ast.unparen, node.results)]
    if len(words) == 1:
        return words[0] == "true"
    return bool(words) and words[-1] in ("nil", "true") and any(word not in ("nil", "false") for word in words[:-1])


def rounds(loop: Loop) -> Rounds:
    """How often a loop goes round. A range over a channel looks like any other until its type is known."""
    match loop:
        case ast.For(cond=None) | ast.For(cond=ast.Ident(name="true")):
            return Rounds.ENDLESS
        case ast.For(init=init, cond=cond, post=ast.IncDec(x=ast.Ident(name=counter))) if cond is not None:
            return min(_counted(part, counter, _starts_small(init, counter)) for part in operands(cond, "&&"))
        case ast.For():
            return Rounds.CONDITION
        case ast.Range(x=x):
            return Rounds.FEW if _small(ast.unparen(x)) else Rounds.COUNTED


def counted_to(loop: Loop) -> ast.Expr | None:
    """The number of rounds that the head of a loop gives: what it counts up to from 0 or 1, or down from to those.

    None where it does not count, or starts elsewhere. The body may make it more by setting the counter back, which
    nobody does.
    """
    match loop:
        case ast.For(
            init=ast.Assign(left=(ast.Ident(name=set_first),), right=(first,)),
            cond=cond,
            post=ast.IncDec(x=ast.Ident(name=counter)),
        ) if cond is not None and set_first == counter:
            for part in operands(cond, "&&"):
                match part:
                    case ast.Binary(op="<" | "<=" | "!=", x=ast.Ident(name=name), y=bound) if name == counter:
                        return bound if _small(first) else None
                    case ast.Binary(op=">" | ">=", x=ast.Ident(name=name), y=bound) if name == counter:
                        return first if _small(bound) else None
    return None


def _starts_small(init: ast.Stmt | None, counter: str) -> bool | None:
    """Reports whether the counter starts at a small constant; None if the head does not say where it starts."""
    match init:
        case ast.Assign(left=(ast.Ident(name=name),), right=(value,)) if name == counter:
            return _small(value)
        case _:
            return None


def _counted(cond: ast.Expr, counter: str, starts_small: bool | None) -> Rounds:
    """How often a loop that counts `counter` goes round under this condition.

    One that counts up to a small bound most likely starts at 0, if nothing is said; one that counts down starts high.
    """
    match cond:
        case ast.Binary(op="<" | "<=" | "!=", x=ast.Ident(name=name), y=bound) if name == counter:
            return Rounds.FEW if starts_small is not False and _small(bound) else Rounds.COUNTED
        case ast.Binary(op=">" | ">=", x=ast.Ident(name=name), y=bound) if name == counter:
            return Rounds.FEW if starts_small and _small(bound) else Rounds.COUNTED
        case _:
            return Rounds.CONDITION


def _small(expr: ast.Expr) -> bool:
    match expr:
        case ast.BasicLit(kind="int", text=text):
            try:
                return int(text.replace("_", ""), 0) <= FEW_ROUNDS
            except ValueError:
                return False  # Go's old octal form (0755) is none of Python's
        case ast.CompositeLit(elements=elements):
            return len(elements) <= FEW_ROUNDS
        case _:
            return False
