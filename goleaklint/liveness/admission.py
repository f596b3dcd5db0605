"""A goroutine that counts itself in; whether whoever waits shuts the door before, so that it cannot come too late, or
waits only at the end, when hardly any is late, out.

It asks under a lock whether it may still begin, and counts itself only then; who waits takes the same lock before that,
to say no from then on.
"""

import re
from collections.abc import Iterator

from goleaklint.calls.code import Code
from goleaklint.calls.mentions import Mention, Shared, mentions, mentions_in, shared_of
from goleaklint.flow import ops
from goleaklint.flow.paths import Point, find_path
from goleaklint.liveness.locks import Action, lock_call
from goleaklint.syntax import ast

_END = re.compile(r"(on)?_?(stop|clos|shut|term|end|finish|quit|halt|destroy|dispose|tear|clean)", re.IGNORECASE)
"""How methods begin that end something for good."""


def is_admitted(code: Code, add: ast.Call) -> bool:
    """Reports whether a goroutine calls Add under a lock and only if a test lets it, and the functions that wait for
    the group have held that lock before they do. Groups and locks in fields and package variables only."""
    locks = {lock for lock, op in _held_at(code, add).items() if _may_turn_back(code, op, add)}
    group = _receiver(code, add) if locks else None
    if group is None:
        return False
    waits = [each for each in mentions(code, group) if _calls(each, "Wait")]
    return bool(waits) and any(all(_locks_before(each, lock) for each in waits) for lock in locks)


def is_awaited_at_the_end(code: Code, add: ast.Call) -> bool:
    """Reports whether the group is waited for only by functions that end what the goroutines serve: they are long under
    way by then. Groups in fields and package variables only."""
    group = _receiver(code, add)
    waits = [] if group is None else [each for each in mentions(code, group) if _calls(each, "Wait")]
    return bool(waits) and all(
        each.code is not None and _END.match(each.code.whole.decl.name) is not None for each in waits
    )


def _held_at(code: Code, add: ast.Call) -> dict[Shared, ops.Call]:
    """The locks taken before the Add and not given back again, as far as the order of the text tells."""
    held: dict[Shared, ops.Call] = {}
    calls = (op for _, op in code.graph.ops(ops.Call) if op.node.start < add.start)
    for op in sorted(calls, key=lambda each: each.node.start):
        found = lock_call(code, op.node)
        lock = None if found is None else _receiver(code, op.node)
        if found is not None and lock is not None:
            held.pop(lock, None)
            if found.action is Action.LOCK:
                held[lock] = op
    return held


def _may_turn_back(code: Code, taken: ops.Call, add: ast.Call) -> bool:
    """Reports whether the goroutine can end without the Add once it has the lock."""
    block = next(block for block, op in code.graph.ops(ops.Call) if op is taken)
    start = Point(block.index, block.ops.index(taken) + 1)
    answer = find_path(code.graph, code.tracker, start, avoiding=lambda op: isinstance(op, ops.Call) and op.node is add)
    return answer.path is not None


def _receiver(code: Code, call: ast.Call) -> Shared | None:
    fun = ast.unparen(call.fun)
    return shared_of(code, fun.x) if isinstance(fun, ast.Selector) else None


def _locks_before(wait: Mention, lock: Shared) -> bool:
    return any(each.expr.start < wait.expr.start for each in _locked_in(wait, lock))


def _locked_in(wait: Mention, lock: Shared) -> Iterator[Mention]:
    for code in wait.code.whole.all_code() if wait.code is not None else ():
        yield from (each for each in mentions_in(code, lock) if _calls(each, "Lock"))


def _calls(mention: Mention, method: str) -> bool:
    match mention.around[:2]:
        case (ast.Selector(name=ast.Ident(name=name)), ast.Call()):
            return name == method
        case _:
            return False
