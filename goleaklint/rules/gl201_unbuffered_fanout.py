"""Several goroutines send on one channel that has too little room, and the receiver takes fewer values than they send.

## Why it leaks
The first answer wins, the first error returns, or nobody receives at all: every sender beyond that waits for ever. A
request that asks three backends and takes the first answer leaves two goroutines behind, each time.

## Leaks
```go
package demo

func first(backends []func() string) string {
        answers := make(chan string)
        for _, ask := range backends {
                go func() { answers <- ask() }()
        }
        return <-answers
}
```

## Fixed
```go
package demo

func first(backends []func() string) string {
        answers := make(chan string, len(backends))
        for _, ask := range backends {
                go func() { answers <- ask() }()
        }
        return <-answers
}
```

## Not seen
Loops whose numbers of rounds cannot be compared: over two collections, or up to a counter that is changed on the way.
"""

from collections.abc import Iterator

from goleaklint.liveness.left import WORDS
from goleaklint.liveness.stories import Kind
from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView
from goleaklint.rules._waiting import leaks, waiting


@rule("GL201", "unbuffered-fanout", severity="error", confidence="high", since="0.1", words=WORDS)
def check(fn: FunctionView) -> Iterator[Finding]:
    for leak in leaks(fn, Kind.FANOUT):
        room = "without room" if leak.room == 0 else "with too little room"
        message = f"several goroutines send on {leak.name}, {room}, and one may wait for ever: {leak.why}"
        mend = f"give {leak.name} room for one value of each goroutine, or receive as often as they send"
        yield waiting(fn, leak, message, mend)
