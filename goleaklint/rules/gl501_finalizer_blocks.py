"""A finalizer sleeps, waits, takes a lock that others hold, or talks to the network, and all finalizers wait with it.

## Why it leaks
One goroutine runs all finalizers of a program, one after the other. While one of them waits, no other runs: files,
connections and memory of C code that only finalizers give back pile up, and if the wait never ends they are never
given back. Since Go 1.25 cleanups (`runtime.AddCleanup`) run concurrently, so for them only what can wait for ever is
reported. Closing files, unmapping and freeing memory are fine. A lock or wait group inside the object itself is fine,
too: whoever held it would hold the object, and its finalizer would not run.

## Leaks
```go
package demo

import (
        "os"
        "runtime"
)

type worker struct {
        file *os.File
        todo chan func()
        done chan struct{}
}

func newWorker(f *os.File) *worker {
        w := &worker{file: f, todo: make(chan func()), done: make(chan struct{})}
        go run(w.todo, w.done)
        runtime.SetFinalizer(w, (*worker).stop)
        return w
}

func run(todo <-chan func(), done chan<- struct{}) {
        defer close(done)
        for f := range todo {
                f()
        }
}

func (w *worker) stop() {
        close(w.todo)
        <-w.done
        w.file.Close()
}
```

## Fixed
```go
package demo

import (
        "os"
        "runtime"
)

type worker struct {
        file *os.File
        todo chan func()
        done chan struct{}
}

func newWorker(f *os.File) *worker {
        w := &worker{file: f, todo: make(chan func()), done: make(chan struct{})}
        go run(w.todo, w.done)
        runtime.SetFinalizer(w, func(w *worker) { go w.stop() })
        return w
}

func run(todo <-chan func(), done chan<- struct{}) {
        defer close(done)
        for f := range todo {
                f()
        }
}

func (w *worker) stop() {
        close(w.todo)
        <-w.done
        w.file.Close()
}
```

## Not seen
Waits in functions whose source is not under analysis, behind interfaces and function values. A lock that is never held
for longer than a few instructions is of low confidence: `--pedantic` shows it. So it does a finalizer that Close takes
away again: only what was never closed is finalized then, and the finding is a note.
"""

from collections.abc import Iterator

from goleaklint.model import Confidence, Finding, Severity, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._cycles import cycle_through
from goleaklint.rules._finalizers import Finalizer, Run, finalizers, is_a_net, runs
from goleaklint.rules._view import FunctionView
from goleaklint.rules._waits import Wait, wait_of


@rule(
    "GL501", "finalizer-blocks", severity="error", confidence="high", since="0.1",
    words=("SetFinalizer", "AddCleanup"),
)  # fmt: skip
def check(fn: FunctionView) -> Iterator[Finding]:
    for each in finalizers(fn):
        found = None if _never_runs(fn, each) else _worst(each)
        if found is not None:
            yield _finding(fn, each, *found)


def _never_runs(fn: FunctionView, finalizer: Finalizer) -> bool:
    """Reports whether the object is on a cycle of references: GL504 is about that."""
    return not finalizer.is_cleanup and finalizer.object is not None and bool(cycle_through(fn.code, finalizer.object))


def _worst(finalizer: Finalizer) -> tuple[Run, Wait] | None:
    """The wait that matters most: one without end, else a long one, else a lock; of a cleanup only one without end."""
    own = frozenset((finalizer.given,)) if finalizer.given is not None else frozenset()
    waits = [(run, wait) for run in runs(finalizer.runs, own) if (wait := wait_of(run)) is not None]
    if finalizer.is_cleanup:
        waits = [(run, wait) for run, wait in waits if wait.for_ever]
    return min(waits, key=lambda each: (not each[1].for_ever, each[1].is_lock, each[1].is_short), default=None)


def _finding(fn: FunctionView, finalizer: Finalizer, run: Run, wait: Wait) -> Finding:
    calls = tuple(
        Step(code.source.span(call.start, call.end), f"{code.name} calls {code.text(call.fun)}", StepKind.CALL)
        for code, call in run.chain
    )
    node = wait.node
    blocked = Step(run.code.source.span(node.start, node.end), f"{run.code.name} {wait.how}", StepKind.BLOCKED)
    where = "" if run.code is finalizer.runs else f", in {run.code.name}"
    rest = "and it may never end" if finalizer.is_cleanup else "while every other finalizer of the program has to wait"
    message = f"the {finalizer.word} {wait.how}{where}, {rest}"
    mend = "start a goroutine for what has to wait, and give the object a Close that is called in time"
    return fn.finding(
        finalizer.call, message, steps=(*calls, blocked), mend=mend,
        severity=Severity.NOTE if is_a_net(fn, finalizer) else Severity.WARNING if wait.is_lock else None,
        confidence=Confidence.LOW if wait.is_short else Confidence.MEDIUM if wait.is_lock else None,
    )  # fmt: skip
