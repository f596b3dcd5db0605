"""A tracing span is not ended on some way out of the function.

## Why it leaks
A span is exported when it ends. One that does not end is never exported: its trace shows a hole, most often just where
an error was.

## Leaks
```go
package demo

import (
        "context"

        "go.opentelemetry.io/otel/trace"
)

func traced(ctx context.Context, tracer trace.Tracer, load func(context.Context) error) error {
        ctx, span := tracer.Start(ctx, "load")
        if err := load(ctx); err != nil {
                return err
        }
        span.End()
        return nil
}
```

## Fixed
```go
package demo

import (
        "context"

        "go.opentelemetry.io/otel/trace"
)

func traced(ctx context.Context, tracer trace.Tracer, load func(context.Context) error) error {
        ctx, span := tracer.Start(ctx, "load")
        defer span.End()
        return load(ctx)
}
```

## Not seen
What is stored, sent, returned, captured by a goroutine or given to a function whose source is not read counts as handed
over: from then on it is somebody else's.
"""

from collections.abc import Iterator

from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._leaks import findings
from goleaklint.rules._view import FunctionView


@rule("GL413", "span-not-ended", severity="warning", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL413")
