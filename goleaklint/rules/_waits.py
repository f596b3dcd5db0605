"""An operation in; on what it may wait, and whether for ever, out: for GL501."""

from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.calls.mentions import Shared, mentions, shared_of
from goleaklint.flow import ops
from goleaklint.rules._finalizers import Run, is_own
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions
from goleaklint.types.types import Chan, Pointer

LOCKS = {
    ("sync", "(*Mutex).Lock"),
    ("sync", "(*RWMutex).Lock"),
    ("sync", "(*RWMutex).RLock"),
    ("sync", "Locker.Lock"),
}
FOR_EVER = {
    ("sync", "(*WaitGroup).Wait"): "waits for goroutines",
    ("sync", "(*Cond).Wait"): "waits for a signal",
    ("os/exec", "(*Cmd).Wait"): "waits for a process",
    ("os/exec", "(*Cmd).Run"): "waits for a process",
    ("os/exec", "(*Cmd).Output"): "waits for a process",
    ("os/exec", "(*Cmd).CombinedOutput"): "waits for a process",
    ("golang.org/x/sync/errgroup", "(*Group).Wait"): "waits for goroutines",
}
FOR_LONG = {
    ("time", "Sleep"): "sleeps",
    ("net", "Dial"): "dials",
    ("net", "DialTimeout"): "dials",
    ("net", "(*Dialer).Dial"): "dials",
    ("net", "(*Dialer).DialContext"): "dials",
    ("net", "Conn.Read"): "reads from the network",
    ("net", "Conn.Write"): "writes to the network",
    ("net", "(*TCPConn).Read"): "reads from the network",
    ("net", "(*TCPConn).Write"): "writes to the network",
    ("net", "Listener.Accept"): "accepts connections",
    ("net/http", "Get"): "makes an HTTP request",
    ("net/http", "Post"): "makes an HTTP request",
    ("net/http", "PostForm"): "makes an HTTP request",
    ("net/http", "Head"): "makes an HTTP request",
    ("net/http", "(*Client).Do"): "makes an HTTP request",
    ("net/http", "(*Client).Get"): "makes an HTTP request",
    ("net/http", "(*Client).Post"): "makes an HTTP request",
    ("net/http", "(*Server).Shutdown"): "waits for connections",
    ("net/rpc", "(*Client).Call"): "makes a call over the network",
}

SLOW_PACKAGES = frozenset(("os", "net", "net/http", "io", "os/exec", "database/sql", "syscall"))

MAX_LOCK_DEPTH = 3
"""How many calls deep a lock counts: those further down belong to libraries that hold them for an instant."""

TIMERS = frozenset(("After", "Tick"))


@dataclass(frozen=True, slots=True, eq=False)
class Wait:
    """What an operation waits for: `how` in words. `for_ever` tells that nothing but another goroutine ends it.

    `is_short` is set for a lock that is nowhere held while something is waited for.
    """

    node: ast.Node
    how: str
    for_ever: bool
    is_lock: bool = False
    is_short: bool = False


def wait_of(run: Run) -> Wait | None:
    """How an operation may wait; None for one that does not, or only for an instant.

    A lock inside an object that nobody can reach any more is free.
    """
    match run.op:
        case ops.Send(node=node):
            return None if _has_room(run, node.chan) else Wait(node, f"sends on {run.code.text(node.chan)}", True)
        case ops.Receive(node=node):
            return Wait(node, f"receives from {run.code.text(node.x)}", not _is_timer(run.code, node.x))
        case ops.Select(node=node):
            if any(clause.comm is None for clause in node.clauses):
                return None
            return Wait(node, "waits in a select", not _has_timer(run.code, node))
        case ops.Range(node=node) if isinstance(run.code.core_type(node.x), Chan):
            return Wait(node, f"ranges over {run.code.text(node.x)}", True)
        case ops.Call(node=call):
            return _wait_of_call(run, call)
        case _:
            return None


def _has_room(run: Run, channel: ast.Expr) -> bool:
    """Reports whether a channel is made in the function itself with a buffer, or is so by the object that owns it."""
    symbol = run.code.symbol(channel)
    local = run.code.whole.value_of(symbol) if symbol is not None else None
    if local is not None:
        return _is_buffered(local)
    shared = shared_of(run.code, channel) if is_own(run, channel) else None
    made = _set_to(run.code, shared) if shared is not None else []
    return bool(made) and all(map(_is_buffered, made))


def _is_buffered(made: ast.Expr) -> bool:
    made = ast.unparen(made)
    return (
        isinstance(made, ast.Call)
        and isinstance(made.fun, ast.Ident)
        and made.fun.name == "make"
        and len(made.args) > 1
    )


def _set_to(code: Code, shared: Shared) -> list[ast.Expr]:
    """The values that a field is set to by the literals of its struct."""
    return [mention.given for mention in mentions(code, shared) if mention.given is not None]


def _is_held_for_long(code: Code, lock: ast.Expr) -> bool:
    """Reports whether some function that takes the lock also waits for something, or does I/O."""
    shared = shared_of(code, lock)
    if shared is None:
        return True
    for mention in mentions(code, shared):
        outer = mention.around[0] if mention.around else None
        locks = isinstance(outer, ast.Selector) and outer.name.name in ("Lock", "RLock")
        if locks and mention.code is not None and _takes_long(mention.code):
            return True
    return False


def _takes_long(code: Code) -> bool:
    """Reports whether a function waits or does I/O, here or in what it calls."""
    for block in code.graph.blocks:
        for op in block.ops:
            if not isinstance(op, ops.Call):
                wait = wait_of(Run(code, op, (), frozenset()))
            else:
                name = code.callee_name(op.node)
                if name in FOR_EVER or name in FOR_LONG or (name is not None and name[0] in SLOW_PACKAGES):
                    return True
                summary = code.known(op.node).summary
                if summary is not None and summary.blocks:
                    return True
                wait = None
            if wait is not None:
                return True
    return False


def _wait_of_call(run: Run, call: ast.Call) -> Wait | None:
    name = run.code.callee_name(call)
    if name is None:
        return None
    fun = ast.unparen(call.fun)
    if name in FOR_EVER:
        is_free = isinstance(fun, ast.Selector) and name[0] == "sync" and _is_own_value(run, fun.x)
        return None if is_free else Wait(call, FOR_EVER[name], True)
    if name in FOR_LONG:
        return Wait(call, FOR_LONG[name], False)
    if (
        name in LOCKS
        and len(run.chain) <= MAX_LOCK_DEPTH
        and isinstance(fun, ast.Selector)
        and not _is_own_value(run, fun.x)
    ):
        lasts = _is_held_for_long(run.code, fun.x)
        return Wait(call, f"locks {run.code.text(fun.x)}", False, is_lock=True, is_short=not lasts)
    return None


def _is_own_value(run: Run, place: ast.Expr) -> bool:
    """Reports whether a lock or wait group lies in the object. Who holds it, or is waited for, would hold the object,
    too, which nobody does any more."""
    return is_own(run, place) and not isinstance(run.code.core_type(place), Pointer)


def _has_timer(code: Code, node: ast.Select) -> bool:
    comms = (clause.comm for clause in node.clauses)
    values = [
        value
        for comm in comms
        for value in (
            (comm.x,) if isinstance(comm, ast.ExprStmt) else comm.right if isinstance(comm, ast.Assign) else ()
        )
    ]
    return any(
        isinstance(part, ast.Unary) and _is_timer(code, part.x) for value in values for part in expressions(value)
    )


def _is_timer(code: Code, channel: ast.Expr) -> bool:
    channel = ast.unparen(channel)
    if isinstance(channel, ast.Call):
        name = code.callee_name(channel)
        return name is not None and name[0] == "time" and name[1] in TIMERS
    return isinstance(channel, ast.Selector) and channel.name.name == "C"
