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
A slice without pointers that nobody appends to is scratch memory and may go back as it is, and so is a buffer of which
nobody uses more than its memory. What a slice holds that went back to pools of its own one by one stays there anyway.
"""

from collections.abc import Iterator

from goleaklint.calls.code import Code
from goleaklint.index.symbols import Symbol
from goleaklint.model import Confidence, Finding, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._pool_state import PutBack, dirty_put, outermost, unclean_putters, users_of
from goleaklint.rules._pooled import clears_elements, extends, holds_pointers, only_lends
from goleaklint.rules._pools import PoolCall, holder, may_help, pool_calls
from goleaklint.rules._taken import Taken, sites
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions, statements
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
    whole = outermost(fn.code)
    return not (clears_elements(whole, symbol) or _puts_elements(whole, symbol) or _uses_them_again(fn, put))


def _puts_elements(code: Code, symbol: Symbol) -> bool:
    """Reports whether a loop over a slice gives back what its elements hold: they point at what is pooled itself."""
    for stmt in statements(code.block.stmts):
        if isinstance(stmt, ast.Range) and code.symbol(stmt.x) is symbol:
            element = code.symbol(stmt.left[1]) if len(stmt.left) > 1 else None
            for call in (each for each in all_expressions(stmt.body.stmts) if isinstance(each, ast.Call)):
                given = call.args if may_help(call) else ()
                if any(_is_part(code, value, symbol, element) for value in given):
                    return True
    return any(_puts_elements(literal, symbol) for literal in code.literals)


def _is_part(code: Code, value: ast.Expr, symbol: Symbol, element: Symbol | None) -> bool:
    """Reports whether a value is an element of the slice in `symbol`, also by the name `element`, or a field of one."""
    value = ast.unparen(value)
    while isinstance(value, ast.Selector | ast.Unary | ast.Star):
        value = ast.unparen(value.x)
    if isinstance(value, ast.Index):
        return code.symbol(value.x) is symbol
    return element is not None and code.symbol(value) is element


def _uses_them_again(fn: FunctionView, put: PoolCall) -> bool:
    """Reports whether users make the slice longer again, to go on with the elements that are there."""
    return any(user is not None and extends(user.code, user.symbol) for user in _users(fn, put))


def _users(fn: FunctionView, put: PoolCall) -> tuple[Taken | None, ...]:
    return users_of(sites(fn.code, put.shared)) if put.shared is not None else ()


def _confidence(fn: FunctionView, put: PoolCall) -> Confidence:
    """Low where all that users do is to lend the slice to what is not read: whether that fills it, and whether with
    more at one time than at the next, is not known."""
    users = _users(fn, put)
    lends = bool(users) and all(user is not None and only_lends(user.code, user.symbol) for user in users)
    return Confidence.LOW if lends else Confidence.MEDIUM


def _elements(fn: FunctionView, put: PoolCall) -> Finding:
    value = ast.unparen(put.value or put.call)
    name = fn.text(value.x) if isinstance(value, ast.Slice) else fn.text(value)
    message = f"{name} goes back to {put.shared} cut to nothing, but its elements still hold what they point to"
    mend = f"clear({name}) before the Put: cutting a slice leaves its elements in memory"
    step = fn.step(put.call, "the pool keeps all that the elements point to", StepKind.RELEASE)
    return fn.finding(put.call, message, steps=(step,), mend=mend, confidence=_confidence(fn, put))
