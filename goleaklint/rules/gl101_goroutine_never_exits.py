"""A goroutine is started whose loop has no way out, so it stays for the life of the process.

## Why it leaks
A goroutine ends only when its function returns. Where no return, no `break` out of the loop, no closed channel, no
context and no quit channel can be reached, every start adds one more that never goes away, with its stack and all
that it refers to. Often a way out is there and does not work: `break` in a `select` leaves only the select, a `case`
for the end has an empty body, a ticker's channel is not closed by `Stop`.

## Leaks
```go
package demo

import "time"

type cache struct{ entries map[string]time.Time }

func newCache() *cache {
        c := &cache{entries: map[string]time.Time{}}
        ticker := time.NewTicker(time.Minute)
        go func() {
                for range ticker.C {
                        c.expire()
                }
        }()
        return c
}

func (c *cache) expire() { clear(c.entries) }
```

## Fixed
```go
package demo

import "time"

type cache struct {
        entries map[string]time.Time
        quit    chan struct{}
}

func newCache() *cache {
        c := &cache{entries: map[string]time.Time{}, quit: make(chan struct{})}
        ticker := time.NewTicker(time.Minute)
        go func() {
                defer ticker.Stop()
                for {
                        select {
                        case <-ticker.C:
                                c.expire()
                        case <-c.quit:
                                return
                        }
                }
        }()
        return c
}

func (c *cache) close() { close(c.quit) }

func (c *cache) expire() { clear(c.entries) }
```

## Not seen
Functions that are called through an interface or a variable that can hold several. Ways out that never happen for
reasons other than those above. A goroutine that is started once in a process, from main or init, is a note. One
of which nobody can say how often it is started, as nothing calls the exported function that does, has low confidence in
a repository that holds a program.
"""

from collections.abc import Iterator

from goleaklint.calls.beside import is_in_program
from goleaklint.calls.often import BY_USERS, Often, Root, root_of
from goleaklint.liveness.endings import Endings, Endless
from goleaklint.liveness.retries import BlindRetry, blind_retries
from goleaklint.liveness.spawns import Spawn, spawns
from goleaklint.liveness.telling import step_in
from goleaklint.liveness.unheeded import Unheeded, unheeded_end
from goleaklint.model import Confidence, Finding, Severity, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView


@rule(
    "GL101", "goroutine-never-exits", severity="error", confidence="high", since="0.1",
    words=("go ", ".Go(", "AfterFunc(", "DoChan(", "Sleep("),
)  # fmt: skip
def check(fn: FunctionView) -> Iterator[Finding]:
    endings = Endings.shared(fn.setting.functions)
    for spawn in spawns(fn.code):
        found = endings.spawned(fn.code, spawn.body, spawn.call)
        if found is not None:
            yield _finding(fn, spawn, found)
    for retry in {each.loop: each for each in reversed(list(blind_retries(fn.code)))}.values():
        yield _blind_finding(fn, retry)


def _finding(fn: FunctionView, spawn: Spawn, found: Endless) -> Finding:
    root = root_of(fn.code, spawn.node)
    unheeded = unheeded_end(found)
    severity, confidence = _weight(fn, root, unheeded)
    end = f"; it is started {root.why}" if root.why else ""
    return fn.finding(
        spawn.node, f"this goroutine never ends: {unheeded.message}{end}", steps=_steps(fn, spawn, found, unheeded),
        mend=unheeded.mend, severity=severity, confidence=confidence,
    )  # fmt: skip


def _weight(fn: FunctionView, root: Root, unheeded: Unheeded) -> tuple[Severity, Confidence]:
    """What was meant to end and does not is an error wherever it starts, unless the process ends with it. What only
    other programs could start again and again counts for little in the repository of a program."""
    if root == BY_USERS and not unheeded.was_meant and is_in_program(fn.code.whole):
        return Severity.ERROR, Confidence.LOW
    match root.often:
        case Often.ONCE:
            return Severity.NOTE, Confidence.HIGH
        case Often.TEST:
            return Severity.WARNING, Confidence.HIGH
        case Often.REPEATED:
            return Severity.ERROR, Confidence.HIGH
        case Often.UNKNOWN:
            return Severity.ERROR, Confidence.HIGH if unheeded.was_meant else Confidence.MEDIUM


def _steps(fn: FunctionView, spawn: Spawn, found: Endless, unheeded: Unheeded) -> tuple[Step, ...]:
    steps = [fn.step(spawn.node, "the goroutine starts", StepKind.SPAWN)]
    for code, call in found.calls:
        steps.append(step_in(code, call, f"{code.name} calls {code.text(call.fun)}", StepKind.CALL))
    steps.append(step_in(found.code, found.node, unheeded.place, StepKind.BLOCKED))
    if unheeded.node is not None:
        steps.append(step_in(found.code, unheeded.node, unheeded.why, StepKind.BRANCH))
    return tuple(steps)


def _blind_finding(fn: FunctionView, retry: BlindRetry) -> Finding:
    steps = (
        fn.step(retry.loop, "the loop", StepKind.OTHER),
        fn.step(retry.pause, "pauses, and goes round again", StepKind.BLOCKED),
        fn.step(retry.signal, "only here it is asked whether to end", StepKind.BRANCH),
    )
    return fn.finding(
        retry.pause, "the loop tries again without asking whether it is to end, so as long as this fails it never ends",
        steps=steps, mend="ask the context or quit channel at the head of the loop, or in place of the pause",
        severity=Severity.NOTE if root_of(fn.code, fn.node).often is Often.ONCE else Severity.ERROR,
        confidence=Confidence.MEDIUM,
    )  # fmt: skip
