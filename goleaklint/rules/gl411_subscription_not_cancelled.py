"""A subscription, watch or registration is not cancelled on some way out of the function.

## Why it leaks
Whoever subscribes is kept in the publisher's list and sent to until it unsubscribes. If the function that received has
returned, values pile up in memory, or the publisher blocks as soon as the channel is full, and with it every other
subscriber. Signals that were asked for with `signal.Notify` stay caught, and the channel stays registered.

## Leaks
```go
package demo

import (
        "context"

        "github.com/ethereum/go-ethereum/event"
)

func next(ctx context.Context, feed *event.Feed) (int, error) {
        ch := make(chan int)
        sub := feed.Subscribe(ch)
        select {
        case v := <-ch:
                sub.Unsubscribe()
                return v, nil
        case <-ctx.Done():
                return 0, ctx.Err()
        }
}
```

## Fixed
```go
package demo

import (
        "context"

        "github.com/ethereum/go-ethereum/event"
)

func next(ctx context.Context, feed *event.Feed) (int, error) {
        ch := make(chan int)
        sub := feed.Subscribe(ch)
        defer sub.Unsubscribe()
        select {
        case v := <-ch:
                return v, nil
        case <-ctx.Done():
                return 0, ctx.Err()
        }
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


@rule("GL411", "subscription-not-cancelled", severity="error", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL411")
