"""A release is deferred inside a loop, so what each round acquires stays acquired until the function returns.

## Why it leaks
A deferred call runs when the function returns, not when a round of the loop ends. Each round acquires one more file,
connection, response body, transaction or timer and none is given back before the last round is over: a loop over a
large directory runs out of descriptors, a polling loop never gives back anything at all. A lock that is taken again
in the next round is worse: the second round waits for ever.

## Leaks
```go
package demo

import "os"

func sizes(names []string) (total int64, err error) {
        for _, name := range names {
                f, err := os.Open(name)
                if err != nil {
                        return 0, err
                }
                defer f.Close()
                info, err := f.Stat()
                if err != nil {
                        return 0, err
                }
                total += info.Size()
        }
        return total, nil
}
```

## Fixed
```go
package demo

import "os"

func sizes(names []string) (total int64, err error) {
        for _, name := range names {
                n, err := size(name)
                if err != nil {
                        return 0, err
                }
                total += n
        }
        return total, nil
}

func size(name string) (int64, error) {
        f, err := os.Open(name)
        if err != nil {
                return 0, err
        }
        defer f.Close()
        info, err := f.Stat()
        if err != nil {
                return 0, err
        }
        return info.Size(), nil
}
```

## Not seen
What a round stores, sends, or passes to a function outside the standard library is taken to be needed after the
round. What main does, by itself or in a literal, is a note. Loops of at most 32 rounds, by a constant (which
callers may give) or a literal list, are left out.
"""

from collections.abc import Iterator

from goleaklint.calls.often import Often, usual_root_of
from goleaklint.flow.loops import RepeatedDefer, Rounds, is_retried
from goleaklint.knowledge import Resource
from goleaklint.model import Confidence, Finding, Severity, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._kept import (
    Kept,
    comes_again,
    is_endless,
    kept_each_round,
    piles_up,
    released_each_round,
    repeated,
)
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.types.types import Named, Pointer


@rule("GL418", "release-deferred-in-loop", severity="warning", confidence="high", since="0.1", words=("defer",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for deferred in repeated(fn):
        kept = kept_each_round(fn, deferred)
        if kept is None or not (comes_again if kept.is_lock else piles_up)(fn, deferred):
            continue
        if kept.is_lock:
            yield _lock_finding(fn, deferred, kept)
        elif deferred.rounds is not Rounds.FEW:
            yield _finding(fn, deferred, kept)


def _steps(fn: FunctionView, deferred: RepeatedDefer, kept: Kept) -> tuple[Step, ...]:
    verb = "locks" if kept.is_lock else "makes" if kept.is_function else "acquires"
    steps = (
        fn.step(kept.acquired, f"each round {verb} {kept.spoken}", StepKind.ACQUIRE),
        fn.step(deferred.op.node, f"and puts its release off until {fn.name} returns", StepKind.RELEASE),
    )
    return steps if deferred.loop is None else (fn.step(deferred.loop, "the loop"), *steps)


def _lock_finding(fn: FunctionView, deferred: RepeatedDefer, kept: Kept) -> Finding:
    message = f"{kept.spoken} is unlocked only when {fn.name} returns, so the second round waits for it for ever"
    mend = f"unlock {kept.spoken} at the end of the round, or make the round a function of its own"
    steps = _steps(fn, deferred, kept)
    return fn.finding(deferred.op.node, message, steps=steps, mend=mend, severity=Severity.ERROR)


def _finding(fn: FunctionView, deferred: RepeatedDefer, kept: Kept) -> Finding:
    endless = is_endless(fn, deferred)
    when = f"{fn.name} returns, which this endless loop may never let it do" if endless else f"{fn.name} returns"
    message = f"{kept.spoken} of every round is {'called' if kept.is_function else 'released'} only when {when}"
    mend = "make the body of the loop a function of its own, so that the deferred call runs each round"
    return fn.finding(
        deferred.op.node, message, steps=_steps(fn, deferred, kept), mend=mend,
        severity=_severity(fn, deferred, kept),
        confidence=None if kept.known else Confidence.MEDIUM,
        resource=kept.known.label if kept.known else "",
    )  # fmt: skip


def _severity(fn: FunctionView, deferred: RepeatedDefer, kept: Kept) -> Severity:
    """A note where the loop ends and so does, by itself or with the process, what it keeps; where nobody says that what
    it keeps is scarce; and where the rounds are retries."""
    if released_each_round(fn, deferred) or _is_retried(fn, deferred):
        return Severity.NOTE
    if is_endless(fn, deferred):
        return Severity.WARNING
    known = (kept.known,) if kept.known else _known_by_type(fn, deferred)
    passing = all(each.severity is Severity.NOTE or fn.is_outdated(each.before_go) for each in known)
    return Severity.NOTE if passing or fn.ends_with_process or _is_of_main(fn) else Severity.WARNING


def _is_of_main(fn: FunctionView) -> bool:
    """Reports whether a function is a literal of main that runs once: what a command line's library calls, say."""
    whole = fn.code.whole
    is_main = whole.decl.name == "main" and fn.setting.package.name == "main" and whole.function.decl.receiver is None
    return is_main and usual_root_of(fn.code, None).often is Often.ONCE


def _is_retried(fn: FunctionView, deferred: RepeatedDefer) -> bool:
    return deferred.loop is not None and is_retried(fn.graph, deferred.loop)


def _known_by_type(fn: FunctionView, deferred: RepeatedDefer) -> tuple[Resource, ...]:
    """What packs say of the type of what is released, where they do not know who made it."""
    fun = ast.unparen(deferred.op.node.call.fun) if isinstance(deferred.op.node.call, ast.Call) else None
    kind = fn.type_of(fun.x) if isinstance(fun, ast.Selector) else None
    kind = kind.elem if isinstance(kind, Pointer) else kind
    return fn.setting.knowledge.resources_of_type(kind.package, kind.name) if isinstance(kind, Named) else ()
