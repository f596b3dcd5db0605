"""An object is used, returned or stored after it went back to its pool, or it goes back twice.

## Why it leaks
From `Put` on, the object belongs to whoever calls `Get` next, in any goroutine. What still points at it sees that
other user's data and writes into it: a response holds bytes of another request. A deferred `Put` runs before the
caller gets the results, so `defer pool.Put(buf); return buf.Bytes()` returns memory that is free to be overwritten.
After two Puts of one object, two users get it at the same time.

## Leaks
```go
package demo

import (
        "bytes"
        "encoding/json"
        "sync"
)

var bufPool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func encode(v any) ([]byte, error) {
        buf := bufPool.Get().(*bytes.Buffer)
        buf.Reset()
        defer bufPool.Put(buf)
        if err := json.NewEncoder(buf).Encode(v); err != nil {
                return nil, err
        }
        return buf.Bytes(), nil
}
```

## Fixed
```go
package demo

import (
        "bytes"
        "encoding/json"
        "sync"
)

var bufPool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func encode(v any) ([]byte, error) {
        buf := bufPool.Get().(*bytes.Buffer)
        buf.Reset()
        defer bufPool.Put(buf)
        if err := json.NewEncoder(buf).Encode(v); err != nil {
                return nil, err
        }
        return bytes.Clone(buf.Bytes()), nil
}
```

## Not seen
Objects that are held in fields when they are put back, and memory that reaches the caller through another object,
such as a decoder that keeps slices of what it read. What only goes back after the call that was to give it failed has
medium confidence, since there may have been nothing.
"""

from collections.abc import Iterator

from goleaklint.calls.failing import only_after_failure
from goleaklint.flow import ops
from goleaklint.flow.graph import Block
from goleaklint.model import Confidence, Finding, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._pools import Returned, deferred_put, may_give_back, returned_by
from goleaklint.rules._reuse import After, first_use_after, result_after, second_put
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast


@rule(
    "GL303", "pool-use-after-put", severity="error", confidence="high", since="0.1",
    words=("Put", "put", "Free", "free", "Release", "release", "Recycle", "recycle", "Return", "giveBack"),
)  # fmt: skip
def check(fn: FunctionView) -> Iterator[Finding]:
    if not may_give_back(fn.code):
        return
    for block, op in fn.ops(ops.Call):
        put = returned_by(fn.code, op.node)
        use = first_use_after(fn.code, block, op, put) if put is not None else None
        if put is not None and use is not None:
            yield _used(fn, put, op, use)
    for block, deferred in fn.ops(ops.Defer):
        put = deferred_put(fn.code, deferred)
        if put is not None:
            yield from _after_deferred(fn, block, deferred, put)


def _after_deferred(fn: FunctionView, block: Block, op: ops.Defer, put: Returned) -> Iterator[Finding]:
    result = result_after(fn.code, block, op, put)
    if result is not None:
        yield _kept(fn, put, op, result)
    second = second_put(fn.code, block, op, put)
    if second is not None:
        message = f"{put.symbol.name} is put back here, and a second time by the deferred Put: two users get it at once"
        steps = (
            _put_step(fn, op.node, put, "a Put of the same object is deferred"),
            fn.step(second.node, "and it is put back here, too", StepKind.BLOCKED),
        )
        yield fn.finding(second.node, message, steps=steps, mend="put it back once: drop one of the two")


def _used(fn: FunctionView, put: Returned, at: ops.Call, use: After) -> Finding:
    name = put.symbol.name
    confidence = Confidence.MEDIUM if only_after_failure(fn.code, at, put.symbol) else None
    steps = (
        _put_step(fn, at.node, put, f"{name} goes back to {_pool(put)}"),
        *_ways(fn, use),
        fn.step(use.node, use.how, StepKind.BLOCKED),
    )
    if use.is_put:
        message = f"{name} is put back a second time on this path: two users get it at once"
        mend = "put it back once, at the end of the one path"
        return fn.finding(use.node, message, steps=steps, mend=mend, confidence=confidence)
    message = f"{name} is {use.how} after it went back to {_pool(put)}, when another goroutine may have it"
    mend = f"put {name} back after its last use, or copy what is still needed"
    return fn.finding(use.node, message, steps=steps, mend=mend, confidence=confidence)


def _kept(fn: FunctionView, put: Returned, op: ops.Defer, use: After) -> Finding:
    name = put.symbol.name
    message = f"what is {use.how} here is memory of {name}, which the deferred Put has given to the next user by then"
    mend = f"copy it, with bytes.Clone or slices.Clone, or let the caller put {name} back"
    steps = (_put_step(fn, op.node, put, f"{name} goes back to {_pool(put)} when {fn.name} returns"),)
    return fn.finding(use.node, message, steps=(*steps, fn.step(use.node, use.how, StepKind.BLOCKED)), mend=mend)


def _put_step(fn: FunctionView, node: ast.Node, put: Returned, words: str) -> Step:
    helper = "" if put.code.whole is fn.code.whole else f", in {put.code.name}"
    return fn.step(node, words + helper, StepKind.RELEASE)


def _ways(fn: FunctionView, use: After) -> Iterator[Step]:
    for edge in use.branches[:3]:
        if isinstance(edge.cause, ast.Expr):
            yield fn.step(edge.cause, "this way", StepKind.BRANCH)


def _pool(put: Returned) -> str:
    return put.put.shared.name if put.put.shared is not None else put.code.text(put.put.pool)
