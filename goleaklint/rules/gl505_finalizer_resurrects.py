"""A finalizer stores its object where others can reach it, so that it comes back to life and is not finalized again.

## Why it leaks
A finalizer runs once. If it puts its object into a variable, a map, a channel or a pool, the object lives on, without
finalizer: what the finalizer was to give back is given back while the object is in use, or it is not given back at
all. Objects that it points at may have been finalized already. `sync.Pool.Put` in a finalizer is the usual form.

## Leaks
```go
package demo

import (
        "runtime"
        "sync"
)

type buffer struct{ data []byte }

var buffers = sync.Pool{New: func() any { return &buffer{data: make([]byte, 1<<16)} }}

func get() *buffer {
        b := buffers.Get().(*buffer)
        runtime.SetFinalizer(b, func(b *buffer) { buffers.Put(b) })
        return b
}
```

## Fixed
```go
package demo

import "sync"

type buffer struct{ data []byte }

var buffers = sync.Pool{New: func() any { return &buffer{data: make([]byte, 1<<16)} }}

func get() *buffer { return buffers.Get().(*buffer) }

func put(b *buffer) { buffers.Put(b) }
```

## Not seen
Objects that functions outside of the analysis keep. A goroutine that finishes the object and ends is no fault.
"""

from collections.abc import Iterator

from goleaklint.calls.mentions import shared_of
from goleaklint.flow import ops
from goleaklint.model import Finding, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._finalizers import Run, finalizers, is_own, runs
from goleaklint.rules._pools import returned_by
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast

KEEPERS = {
    ("sync", "(*Map).Store"),
    ("sync", "(*Map).LoadOrStore"),
    ("sync", "(*Map).Swap"),
    ("sync/atomic", "(*Value).Store"),
    ("sync/atomic", "(*Pointer).Store"),
    ("container/list", "(*List).PushBack"),
    ("container/list", "(*List).PushFront"),
}


@rule("GL505", "finalizer-resurrects", severity="warning", confidence="high", since="0.1", words=("SetFinalizer",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for finalizer in finalizers(fn):
        if finalizer.is_cleanup or finalizer.given is None:
            continue
        for run in runs(finalizer.runs, frozenset((finalizer.given,))):
            kept = _kept(run)
            if kept is not None:
                node, where = kept
                message = f"the finalizer {where}, so its object lives on without a finalizer"
                step = Step(run.code.source.span(node.start, node.end), f"{run.code.name} {where}", StepKind.OTHER)
                mend = "let the object's user give it back, in a Close or a Put of its own"
                yield fn.finding(finalizer.call, message, steps=(step,), mend=mend)
                break


def _kept(run: Run) -> tuple[ast.Node, str] | None:
    """Where an operation stores the object, and how in words; None if it does not."""
    match run.op:
        case ops.Send(node=node) if _holds(run, node.value):
            return node, f"sends it on {run.code.text(node.chan)}"
        case ops.Select(node=select):
            for clause in select.clauses:
                if isinstance(clause.comm, ast.Send) and _holds(run, clause.comm.value):
                    return clause.comm, f"sends it on {run.code.text(clause.comm.chan)}"
        case ops.Assign(left=left, right=right):
            for target, value in zip(left, right, strict=False):
                if _holds(run, value) and _is_lasting(run, target):
                    place = target.x if isinstance(target, ast.Index) else target
                    return target, f"stores it in {run.code.text(place)}"
        case ops.Call(node=call):
            put = returned_by(run.code, call)
            if put is not None and put.symbol in run.own:
                return call, "puts it back into a pool"
            if run.code.callee_name(call) in KEEPERS and any(_holds(run, arg) for arg in call.args):
                return call, f"stores it with {run.code.text(call.fun)}"
    return None


def _holds(run: Run, value: ast.Expr) -> bool:
    """Reports whether a value is the object, or has it in it."""
    match ast.unparen(value):
        case ast.Ident() as ident:
            return run.code.symbol(ident) in run.own
        case ast.Unary(op="&", x=x):
            return _holds(run, x)
        case ast.CompositeLit(elements=elements):
            return any(_holds(run, each.value if isinstance(each, ast.KeyValue) else each) for each in elements)
        case ast.Call(fun=ast.Ident(name="append"), args=args):
            return any(_holds(run, each) for each in args[1:])
        case _:
            return False


def _is_lasting(run: Run, target: ast.Expr) -> bool:
    """Reports whether a place outlives the finalizer: a variable of the package, or a field of another object."""
    return shared_of(run.code, target) is not None and not is_own(run, target)
