"""A loop that ends on a context or quit channel also waits where it does not look at it.

## Why it leaks
When the signal comes, the others that heed it leave, the receiver of this loop's values among them. A send outside of
the select that heeds the signal then waits for somebody who is gone: the goroutine stays for ever, and never comes back
to the case that would have ended it.

## Leaks
```go
package demo

import "context"

func double(ctx context.Context, in <-chan int) <-chan int {
        out := make(chan int)
        go forward(ctx, in, out)
        return out
}

func forward(ctx context.Context, in <-chan int, out chan<- int) {
        for {
                select {
                case <-ctx.Done():
                        return
                case v := <-in:
                        out <- v
                }
        }
}
```

## Fixed
```go
package demo

import "context"

func double(ctx context.Context, in <-chan int) <-chan int {
        out := make(chan int)
        go forward(ctx, in, out)
        return out
}

func forward(ctx context.Context, in <-chan int, out chan<- int) {
        for {
                select {
                case <-ctx.Done():
                        return
                case v := <-in:
                        select {
                        case out <- v:
                        case <-ctx.Done():
                                return
                        }
                }
        }
}
```

## Not seen
Receives: whoever sends may close the channel. Waits on channels of the same function, which the rules on abandoned
sends and receives judge with both sides in view. Functions that heed no signal anywhere. Channels that only users of
the module give, or a library through an interface: nobody knows how they receive. Channels whose receivers leave only
when the sender's goroutine closes the channel, or tells something by another one. Cases for a signal that do not lead
out of the loop. Replies, one for each request of whoever made the channel with room for one.
"""

from collections.abc import Iterator

from goleaklint.calls.often import Often, root_of
from goleaklint.liveness.signals import Unheeding, unheeding_waits
from goleaklint.liveness.waits import received_from
from goleaklint.model import Finding, Severity, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView


@rule("GL102", "context-ignored", severity="warning", confidence="medium", since="0.1", words=("select",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for found in unheeding_waits(fn.code):
        yield _finding(fn, found)


def _finding(fn: FunctionView, found: Unheeding) -> Finding:
    channel = received_from(found.signal.comm)
    signal = "the signal to end" if channel is None else fn.text(channel)
    name = fn.text(found.channel)
    once = root_of(fn.code, fn.node).often is Often.ONCE
    return fn.finding(
        found.wait.node, f"the send on {name} does not heed {signal}, so it waits for ever if the receiver has left",
        steps=(
            fn.step(found.signal, f"here the loop ends on {signal}", StepKind.BRANCH),
            fn.step(found.wait.node, "but here it waits for the receiver only", StepKind.BLOCKED),
        ),
        mend=f"send in a select that has a case for {signal}, too",
        severity=Severity.NOTE if once else None,
    )  # fmt: skip
