"""A finalizer is set on an object of a reference cycle, so neither the finalizer runs nor is the cycle ever freed.

## Why it leaks
The runtime keeps alive all that an object with a finalizer points at, since the finalizer may use it. If that leads
back to the object, as with a parent and a child that know each other, or with a callback of the object that captures
the object, it stays reachable for ever: Go's documentation of SetFinalizer says that such cycles are not guaranteed to
be collected, and in fact they are not. Cleanups do not have this problem.

## Leaks
```go
package demo

import "runtime"

type tree struct {
        root *node
        data []byte
}

type node struct{ owner *tree }

func newTree() *tree {
        t := &tree{data: make([]byte, 1<<20)}
        t.root = &node{owner: t}
        runtime.SetFinalizer(t, func(t *tree) { t.data = nil })
        return t
}
```

## Fixed
```go
package demo

import "runtime"

type tree struct {
        root *node
        data []byte
}

type node struct{ owner *tree }

func release(size int) {}

func newTree() *tree {
        t := &tree{data: make([]byte, 1<<20)}
        t.root = &node{owner: t}
        runtime.AddCleanup(t, release, len(t.data))
        return t
}
```

## Not seen
Cycles that are closed in other functions than the one that sets the finalizer and those it calls.
"""

from collections.abc import Iterator

from goleaklint.flow import ops
from goleaklint.model import Finding, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._cycles import Pointing, cycle_through
from goleaklint.rules._finalizers import SET, object_of
from goleaklint.rules._view import FunctionView


@rule("GL504", "finalizer-on-cycle", severity="warning", confidence="high", since="0.1", words=("SetFinalizer",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for _, op in fn.ops(ops.Call):
        call = op.node
        if fn.callee(call) != SET or len(call.args) != 2 or fn.text(call.args[1]) == "nil":
            continue
        symbol = object_of(fn.code, call)
        way = cycle_through(fn.code, symbol) if symbol is not None else ()
        if symbol is not None and way:
            name = symbol.name
            message = f"{name} has a finalizer and {_how(name, way)}, so it is never collected and never finalized"
            steps = tuple(
                fn.step(each.node, f"{each.source.name} comes to point at {each.target.name}", StepKind.OTHER)
                for each in way
            )
            mend = "use runtime.AddCleanup, which does not mind cycles, or do not let the object be reached from itself"
            yield fn.finding(call, message, steps=steps, mend=mend)


def _how(name: str, way: tuple[Pointing, ...]) -> str:
    if len(way) == 1:
        return "points at itself"
    return f"points at {way[0].target.name}, which leads back to {name}"
