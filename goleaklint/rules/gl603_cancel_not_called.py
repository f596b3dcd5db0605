"""The function that cancels a context is not called on some way out of the function.

## Why it leaks
A context that can be cancelled is registered with its parent until it is cancelled or the parent ends. Where the parent
lives on (the context of a connection, of a service, of the whole program), each call that forgets to cancel adds one
entry for good, with the goroutines that wait for it; with `signal.NotifyContext` the signals stay caught. A deadline
ends it in time, so that forgetting its cancel function is a note, unless it is thrown away with `_`.

A context below `context.Background()` has no parent that could keep it: it only counts where a goroutine was given the
context and waits for it. A constructor that fails leaves a child of its caller's context: a note, as its caller mostly
ends then, too.

## Leaks
```go
package demo

import "context"

func run(parent context.Context, prepare, work func(context.Context) error) error {
        ctx, cancel := context.WithCancel(parent)
        if err := prepare(ctx); err != nil {
                return err
        }
        defer cancel()
        return work(ctx)
}
```

## Fixed
```go
package demo

import "context"

func run(parent context.Context, prepare, work func(context.Context) error) error {
        ctx, cancel := context.WithCancel(parent)
        defer cancel()
        if err := prepare(ctx); err != nil {
                return err
        }
        return work(ctx)
}
```

## Not seen
A cancel function that is returned, stored, captured by a function literal that is kept, or passed on counts as handed
over. A context below another one of the same function is left out: that one is cancelled, or reported itself. Whether
the parent lives much longer than the function is not known. A line with `//nolint:govet` is a note: its lostcancel says
the same.
"""

from collections.abc import Iterator

from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._leaks import findings
from goleaklint.rules._view import FunctionView


@rule("GL603", "cancel-not-called", severity="warning", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL603")
