"""A goroutine sends on a channel of which the receiver may have left: the send never ends.

## Why it leaks
A send on a channel without room waits for a receiver. If the only receiver has returned by then (an error came first,
a timeout or a cancelled context won the select, there is no receive for this value at all), the goroutine waits for
ever, with its stack and all that it holds. A server that does this per request runs out of memory.

## Leaks
```go
package demo

import "context"

func ask(ctx context.Context, slow func() int) (int, error) {
        answer := make(chan int)
        go func() { answer <- slow() }()
        select {
        case v := <-answer:
                return v, nil
        case <-ctx.Done():
                return 0, ctx.Err()
        }
}
```

## Fixed
```go
package demo

import "context"

func ask(ctx context.Context, slow func() int) (int, error) {
        answer := make(chan int, 1)
        go func() { answer <- slow() }()
        select {
        case v := <-answer:
                return v, nil
        case <-ctx.Done():
                return 0, ctx.Err()
        }
}
```

## Not seen
Channels in fields of a receiver or parameter, in slices and in maps, and those that functions outside the module are
given, or that get into a slice, a variadic parameter or a function that is ranged over: whoever has them may receive.
Loops whose number of rounds cannot be told may go round often enough; so may two loops over the same things of which
one sends where a condition holds and the other where it does not.
"""

from collections.abc import Iterator

from goleaklint.liveness.left import WORDS
from goleaklint.liveness.stories import Kind
from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView
from goleaklint.rules._waiting import leaks, waiting


@rule("GL202", "abandoned-send", severity="error", confidence="high", since="0.1", words=WORDS)
def check(fn: FunctionView) -> Iterator[Finding]:
    for leak in leaks(fn, Kind.SEND):
        message = f"this send on {leak.name} may wait for ever: {leak.why}"
        select = (
            f"give {leak.name} room for every value that may be sent, or select on a context or quit channel beside"
        )
        mend = f"{select} the send" + (", and wherever the goroutine waits after it" if leak.waits_again else "")
        yield waiting(fn, leak, message, mend)
