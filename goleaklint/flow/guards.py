"""Conditions that let control pass only once: a flag or a nil check whose branch sets what it tests."""

from collections.abc import Iterator

from goleaklint.flow import ops
from goleaklint.flow.graph import Block, Edge, EdgeKind, Graph, Loop
from goleaklint.flow.loops import blocks_of
from goleaklint.flow.places import Place, place_of
from goleaklint.index.scopes import Names
from goleaklint.syntax import ast
from goleaklint.syntax.walk import literals, statements


def passes_once(graph: Graph, names: Names, block: Block, loop: Loop) -> bool:
    """Reports whether the rounds of a loop come to `block` at most once, since its guard no longer holds afterwards.

    `if !started { started = true; ... }` is the shape, or `if conn == nil { conn = dial(); ... }`. The place that is
    tested must be set behind the guard (or by a function literal, which the branch may call) and nowhere else in the
    loop.
    """
    within = blocks_of(graph, loop)
    for edge in _branches(graph, within):
        place = _tested(names, edge.cause)
        if place is None:
            continue
        outside = _reach_without(graph, min(within), edge, within)
        if block.index in outside:
            continue
        set_behind = _sets(graph, names, within - outside, place) or _set_by_literal(graph, names, place)
        if set_behind and not _sets(graph, names, outside, place):
            return True
    return False


def _branches(graph: Graph, within: set[int]) -> Iterator[Edge]:
    for index in sorted(within):
        yield from (edge for edge in graph.blocks[index].edges if edge.kind in (EdgeKind.TRUE, EdgeKind.FALSE))


def _tested(names: Names, cause: object) -> Place | None:
    """What a condition tests, if it is a flag or a comparison of one place with nil or a constant."""
    match cause:
        case ast.Binary(op="==" | "!=", x=x, y=ast.BasicLit() | ast.Ident(name="nil" | "true" | "false")):
            return place_of(names, x)
        case ast.Ident() | ast.Selector():
            return place_of(names, cause)
        case _:
            return None


def _reach_without(graph: Graph, start: int, without: Edge, within: set[int]) -> set[int]:
    """The blocks of the loop that control can come to from its head without taking one edge."""
    seen = {start}
    pending = [start]
    while pending:
        for edge in graph.blocks[pending.pop()].edges:
            if edge is not without and edge.target in within and edge.target not in seen:
                seen.add(edge.target)
                pending.append(edge.target)
    return seen


def _sets(graph: Graph, names: Names, blocks: set[int], place: Place) -> bool:
    return any(
        place_of(names, target) == place
        for index in blocks
        for op in graph.blocks[index].ops
        if isinstance(op, ops.Assign)
        for target in op.left
    )


def _set_by_literal(graph: Graph, names: Names, place: Place) -> bool:
    """Reports whether a function literal in the function sets the place."""
    body = graph.node.block if isinstance(graph.node, ast.FuncBody) else graph.node.body
    pending = [literal.body.stmts for literal in literals(body.stmts)]
    while pending:
        stmts = pending.pop()
        pending += (literal.body.stmts for literal in literals(stmts))
        for stmt in statements(stmts):
            if isinstance(stmt, ast.Assign) and any(place_of(names, target) == place for target in stmt.left):
                return True
    return False
