"""A function in; the goroutines that it starts out, with what they run."""

from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.knowledge.pack import CallbackFate
from goleaklint.syntax import ast


@dataclass(frozen=True, slots=True)
class Spawn:
    """A goroutine starts at `node`, a go statement or a call that starts one, and runs `body`.

    `call` is the call that the goroutine makes; None where a library makes it, without arguments.
    """

    node: ast.Go | ast.Call
    body: Code
    call: ast.Call | None


def spawns(code: Code) -> Iterator[Spawn]:
    """The goroutines that a function starts itself, as far as it is known what they run."""
    for _, op in code.graph.ops(ops.Go):
        call = ast.unparen(op.node.call)
        body = code.callee(call) if isinstance(call, ast.Call) else None
        if body is not None and isinstance(call, ast.Call):
            yield Spawn(op.node, body, call)
    for _, called in code.graph.ops(ops.Call):
        body = _spawned_callback(code, called.node)
        if body is not None:
            yield Spawn(called.node, body, None)


def _spawned_callback(code: Code, call: ast.Call) -> Code | None:
    name = code.callee_name(call) if call.args else None
    function = code.whole.functions.knowledge.function(*name) if name is not None else None
    if function is None or function.callback is not CallbackFate.SPAWNS or function.argument >= len(call.args):
        return None
    return code.function_value(call.args[function.argument])
