"""A mutex stays locked on some way out of the function that locked it, though it is unlocked on the others.

## Why it leaks
Whoever locks it next waits for ever, and everybody after that: the goroutines pile up until the process is restarted.
Mostly it is an early return, or a `continue`, that was added between Lock and Unlock.

## Leaks
```go
package demo

import (
        "errors"
        "sync"
)

type registry struct {
        mu    sync.Mutex
        names map[string]int
}

func (r *registry) add(name string) error {
        r.mu.Lock()
        if _, ok := r.names[name]; ok {
                return errors.New("already there")
        }
        r.names[name] = len(r.names)
        r.mu.Unlock()
        return nil
}
```

## Fixed
```go
package demo

import (
        "errors"
        "sync"
)

type registry struct {
        mu    sync.Mutex
        names map[string]int
}

func (r *registry) add(name string) error {
        r.mu.Lock()
        defer r.mu.Unlock()
        if _, ok := r.names[name]; ok {
                return errors.New("already there")
        }
        r.names[name] = len(r.names)
        return nil
}
```

## Not seen
A function that unlocks on no way at all is taken to lock for its callers. So is one that returns locked only where it
succeeds, if its name says so or some other function unlocks. A panic counts only if the function recovers from it.
"""

from collections.abc import Iterator

from goleaklint.liveness.lock_state import Ending, How
from goleaklint.model import Finding, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._locked import kept_locked, name_of
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast

MAX_STEPS = 6
"""So many ways are shown; whoever mends the first sees the others."""


@rule("GL220", "lock-not-released", severity="error", confidence="high", since="0.1", words=("ock()",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for call, endings in kept_locked(fn.code):
        name = name_of(fn.code, call)
        ways = "one way" if len(endings) == 1 else f"{len(endings)} ways"
        out = "through its loop" if all(each.how is How.ROUND for each in endings) else f"out of {fn.name}"
        yield fn.finding(
            call,
            f"{name} stays locked on {ways} {out}, so whoever locks it next waits for ever",
            steps=(
                fn.step(call, f"locks {name}", StepKind.ACQUIRE),
                *(step for each in endings[:MAX_STEPS] for step in _steps(fn, each, name)),
            ),
            mend=f"unlock {name} on each of these ways, or defer the unlock right after the lock",
        )


def _steps(fn: FunctionView, ending: Ending, name: str) -> Iterator[Step]:
    branch = next((each for each in reversed(ending.edges) if isinstance(each.cause, ast.Node)), None)
    if branch is not None and isinstance(branch.cause, ast.Node):
        yield fn.branch(branch.cause, branch.kind)
    if ending.node is not None:
        yield fn.step(ending.node, _words(ending, name), StepKind.EXIT)
    else:
        end = fn.code.block.end
        closing = fn.function.file.text.span(end - 1, end)
        yield Step(closing, f"the function ends, {name} is still locked", StepKind.EXIT)


def _words(ending: Ending, name: str) -> str:
    if ending.how is How.RETURN:
        return f"returns while {name} is still locked"
    if ending.how is How.PANIC:
        return f"panics and recovers while {name} is still locked"
    return f"the next round begins while {name} is still locked"
