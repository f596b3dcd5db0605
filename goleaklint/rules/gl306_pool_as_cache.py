"""An object from a pool is kept in a field or a variable of the package, and nothing is ever put back.

## Why it leaks
A `sync.Pool` only saves work if objects come back to it. One that is taken from and never given anything makes a new
object at each `Get`, and what is stored lives as long as what holds it. A pool is no cache either: what lies in it may
vanish at any garbage collection.

## Leaks
```go
package demo

import (
        "bytes"
        "sync"
)

var scratch = sync.Pool{New: func() any { return bytes.NewBuffer(make([]byte, 0, 1<<16)) }}

type session struct{ out *bytes.Buffer }

func newSession() *session {
        return &session{out: scratch.Get().(*bytes.Buffer)}
}
```

## Fixed
```go
package demo

import (
        "bytes"
        "sync"
)

var scratch = sync.Pool{New: func() any { return bytes.NewBuffer(make([]byte, 0, 1<<16)) }}

type session struct{ out *bytes.Buffer }

func newSession() *session {
        return &session{out: scratch.Get().(*bytes.Buffer)}
}

func (s *session) Close() {
        s.out.Reset()
        scratch.Put(s.out)
        s.out = nil
}
```

## Not seen
Pools with a Put somewhere, though that Put may be for other objects, and pools that are handed to other packages.
"""

from collections.abc import Iterator

from goleaklint.calls.code import Code
from goleaklint.calls.mentions import walk
from goleaklint.flow.places import place_of
from goleaklint.index.symbols import Symbol
from goleaklint.model import Finding, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._pools import holder, pool_calls
from goleaklint.rules._taken import sites
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast


@rule("GL306", "pool-as-cache", severity="warning", confidence="high", since="0.1", words=("Get(",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for get in pool_calls(fn.code):
        if get.is_put or get.shared is None:
            continue
        kept = _kept_at(fn.code, get.call)
        if kept is None:
            continue
        found = sites(fn.code, get.shared)
        if found.puts or found.escapes:
            continue
        message = f"an object from {get.shared} is kept in {fn.text(kept)}, and nothing is ever put back into the pool"
        steps = (
            fn.step(get.call, f"taken from {get.shared}", StepKind.ACQUIRE),
            fn.step(kept, "kept here, for as long as its holder lives", StepKind.OTHER),
        )
        mend = f"put it back into {get.shared} when its holder is closed, or allocate it without a pool"
        yield fn.finding(get.call, message, steps=steps, mend=mend)


def _kept_at(code: Code, call: ast.Call) -> ast.Expr | None:
    """The field or package variable that the result of a call comes into, by way of a local variable or not."""
    symbol: Symbol | None = None
    for expr, around in walk(code.block.stmts):
        if expr is call:
            kept, symbol = _target(code, call, around)
            if kept is not None:
                return kept
    for expr, around in walk(code.block.stmts) if symbol is not None else ():
        if isinstance(expr, ast.Ident) and code.symbol(expr) is symbol:
            kept, _ = _target(code, expr, around)
            if kept is not None:
                return kept
    return None


def _target(code: Code, expr: ast.Expr, around: tuple[ast.Node, ...]) -> tuple[ast.Expr | None, Symbol | None]:
    """Where a value is assigned to: a lasting place, or a local variable."""
    value = expr
    for node in around:
        match node:
            case ast.TypeAssert() | ast.Paren():
                value = node
            case ast.KeyValue(key=ast.Ident() as key):
                return key, None
            case ast.Assign(left=left, right=right) if right and ast.unparen(right[0]) is ast.unparen(value):
                place = place_of(code.names, left[0])
                is_lasting = place is not None and place.is_shared
                return (left[0], None) if is_lasting else (None, holder(code, left[0], follow=0))
            case _:
                return None, None
    return None, None
