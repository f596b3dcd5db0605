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
round. Loops of at most 32 rounds, by a constant or a literal list, are left out.
"""

from collections.abc import Iterator

from goleaklint.flow.loops import RepeatedDefer, Rounds, repeated_defers
from goleaklint.model import Confidence, Finding, Severity, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._kept import Kept, kept_each_round, piles_up, released_each_round
from goleaklint.rules._view import FunctionView


@rule("GL418", "release-deferred-in-loop", severity="warning", confidence="high", since="0.1", words=("defer",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for deferred in repeated_defers(fn.graph):
        kept = kept_each_round(fn, deferred)
        if kept is None or not piles_up(fn, deferred):
            continue
        if kept.is_lock:
            yield _lock_finding(fn, deferred, kept)
        elif deferred.rounds is not Rounds.FEW:
            yield _finding(fn, deferred, kept)


def _steps(fn: FunctionView, deferred: RepeatedDefer, kept: Kept) -> tuple[Step, ...]:
    verb = "locks" if kept.is_lock else "makes" if kept.is_function else "acquires"
    steps = (
        fn.step(kept.acquired, f"each round {verb} {kept.name}", StepKind.ACQUIRE),
        fn.step(deferred.op.node, f"and puts its release off until {fn.name} returns", StepKind.RELEASE),
    )
    return steps if deferred.loop is None else (fn.step(deferred.loop, "the loop"), *steps)


def _lock_finding(fn: FunctionView, deferred: RepeatedDefer, kept: Kept) -> Finding:
    message = f"{kept.name} is unlocked only when {fn.name} returns, so the second round waits for it for ever"
    mend = f"unlock {kept.name} at the end of the round, or make the round a function of its own"
    steps = _steps(fn, deferred, kept)
    return fn.finding(deferred.op.node, message, steps=steps, mend=mend, severity=Severity.ERROR)


def _finding(fn: FunctionView, deferred: RepeatedDefer, kept: Kept) -> Finding:
    endless = deferred.rounds is Rounds.ENDLESS
    when = f"{fn.name} returns, which this endless loop may never let it do" if endless else f"{fn.name} returns"
    message = f"{kept.name} of every round is {'called' if kept.is_function else 'released'} only when {when}"
    mend = "make the body of the loop a function of its own, so that the deferred call runs each round"
    return fn.finding(
        deferred.op.node, message, steps=_steps(fn, deferred, kept), mend=mend,
        severity=_severity(fn, deferred, kept),
        confidence=None if kept.known else Confidence.MEDIUM,
        resource=kept.known.label if kept.known else "",
    )  # fmt: skip


def _severity(fn: FunctionView, deferred: RepeatedDefer, kept: Kept) -> Severity:
    """A note where the loop ends and so does, by itself or with the process, what it keeps."""
    if released_each_round(fn, deferred):
        return Severity.NOTE
    if deferred.rounds is Rounds.ENDLESS:
        return Severity.WARNING
    passing = kept.known is not None and (kept.known.severity is Severity.NOTE or fn.is_outdated(kept.known.before_go))
    return Severity.NOTE if passing or fn.ends_with_process else Severity.WARNING
