"""A function in; the pauses after which one of its loops tries again without asking whether to end, out."""

from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.graph import Block, EdgeKind, Loop
from goleaklint.flow.loops import Rounds, blocks_of, reach_within, rounds
from goleaklint.liveness.signals import is_end
from goleaklint.liveness.waits import received_from
from goleaklint.syntax import ast


@dataclass(frozen=True, slots=True)
class BlindRetry:
    """The loop pauses at `pause` and goes round again without passing `signal`, its only way out, a select."""

    loop: Loop
    pause: ast.Call
    signal: ast.Select


def blind_retries(code: Code) -> Iterator[BlindRetry]:
    """The pauses of endless loops that heed a signal to end, but not on the way to the pause and round again."""
    graph = code.graph
    for loop in dict.fromkeys(block.loops[0] for block in graph.blocks if block.loops):
        if rounds(loop) is not Rounds.ENDLESS:
            continue
        within = blocks_of(graph, loop)
        heeding = {index: select for index in within if (select := _heeds(code, graph.blocks[index])) is not None}
        if heeding and not _has_other_way_out(code, loop, within, frozenset(heeding)):
            yield from _pauses(code, loop, within, heeding)


def _heeds(code: Code, block: Block) -> ast.Select | None:
    """The select at the end of a block, if one of its cases tells that the loop is to end and leads out of it."""
    last = block.ops[-1] if block.ops else None
    if not isinstance(last, ops.Select):
        return None
    channels = (received_from(clause.comm) for clause in last.node.clauses)
    return last.node if any(each is not None and is_end(code, each) for each in channels) else None


def _has_other_way_out(code: Code, loop: Loop, within: set[int], heeding: frozenset[int]) -> bool:
    """Reports whether a round can leave the loop without asking a signal: by a return, a break, but not by a panic."""
    graph = code.graph
    reached = {min(within)} | reach_within(graph, min(within), loop, heeding)
    inner = (graph.blocks[index] for index in reached - heeding)
    exits = {edge.target for block in inner for edge in block.edges if edge.kind is not EdgeKind.PANIC} - within
    return bool(exits - {graph.stopped, graph.unwound, graph.panicked})


def _pauses(code: Code, loop: Loop, within: set[int], heeding: dict[int, ast.Select]) -> Iterator[BlindRetry]:
    graph = code.graph
    head = min(within)
    avoided = frozenset(heeding)
    ahead = {head} | reach_within(graph, head, loop, avoided)
    for index in sorted(ahead - avoided):
        block = graph.blocks[index]
        pause = next((op.node for op in block.ops if isinstance(op, ops.Call) and _is_sleep(code, op.node)), None)
        if pause is not None and head in reach_within(graph, index, loop, avoided):
            yield BlindRetry(loop, pause, min(heeding.values(), key=lambda each: each.start))


def _is_sleep(code: Code, call: ast.Call) -> bool:
    return code.callee_name(call) == ("time", "Sleep")
