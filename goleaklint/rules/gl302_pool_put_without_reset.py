"""An object that accumulates goes back to its pool with what was written to it, and the next user does not clear it.

## Why it leaks
The next `Get` returns the object as it was put: a buffer that still holds the last response, a map with the last
request's entries, a slice that append goes on with. Data of one user turns up in the answer to another, and the object
grows with every use. What it points at stays reachable for as long as the pool keeps it.

## Leaks
```go
package demo

import (
        "bytes"
        "fmt"
        "io"
        "sync"
)

var lines = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func greet(w io.Writer, name string) error {
        buf := lines.Get().(*bytes.Buffer)
        fmt.Fprintf(buf, "hello %s", name)
        _, err := w.Write(buf.Bytes())
        lines.Put(buf)
        return err
}
```

## Fixed
```go
package demo

import (
        "bytes"
        "fmt"
        "io"
        "sync"
)

var lines = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func greet(w io.Writer, name string) error {
        buf := lines.Get().(*bytes.Buffer)
        buf.Reset()
        fmt.Fprintf(buf, "hello %s", name)
        _, err := w.Write(buf.Bytes())
        lines.Put(buf)
        return err
}
```

## Not seen
Pools that are reached through parameters or handed to other packages, and objects whose users cannot all be followed.
A slice without pointers that nobody appends to is scratch memory and may go back as it is.
"""

from collections.abc import Iterator

from goleaklint.model import Confidence, Finding, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._pool_state import PutBack, dirty_put, outermost, unclean_putters, users_of
from goleaklint.rules._pooled import clears_elements, extends, holds_pointers
from goleaklint.rules._pools import PoolCall, holder, pool_calls
from goleaklint.rules._taken import sites
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.types.types import Slice


@rule("GL302", "pool-put-without-reset", severity="warning", confidence="high", since="0.1", words=("Put(",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for put in pool_calls(fn.code):
        if not put.is_put or put.shared is None:
            continue
        back = dirty_put(fn.code, put)
        putter = next(unclean_putters(fn.code, back), None) if back is not None else None
        if back is not None and putter is not None:
            yield _finding(fn, back)
        elif back is None and _keeps_elements(fn, put):
            yield _elements(fn, put)


def _finding(fn: FunctionView, back: PutBack) -> Finding:
    name, user, taken = back.symbol.name, back.dirty.code, back.dirty.call
    words = f"{name} goes back to {back.put.shared} with what was written to it, and {user.name} gets it uncleared"
    message = f"{words}: {back.content.what}"
    put = fn.step(back.put.call, f"{name} is put back as it is", StepKind.RELEASE)
    get = Step(user.source.span(taken.start, taken.end), f"{user.name} gets it and does not clear it", StepKind.ACQUIRE)
    mend = f"clear {name} before the Put, or right after every Get"
    at = taken if user is fn.code else back.put.call
    return fn.finding(at, message, steps=(get, put), mend=mend)


def _keeps_elements(fn: FunctionView, put: PoolCall) -> bool:
    """Reports whether a slice goes back cut to nothing, with the pointers in it still there behind its end."""
    value = ast.unparen(put.value) if put.value is not None else None
    if not isinstance(value, ast.Slice) or not isinstance(value.high, ast.BasicLit) or value.high.text != "0":
        return False
    kind, symbol = fn.core_type(value.x), holder(fn.code, value)
    if not isinstance(kind, Slice) or symbol is None or not holds_pointers(fn.code, kind.elem):
        return False
    return not clears_elements(outermost(fn.code), symbol) and not _uses_them_again(fn, put)


def _uses_them_again(fn: FunctionView, put: PoolCall) -> bool:
    """Reports whether users make the slice longer again, to go on with the elements that are there."""
    users = users_of(sites(fn.code, put.shared)) if put.shared is not None else ()
    return any(user is not None and extends(user.code, user.symbol) for user in users)


def _elements(fn: FunctionView, put: PoolCall) -> Finding:
    value = ast.unparen(put.value or put.call)
    name = fn.text(value.x) if isinstance(value, ast.Slice) else fn.text(value)
    message = f"{name} goes back to {put.shared} cut to nothing, but its elements still hold what they point to"
    mend = f"clear({name}) before the Put: cutting a slice leaves its elements in memory"
    step = fn.step(put.call, "the pool keeps all that the elements point to", StepKind.RELEASE)
    return fn.finding(put.call, message, steps=(step,), mend=mend, confidence=Confidence.MEDIUM)
