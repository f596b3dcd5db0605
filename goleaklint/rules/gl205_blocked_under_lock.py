"""A goroutine waits while it holds a lock that the one it waits for needs first, or takes a lock that never comes free.

## Why it leaks
Whoever would end the wait stands at the lock, and the lock is held by the one that waits: neither goes on, and with
them everybody who needs the lock later.

## Leaks
```go
package demo

import "sync"

func count(names []string) int {
        var mu sync.Mutex
        done := make(chan int)
        total := 0
        go func() {
                mu.Lock()
                total += len(names)
                mu.Unlock()
                done <- total
        }()
        mu.Lock()
        defer mu.Unlock()
        return <-done
}
```

## Fixed
```go
package demo

import "sync"

func count(names []string) int {
        var mu sync.Mutex
        done := make(chan int)
        total := 0
        go func() {
                mu.Lock()
                total += len(names)
                mu.Unlock()
                done <- total
        }()
        return <-done
}
```

## Not seen
Locks in fields of a receiver or parameter: who else takes them is not known.
"""

from collections.abc import Iterator

from goleaklint.liveness.left import WORDS
from goleaklint.liveness.stories import Kind
from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView
from goleaklint.rules._waiting import leaks, waiting


@rule("GL205", "blocked-under-lock", severity="error", confidence="high", since="0.1", words=WORDS)
def check(fn: FunctionView) -> Iterator[Finding]:
    for leak in leaks(fn, Kind.UNDER_LOCK):
        message = f"this waits for {leak.name} for ever: whoever would end it needs a lock that is held meanwhile"
        yield waiting(fn, leak, message, "unlock before you wait")
    for leak in leaks(fn, Kind.LOCK):
        message = f"{leak.name} may never come free here: {leak.why}"
        yield waiting(fn, leak, message, f"unlock {leak.name} before this, on every path")
