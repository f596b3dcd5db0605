"""A finalizer or cleanup holds the object it waits for, so the object is never collected and the function never runs.

## Why it leaks
The runtime calls a finalizer (`runtime.SetFinalizer`) or cleanup (`runtime.AddCleanup`) once its object cannot be
reached any more. The function itself is kept alive by the runtime, and with it everything that it captures. If that
includes the object, the object stays reachable for ever: its memory is never freed, and whatever the function was to
give back (a descriptor, C memory, a lock file) is never given back. The same holds for a method value bound to the
object, and for the argument that AddCleanup stores. AddCleanup panics if that argument is the object's own pointer.

## Leaks
```go
package demo

import (
        "os"
        "runtime"
)

type Spool struct {
        file *os.File
        buf  []byte
}

func NewSpool(f *os.File) *Spool {
        s := &Spool{file: f, buf: make([]byte, 1<<20)}
        runtime.SetFinalizer(s, func(_ *Spool) {
                s.file.Close()
        })
        return s
}
```

## Fixed
```go
package demo

import (
        "os"
        "runtime"
)

type Spool struct {
        file *os.File
        buf  []byte
}

func NewSpool(f *os.File) *Spool {
        s := &Spool{file: f, buf: make([]byte, 1<<20)}
        runtime.SetFinalizer(s, func(s *Spool) {
                s.file.Close()
        })
        return s
}
```

## Not seen
An object that is reached only through what a called function returns, or through a field that points back at it.
"""

from collections.abc import Iterator

from goleaklint.flow import ops
from goleaklint.model import Finding, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._holders import Holders, Reach
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast

SET = ("runtime", "SetFinalizer")
ADD = ("runtime", "AddCleanup")


@rule(
    "GL502", "finalizer-keeps-object-alive", severity="error", confidence="high", since="0.1",
    words=("SetFinalizer", "AddCleanup"),
)  # fmt: skip
def check(fn: FunctionView) -> Iterator[Finding]:
    for block, op in fn.ops(ops.Call):
        call, callee = op.node, fn.callee(op.node)
        if callee not in (SET, ADD) or len(call.args) != (2 if callee == SET else 3):
            continue
        holders = Holders.of(fn, call, block)
        if holders is None:
            continue
        word = "finalizer" if callee == SET else "cleanup"
        reach = holders.reach(call.args[1])
        if reach is not None:
            yield _function_holds(fn, call, holders, reach, word)
        elif callee == ADD and (reach := holders.reach(call.args[2])) is not None:
            yield _argument_holds(fn, call, holders, reach)


def _function_holds(fn: FunctionView, call: ast.Call, holders: Holders, reach: Reach, word: str) -> Finding:
    name = holders.object_text
    message = f"the {word} of {name} {reach.how}, so {name} is never collected and the {word} never runs"
    mend = f"let the finalizer use its own parameter instead of {reach.name}"
    if word == "cleanup":
        mend = f"pass what the cleanup needs as the third argument of AddCleanup, without {reach.name}"
    elif isinstance(call.args[1], ast.Selector):
        mend = "pass the method expression, such as (*T).Close, instead of the method of this one object"
    steps = (fn.step(reach.node, f"the {word} holds {reach.name}", StepKind.ACQUIRE),)
    return fn.finding(call, message, steps=steps, mend=mend)


def _argument_holds(fn: FunctionView, call: ast.Call, holders: Holders, reach: Reach) -> Finding:
    name, argument = holders.object_text, ast.unparen(call.args[2])
    if fn.text(argument) == fn.text(ast.unparen(call.args[0])):
        message = f"AddCleanup panics, because its argument is {name} itself"
    else:
        message = f"the cleanup's argument holds {name}, so {name} is never collected and the cleanup never runs"
    mend = f"pass only what the cleanup needs, such as a descriptor or a path, not {reach.name}"
    steps = (fn.step(reach.node, f"this keeps {name} reachable", StepKind.ACQUIRE),)
    return fn.finding(call, message, steps=steps, mend=mend)
