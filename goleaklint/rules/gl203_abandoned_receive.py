"""A goroutine receives from a channel that, on some path, nobody sends to or closes any more.

## Why it leaks
A receive, or a range over a channel, ends when a value comes or the channel is closed. Where the only sender returned
early, or no path closes the channel, the receiver waits for ever.

## Leaks
```go
package demo

func sum(values []int) {
        c := make(chan int)
        go func() {
                total := 0
                for v := range c {
                        total += v
                }
                println(total)
        }()
        for _, v := range values {
                if v < 0 {
                        return
                }
                c <- v
        }
        close(c)
}
```

## Fixed
```go
package demo

func sum(values []int) {
        c := make(chan int)
        defer close(c)
        go func() {
                total := 0
                for v := range c {
                        total += v
                }
                println(total)
        }()
        for _, v := range values {
                if v < 0 {
                        return
                }
                c <- v
        }
}
```

## Not seen
Channels in fields of a receiver or parameter, in slices and in maps, and those that functions outside the module are
given: whoever has them may send. A channel that a function gives as nil in some case, where its caller never asks for
nil.
"""

from collections.abc import Iterator

from goleaklint.liveness.left import WORDS
from goleaklint.liveness.stories import Kind
from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView
from goleaklint.rules._waiting import leaks, waiting


@rule("GL203", "abandoned-receive", severity="error", confidence="high", since="0.1", words=WORDS)
def check(fn: FunctionView) -> Iterator[Finding]:
    for leak in leaks(fn, Kind.RECEIVE):
        message = f"this receive from {leak.name} may wait for ever: {leak.why}"
        mend = f"close {leak.name} on every path, with defer in whoever sends on it"
        if leak.senders > 1:
            mend = (
                f"send on {leak.name} as often as is received from it, on every path; close it only after all have sent"
            )
        yield waiting(fn, leak, message, mend)
