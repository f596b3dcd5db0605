"""A send or receive on a channel that is nil waits for ever.

## Why it leaks
A channel that was declared but never made is nil. Go's rule for a nil channel is that nothing can ever be sent or
received: outside a select with other cases the goroutine stops for good, without a word.

## Leaks
```go
package demo

func wait() {
        var done chan struct{}
        go func() {
                println("working")
        }()
        <-done
}
```

## Fixed
```go
package demo

func wait() {
        done := make(chan struct{})
        go func() {
                defer close(done)
                println("working")
        }()
        <-done
}
```

## Not seen
Fields of structs that are made elsewhere, and what callers give a parameter. A channel that was made and is set to nil
later is told of by the rule on abandoned receives.
"""

from collections.abc import Iterator

from goleaklint.liveness.left import WORDS
from goleaklint.liveness.stories import Kind
from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView
from goleaklint.rules._waiting import leaks, waiting


@rule("GL204", "nil-channel-operation", severity="error", confidence="high", since="0.1", words=WORDS)
def check(fn: FunctionView) -> Iterator[Finding]:
    for leak in leaks(fn, Kind.NIL):
        message = f"{leak.name} is nil here, and an operation on a nil channel waits for ever"
        yield waiting(fn, leak, message, f"make the channel before it is used: {leak.name} = make(chan T)")
