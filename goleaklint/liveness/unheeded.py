"""A loop without a way out in; why it has none, in words, out: which end was meant, and why it never comes."""

from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.graph import EdgeKind
from goleaklint.liveness.endings import Endless, Stay
from goleaklint.liveness.signals import is_end
from goleaklint.liveness.waits import is_timer_channel, received_from
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions, statements

_NOTIFY = ("os/signal", "Notify")


@dataclass(frozen=True, slots=True)
class Unheeded:
    """Why a loop never ends. `place` says what stands there, `node` with `why` is the end that does not work, if any.

    `was_meant` tells that the goroutine was written to end.
    """

    message: str
    place: str
    mend: str
    node: ast.Node | None = None
    why: str = ""
    was_meant: bool = False


def unheeded_end(found: Endless) -> Unheeded:
    """Why the function never ends."""
    code = found.code
    if found.stay is Stay.SELECT:
        return Unheeded(
            "select without cases waits for ever", "waits here for ever",
            "end the goroutine, or wait in it for a context or a channel that is closed",
        )  # fmt: skip
    clause = next(_lost_ends(code, found.node), None)
    if clause is not None:
        return _lost(code, clause)
    return _impossible(found) or Unheeded(
        "nothing leads out of its loop", "the loop has no return, no break out of it and no case that ends it",
        "wait in the loop for a context or a quit channel too, and return when it is done" + _and_stop(found),
    )  # fmt: skip


def _and_stop(found: Endless) -> str:
    """What else is to be done at the end: a channel that signals come to stays known to the process."""
    names = {expr.name for expr in all_expressions(found.code.block.stmts) if isinstance(expr, ast.Ident)}
    for code in found.code.whole.all_code():
        for _, op in code.graph.ops(ops.Call):
            channel = ast.unparen(op.node.args[0]) if op.node.args else None
            if isinstance(channel, ast.Ident) and channel.name in names and code.callee_name(op.node) == _NOTIFY:
                return f"; then call signal.Stop({channel.name})"
    return ""


# --- an end that is noticed and not obeyed


def _lost_ends(code: Code, loop: ast.Node) -> Iterator[ast.CommClause]:
    """The cases for the end, in the selects of a loop, whose body does nothing or only leaves the select."""
    for stmt in statements(code.block.stmts):
        if isinstance(stmt, ast.Select) and loop.start <= stmt.start < loop.end:
            for clause in stmt.clauses:
                channel = received_from(clause.comm)
                if channel is not None and is_end(code, channel) and _leaves_select_only(clause):
                    yield clause


def _leaves_select_only(clause: ast.CommClause) -> bool:
    if not clause.body:
        return True
    last = clause.body[-1]
    return isinstance(last, ast.Branch) and last.kind == "break" and not last.label


def _lost(code: Code, clause: ast.CommClause) -> Unheeded:
    channel = received_from(clause.comm)
    name = "" if channel is None else code.text(channel)
    what = "break leaves only the select" if clause.body else "the case does nothing"
    return Unheeded(
        f"{what}, so the loop goes on after {name}", "the loop goes on", "return in that case, or break to a label",
        clause, what, was_meant=True,
    )  # fmt: skip


# --- an end that never comes


def _impossible(found: Endless) -> Unheeded | None:
    for edge in found.unreached:
        if edge.kind is EdgeKind.DONE:
            return _never_closed(found)
        if edge.kind is EdgeKind.CASE and isinstance(edge.cause, ast.CommClause):
            return Unheeded(
                "the context that would end it cannot be cancelled", "the loop goes on",
                "give it a context that somebody cancels", edge.cause, "this case never comes",
            )  # fmt: skip
        if isinstance(edge.cause, ast.Ident):
            name = edge.cause.name
            return Unheeded(
                f"{name} is always true, since nobody closes the channel", "the loop goes on",
                "wait for a context or a quit channel too; Stop does not close a ticker's channel",
                edge.cause, f"{name} is never false", was_meant=True,
            )  # fmt: skip
    return None


def _never_closed(found: Endless) -> Unheeded | None:
    code, loop = found.code, found.node
    if not isinstance(loop, ast.Range):
        return None
    name = code.text(loop.x)
    if is_timer_channel(code, loop.x):
        return Unheeded(
            f"the range over {name} goes on for ever, since Stop does not close a ticker's channel",
            f"waits for {name} for ever", "select on the ticker and on a quit channel or context in a for loop",
        )  # fmt: skip
    return Unheeded(
        f"the range over {name} ends only when it is closed, and nobody closes it", f"waits for {name} for ever",
        f"close {name} when nobody sends to it any more, or wait for a quit channel too",
    )  # fmt: skip
