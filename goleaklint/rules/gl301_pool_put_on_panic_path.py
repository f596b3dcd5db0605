"""A deferred Put runs when the function panics, too, and gives the next user a half-written object.

## Why it leaks
A deferred call does run on a panic: `defer pool.Put(x)` puts x back whatever happens (texts that say a panic skips it
are wrong). If the panic is recovered further up, as net/http does for handlers, the program goes on with an object in
the pool that holds half of what was being written. Whoever gets it next and does not clear it, sends that on. This is
a warning for what accumulates (buffers, maps, slices that are appended to); scratch memory and hashers are pooled in
this way by design, and are notes.

The other half is a note as well: a Put that is not deferred is skipped by an early return or a panic. That costs
nothing but a new object at the next Get, since the collector takes the one that was not put back.

## Leaks
```go
package demo

import (
        "bytes"
        "io"
        "sync"
)

var pages = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func render(w io.Writer, body func(*bytes.Buffer)) error {
        buf := pages.Get().(*bytes.Buffer)
        defer pages.Put(buf)
        body(buf)
        _, err := buf.WriteTo(w)
        return err
}
```

## Fixed
```go
package demo

import (
        "bytes"
        "io"
        "sync"
)

var pages = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func render(w io.Writer, body func(*bytes.Buffer)) error {
        buf := pages.Get().(*bytes.Buffer)
        defer func() {
                buf.Reset()
                pages.Put(buf)
        }()
        body(buf)
        _, err := buf.WriteTo(w)
        return err
}
```

## Not seen
Panics by the runtime (a nil pointer, an index): only calls count that panic explicitly or run code that is not known
here, through a function value or an interface. Pools that are reached through parameters.
"""

from collections.abc import Iterator

from goleaklint.flow import ops
from goleaklint.flow.graph import Block
from goleaklint.model import Finding, Severity, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._pool_paths import foreign_call_after, put_skipped, taken_here
from goleaklint.rules._pool_state import dirty_put
from goleaklint.rules._pooled import clears, is_cleared
from goleaklint.rules._pools import Returned, deferred_put, may_give_back
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast


@rule(
    "GL301", "pool-put-on-panic-path", severity="warning", confidence="medium", since="0.1",
    words=("Put", "put", "Free", "free", "Release", "release", "Recycle", "recycle", "Return", "giveBack"),
)  # fmt: skip
def check(fn: FunctionView) -> Iterator[Finding]:
    if not may_give_back(fn.code):
        return
    for block, op in fn.ops(ops.Defer):
        put = deferred_put(fn.code, op)
        if put is not None:
            yield from _on_panic(fn, block, op, put)
    for skipped in put_skipped(fn.code):
        name = skipped.symbol.name
        end = "a panic" if skipped.panics else "an early return"
        message = f"{end} skips the Put of {name}: the collector takes it, and the pool makes a new one"
        taken = fn.step(skipped.call, f"{name} is taken from the pool", StepKind.ACQUIRE)
        steps = (taken, *(fn.step(node, f"{name} is not put back here", StepKind.EXIT) for node in skipped.exits))
        mend = f"defer the Put of {name}, if the pool is to be of use on this path, too"
        yield fn.finding(skipped.call, message, steps=steps, mend=mend, severity=Severity.NOTE)


def _on_panic(fn: FunctionView, block: Block, op: ops.Defer, put: Returned) -> Iterator[Finding]:
    call = taken_here(fn.code, put.symbol)
    risky = foreign_call_after(fn.code, block, op, put) if call is not None else None
    if call is None or risky is None:
        return
    back = dirty_put(put.code, put.put)
    name = put.symbol.name
    steps = (
        fn.step(call, f"{name} is taken from the pool", StepKind.ACQUIRE),
        fn.step(op.node, f"its Put is deferred: it runs on a panic, too, with {name} as it is then", StepKind.RELEASE),
        fn.step(risky.node, risky.why, StepKind.CALL),
    )
    mend = f"reset {name} in the deferred call, before the Put, or right after every Get"
    if back is None or is_cleared(back.content, _clears_on_exit(fn, op, put)):
        if not put.put.shared or _is_cleared_anywhere(fn, put):
            return
        message = f"if {fn.text(risky.node)} panics, the deferred Put returns {name} as it was left"
        yield fn.finding(call, message, steps=steps, mend=mend, severity=Severity.NOTE)
        return
    message = f"if {fn.text(risky.node)} panics, the deferred Put gives {name} to the next user half-written"
    yield fn.finding(call, message, steps=steps, mend=mend)


def _clears_on_exit(fn: FunctionView, op: ops.Defer, put: Returned) -> frozenset[str]:
    """What the deferred call clears before the Put, in its literal or in the helper that it is."""
    cleared = clears(put.code, put.inner) if put.code is not fn.code else frozenset()
    call = ast.unparen(op.node.call)
    literal = fn.code.callee(call) if isinstance(call, ast.Call) and isinstance(call.fun, ast.FuncLit) else None
    return cleared | (clears(literal, put.symbol) if literal is not None else frozenset())


def _is_cleared_anywhere(fn: FunctionView, put: Returned) -> bool:
    return bool(clears(fn.code, put.symbol)) or bool(clears(put.code, put.inner))
