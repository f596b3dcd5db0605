"""A function locks a mutex that it holds already, itself or in a method that it calls.

## Why it leaks
Go's mutexes do not know who holds them: the goroutine waits for itself, for ever, and all that want the lock later wait
with it. A read lock that is taken twice waits as soon as a writer comes in between, and one that is to become a write
lock waits for itself.

## Leaks
```go
package demo

import "sync"

type account struct {
        mu      sync.Mutex
        balance int
}

func (a *account) value() int {
        a.mu.Lock()
        defer a.mu.Unlock()
        return a.balance
}

func (a *account) deposit(amount int) int {
        a.mu.Lock()
        defer a.mu.Unlock()
        a.balance += amount
        return a.value()
}
```

## Fixed
```go
package demo

import "sync"

type account struct {
        mu      sync.Mutex
        balance int
}

func (a *account) value() int {
        a.mu.Lock()
        defer a.mu.Unlock()
        return a.balance
}

func (a *account) deposit(amount int) int {
        a.mu.Lock()
        a.balance += amount
        a.mu.Unlock()
        return a.value()
}
```

## Not seen
Locks of elements of slices and maps, and locks behind a pointer in a field, which may be others a moment later. Methods
that lock under a flag or mode, which may know that the lock is held. Calls through interfaces.
"""

from collections.abc import Iterator

from goleaklint.liveness.lock_state import Take, Twice
from goleaklint.liveness.locksets import Locksets
from goleaklint.model import Confidence, Finding, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._locked import name_of
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast


@rule("GL221", "lock-taken-twice", severity="error", confidence="high", since="0.1", words=("ock()",))
def check(fn: FunctionView) -> Iterator[Finding]:
    seen: set[ast.Call] = set()
    for twice in Locksets.of(fn.setting.functions).outcome(fn.code).twice:
        node = _place(twice.take)
        if node not in seen and not (twice.take.guarded and twice.take.chain) and not twice.take.lock.indirect:
            seen.add(node)
            yield _finding(fn, twice, node)


def _place(take: Take) -> ast.Call:
    """The call in the function itself that locks."""
    return take.chain[0][1] if take.chain else take.node


def _finding(fn: FunctionView, twice: Twice, node: ast.Call) -> Finding:
    take, name = twice.take, name_of(fn.code, twice.held.node)
    through = f", through {take.code.name}," if take.chain else ""
    return fn.finding(
        node,
        f"{name} is locked again{through} while {fn.name} holds it, so {_consequence(twice)}",
        steps=(fn.step(twice.held.node, f"locks {name}", StepKind.ACQUIRE), *_steps(fn, take, name)),
        mend=f"unlock {name} before, or use a variant that expects it to be locked",
        confidence=_confidence(twice),
    )


def _consequence(twice: Twice) -> str:
    if twice.held.read and twice.take.read:
        return "both wait for ever once a writer comes in between"
    if twice.held.read:
        return "the write lock waits for the read lock that this goroutine holds itself"
    return "the goroutine waits for itself for ever"


def _confidence(twice: Twice) -> Confidence:
    if twice.held.read and twice.take.read:
        return Confidence.LOW
    return Confidence.MEDIUM if twice.take.chain and not twice.take.always else Confidence.HIGH


def _steps(fn: FunctionView, take: Take, name: str) -> Iterator[Step]:
    code = fn.code
    for callee, call in take.chain:
        span = code.source.span(call.start, call.end)
        yield Step(span, f"calls {callee.name} while it is locked", StepKind.CALL)
        code = callee
    if not take.chain:
        yield fn.step(take.node, f"locks {name} again", StepKind.BLOCKED)
    else:
        span = take.code.source.span(take.node.start, take.node.end)
        yield Step(span, f"{take.code.name} locks it again", StepKind.BLOCKED)
