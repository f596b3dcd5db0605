"""A wait group is counted up without a Done on some path, so that Wait never returns.

## Why it leaks
Wait returns when every Add has had its Done. A goroutine that returns early without Done, or a Wait inside the loop
that starts the goroutines, leaves the waiting goroutine, and all that waits for it, for ever.

## Leaks
```go
package demo

import "sync"

func all(jobs []func() error) {
        var wg sync.WaitGroup
        for _, job := range jobs {
                wg.Add(1)
                go func() {
                        if err := job(); err != nil {
                                return
                        }
                        wg.Done()
                }()
        }
        wg.Wait()
}
```

## Fixed
```go
package demo

import "sync"

func all(jobs []func() error) {
        var wg sync.WaitGroup
        for _, job := range jobs {
                wg.Add(1)
                go func() {
                        defer wg.Done()
                        if err := job(); err != nil {
                                return
                        }
                }()
        }
        wg.Wait()
}
```

## Not seen
Wait groups in fields of a receiver or parameter, and counts that are not a constant or the length of what is looped
over.
"""

from collections.abc import Iterator
from dataclasses import replace

from goleaklint.liveness.left import WORDS
from goleaklint.liveness.stories import Kind
from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView
from goleaklint.rules._waiting import leaks, waiting


@rule("GL211", "waitgroup-done-missing", severity="error", confidence="high", since="0.1", words=WORDS)
def check(fn: FunctionView) -> Iterator[Finding]:
    for leak in leaks(fn, Kind.WAIT):
        message = f"{leak.name}.Wait may never return: {leak.why}"
        mend = f"defer {leak.name}.Done() first thing in the goroutine, and Wait after all are started"
        found = waiting(fn, leak, message, mend)
        for add in leak.adds[-1:]:
            found = replace(found, span=add.span, package=add.package, function=add.function)
        yield found
