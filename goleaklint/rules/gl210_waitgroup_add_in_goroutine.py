"""A goroutine calls Add on the wait group that counts it: Wait may have returned before.

## Why it leaks
Wait returns as soon as the counter is zero. Where the goroutine itself counts up, Wait can run before the goroutine
does, finds zero and returns: whoever waited goes on, closes files and channels, or ends, while the goroutine still
runs. What it does then nobody waits for any more.

## Leaks
```go
package demo

import "sync"

func all(jobs []func()) {
        var wg sync.WaitGroup
        for _, job := range jobs {
                go func() {
                        wg.Add(1)
                        defer wg.Done()
                        job()
                }()
        }
        wg.Wait()
}
```

## Fixed
```go
package demo

import "sync"

func all(jobs []func()) {
        var wg sync.WaitGroup
        for _, job := range jobs {
                wg.Add(1)
                go func() {
                        defer wg.Done()
                        job()
                }()
        }
        wg.Wait()
}
```

## Not seen
A goroutine that is counted when it starts may count those that it starts itself. One that asks under a lock whether it
may begin, and then counts itself, is left out if those who wait have taken that lock before. Where only a method that
closes or stops all waits, the goroutine is hardly ever late: that is of low confidence. Functions that are started
elsewhere than where they can be read.
"""

from collections.abc import Iterator

from goleaklint.liveness.counting import Counted, counted_by_themselves
from goleaklint.model import Confidence, Finding, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView


@rule("GL210", "waitgroup-add-in-goroutine", severity="error", confidence="high", since="0.1", words=("go ",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for found in counted_by_themselves(fn.code):
        name = found.group
        message = f"{name}.Add runs inside the goroutine it counts: {name}.Wait may have returned before it"
        mend = f"call {name}.Add before the go statement"
        steps = (fn.step(found.start, "the goroutine starts here, not counted yet", StepKind.SPAWN), *_ends(found))
        confidence = Confidence.LOW if found.at_the_end else None  # a goroutine just started then: hardly ever
        yield found.at(fn.finding(found.start, message, steps=steps, mend=mend, confidence=confidence))


def _ends(found: Counted) -> tuple[Step, ...]:
    return (Step(found.add.span, "it counts itself", StepKind.BLOCKED, 1),)
