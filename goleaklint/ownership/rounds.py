"""The ways on which a resource's story ends in; those that only exist where a loop has nothing to go through, out.

`for _, l := range loggers { l.SetOutput(f) }` gives the file away, unless there are no loggers: then there would have
been no need for it.
"""

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.graph import Edge, EdgeKind
from goleaklint.flow.paths import Point, find_path
from goleaklint.ownership.state import End
from goleaklint.ownership.walk import Ending
from goleaklint.syntax import ast


def needs_empty_loop(code: Code, ending: Ending, endings: list[Ending]) -> bool:
    """Reports whether a way goes past a loop over a collection of which each round would have released the resource or
    handed it over."""
    rounds: set[int] = set()
    for edge in ending.edges:
        if edge.kind is EdgeKind.ROUND:
            rounds.add(edge.source)
        elif edge.kind is EdgeKind.DONE and edge.source not in rounds and _always_ends(code, edge, endings):
            return True
    return False


def _always_ends(code: Code, done: Edge, endings: list[Ending]) -> bool:
    head = code.graph.blocks[done.source]
    last = head.ops[-1] if head.ops else None
    loop = last.node if isinstance(last, ops.Range) else None
    if loop is None:
        return False
    ended = {each.node for each in endings if _is_given_in(each, loop)}
    entry = next((each.target for each in head.edges if each.kind is EdgeKind.ROUND), None)
    if not ended or entry is None:
        return False
    answer = find_path(
        code.graph, code.tracker, Point(entry), exits=frozenset(),
        avoiding=lambda op: op.node in ended,
        to=lambda op: isinstance(op, ops.Range) and op.node is loop,
    )  # fmt: skip
    return answer.path is None and answer.complete


def _is_given_in(ending: Ending, loop: ast.Range) -> bool:
    """Reports whether the resource is released by a call in a loop, or is an argument of one that takes it. Goroutines
    that each round starts are done before the function is, as far as anybody knows: they only borrow it."""
    call = ending.node
    if not isinstance(call, ast.Call) or not loop.body.start <= call.start < loop.body.end:
        return False
    if ending.end is End.RELEASED:
        return True
    lent = any(isinstance(ast.unparen(each), ast.FuncLit) for each in call.args)
    return ending.end is End.HANDED_OVER and bool(call.args) and not lent
