"""An expression in; how long a timer keeps what it keeps, and whether it is left running, out: for GL601 and GL602."""

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.graph import Edge
from goleaklint.syntax import ast
from goleaklint.types.constants import int_value

BEFORE = "1.23"
"""The Go version from which on the collector takes tickers and timers that nobody refers to."""

SECOND = 1_000_000_000
LONG = 60 * SECOND
"""Up to a minute a forgotten timer is gone before it can do harm, unless there is a new one in each round of a loop."""

_UNITS = {
    "Nanosecond": 1,
    "Microsecond": 1_000,
    "Millisecond": 1_000_000,
    "Second": SECOND,
    "Minute": 60 * SECOND,
    "Hour": 3_600 * SECOND,
}


def nanoseconds(code: Code, expr: ast.Expr) -> int | None:
    """A duration that is a constant; None where only the running program knows it."""
    expr = ast.unparen(expr)
    known = int_value(expr, code.types.env)
    if known is not None:
        return known
    match expr:
        case ast.Selector(x=ast.Ident() as package, name=ast.Ident(name=name)) if name in _UNITS:
            return _UNITS[name] if code.types.env.import_path(package) == "time" else None
        case ast.Binary(op="*" | "+" as op, x=x, y=y):
            left, right = nanoseconds(code, x), nanoseconds(code, y)
            if left is None or right is None:
                return None
            return left * right if op == "*" else left + right
        case ast.Call(fun=ast.Selector(x=ast.Ident(name="time"), name=ast.Ident(name="Duration")), args=(value,)):
            return nanoseconds(code, value)
        case _:
            return None


def is_timer(code: Code, channel: ast.Expr) -> ast.Call | None:
    """The call that starts a timer which nobody can stop, in `<-time.After(d)` or `<-time.NewTimer(d).C`."""
    channel = ast.unparen(channel)
    wanted = "After"
    if isinstance(channel, ast.Selector) and channel.name.name == "C":
        channel, wanted = ast.unparen(channel.x), "NewTimer"
    if isinstance(channel, ast.Call) and code.callee_name(channel) == ("time", wanted):
        return channel
    return None


def received_in(comm: ast.Stmt | None) -> ast.Expr | None:
    """The channel that a case of a select receives from; None for a send and for the default."""
    values = comm.right if isinstance(comm, ast.Assign) else (comm.x,) if isinstance(comm, ast.ExprStmt) else ()
    for value in values:
        value = ast.unparen(value)
        if isinstance(value, ast.Unary) and value.op == "<-":
            return value.x
    return None


def runs_on(code: Code, start: int, timer: str) -> bool:
    """Reports whether control can come from the block `start` to a return without a Stop of the timer, and not through
    a case of a select that waits until it has fired."""
    graph = code.graph
    pending, seen = [start], {start}
    while pending:
        block = graph.blocks[pending.pop()]
        if any(_stops(code, op, timer) for op in block.ops):
            continue
        for edge in block.edges:
            if edge.target not in seen and not _has_fired(code, edge, timer):
                seen.add(edge.target)
                pending.append(edge.target)
    return graph.returned in seen


def _stops(code: Code, op: ops.Op, timer: str) -> bool:
    call = ast.unparen(op.node.call) if isinstance(op, ops.Defer) else op.node
    return (
        isinstance(op, ops.Call | ops.Defer) and isinstance(call, ast.Call) and code.text(call.fun) == f"{timer}.Stop"
    )


def _has_fired(code: Code, edge: Edge, timer: str) -> bool:
    channel = received_in(edge.cause.comm) if isinstance(edge.cause, ast.CommClause) else None
    return channel is not None and code.text(channel) == f"{timer}.C"
