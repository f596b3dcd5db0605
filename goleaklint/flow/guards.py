"""Conditions that let control pass only once: a flag or a nil check whose branch sets what it tests."""

import re
from collections.abc import Iterator

from goleaklint.flow import ops
from goleaklint.flow.graph import Block, Edge, EdgeKind, Graph, Loop
from goleaklint.flow.loops import blocks_of, reach_within
from goleaklint.flow.places import Place, place_of
from goleaklint.index.scopes import Names
from goleaklint.syntax import ast
from goleaklint.syntax.walk import literals, statements

_EMPTY = re.compile(r"is(?:empty|nil|zero|none|unset)", re.IGNORECASE)
"""Methods that tell whether there is anything in what they are called on."""


_THERE = re.compile(r"(?:is|was|already|path|file)?(?:there|exists?|registered|started|seen|known)", re.IGNORECASE)
"""Functions that tell whether what they are given has been made, or taken note of, before."""


def passes_once(graph: Graph, names: Names, block: Block, loop: Loop) -> bool:
    """Reports whether the rounds of a loop come to `block` at most once, since its guard no longer holds afterwards.

    `if !started { started = true; ... }` is the shape, or `if conn == nil { conn = dial(); ... }`. The place that is
    tested must be set behind the guard (or by a function literal, which the branch may call) and nowhere else in the
    loop. `if !exists(path) { serve(path) }` is another, for a path that stays the same.
    """
    within = blocks_of(graph, loop)
    for edge in _branches(graph, within):
        place, asked = _tested(names, edge.cause), _asked(names, edge)
        if place is None and asked is None:
            continue
        outside = _reach_without(graph, min(within), edge, within)
        if block.index in outside:
            continue
        if asked is not None and _is_given(names, block, asked) and not _sets(graph, names, within, asked):
            return True
        if place is None:
            continue
        set_behind = _sets(graph, names, within - outside, place) or _set_by_literal(graph, names, place)
        if set_behind and not _sets(graph, names, outside, place):
            return True
    return False


def is_taken_once(graph: Graph, names: Names, block: Block, loop: Loop) -> bool:
    """Reports whether `block` is in a case of a select that is taken once, since what it waits for has happened then.

    The case sets the channel to nil, or clears the flag without which the loop never gives it another one:
    `case err := <-done: restoring = false` beside `if restoring { done = restore() }`. It must do so before or after
    `block` whichever way the round goes, and nothing else in the loop may undo it.
    """
    within = blocks_of(graph, loop)
    for edge in sorted(_receiving(graph, within), key=lambda each: each.target):
        channel = _received(names, edge.cause)
        outside = _reach_without(graph, min(within), edge, within)
        if channel is None or block.index in outside or _set_by_literal(graph, names, channel):
            continue
        makers = _setting(graph, names, within, channel)
        ends = {index for index in makers - outside if _sets_to(graph, names, index, channel, "nil")}
        if makers and makers == ends and _always_passes(graph, block, loop, ends):
            return True
        if makers and _is_switched_off(graph, names, block, loop, makers, within, outside):
            return True
    return False


def _is_switched_off(
    graph: Graph, names: Names, block: Block, loop: Loop, makers: set[int], within: set[int], outside: set[int]
) -> bool:
    """Reports whether each place that gives the channel another value is behind a flag that the case clears."""
    for edge in _branches(graph, within):
        flag = place_of(names, edge.cause) if isinstance(edge.cause, ast.Ident | ast.Selector) else None
        if flag is None or edge.kind is not EdgeKind.TRUE or _set_by_literal(graph, names, flag):
            continue
        setters = _setting(graph, names, within, flag)
        clears = {index for index in setters if _sets_to(graph, names, index, flag, "false")}
        guarded = makers.isdisjoint(_reach_without(graph, min(within), edge, within))
        if guarded and setters == clears and _always_passes(graph, block, loop, clears - outside):
            return True
    return False


def _receiving(graph: Graph, within: set[int]) -> Iterator[Edge]:
    for index in within:
        yield from (edge for edge in graph.blocks[index].edges if isinstance(edge.cause, ast.CommClause))


def _received(names: Names, cause: object) -> Place | None:
    """The channel variable that a case receives from."""
    comm = cause.comm if isinstance(cause, ast.CommClause) else None
    values = comm.right if isinstance(comm, ast.Assign) else (comm.x,) if isinstance(comm, ast.ExprStmt) else ()
    value = ast.unparen(values[0]) if len(values) == 1 else None
    return place_of(names, value.x) if isinstance(value, ast.Unary) and value.op == "<-" else None


def _setting(graph: Graph, names: Names, blocks: set[int], place: Place) -> set[int]:
    return {index for index in blocks if _sets(graph, names, {index}, place)}


def _sets_to(graph: Graph, names: Names, index: int, place: Place, value: str) -> bool:
    """Reports whether all that a block gives a place is one predeclared name."""
    given = [
        each
        for op in graph.blocks[index].ops
        if isinstance(op, ops.Assign)
        for number, target in enumerate(op.left)
        if place_of(names, target) == place
        for each in (op.right[number : number + 1] if len(op.left) == len(op.right) else op.right)
    ]
    return all(isinstance(each, ast.Ident) and each.name == value for each in given)


def _always_passes(graph: Graph, block: Block, loop: Loop, through: set[int]) -> bool:
    """Reports whether every way from a block round to it again passes one of some blocks."""
    if block.index in through:
        return True
    return bool(through) and block.index not in reach_within(graph, block.index, loop, frozenset(through))


def _branches(graph: Graph, within: set[int]) -> Iterator[Edge]:
    for index in sorted(within):
        yield from (edge for edge in graph.blocks[index].edges if edge.kind in (EdgeKind.TRUE, EdgeKind.FALSE))


def _tested(names: Names, cause: object) -> Place | None:
    """What a condition tests, if it is a flag or a comparison of one place with nil or a constant, or asks whether it
    is empty."""
    match cause:
        case ast.Call(fun=ast.Selector(x=x, name=ast.Ident(name=name)), args=()) if _EMPTY.fullmatch(name):
            return place_of(names, x)
        case ast.Binary(op="==" | "!=", x=x, y=ast.BasicLit() | ast.Ident(name="nil" | "true" | "false")):
            return place_of(names, x)
        case ast.Ident() | ast.Selector():
            return place_of(names, cause)
        case _:
            return None


def _asked(names: Names, edge: Edge) -> Place | None:
    """What is not there yet, if that is what a branch is taken for."""
    match edge.cause:
        case ast.Call(fun=fun, args=(given,)) if edge.kind is EdgeKind.FALSE:
            fun = ast.unparen(fun)
            name = fun.name if isinstance(fun, ast.Selector) else fun
            is_question = isinstance(name, ast.Ident) and _THERE.fullmatch(name.name) is not None
            return place_of(names, given) if is_question else None
        case _:
            return None


def _is_given(names: Names, block: Block, place: Place) -> bool:
    """Reports whether a call in a block is given the very thing."""
    calls = (op.node for op in block.ops if isinstance(op, ops.Call))
    return any(place_of(names, value) == place for call in calls for value in call.args)


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
