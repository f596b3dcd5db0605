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

from goleaklint.flow.loops import RepeatedDefer, Rounds, repeated_defers, rounds
from goleaklint.model import Confidence, Finding, Severity, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._kept import Kept, kept_each_round
from goleaklint.rules._view import FunctionView


@rule("GL418", "release-deferred-in-loop", severity="warning", confidence="high", since="0.1", words=("defer",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for deferred in repeated_defers(fn.graph):
        kept = kept_each_round(fn, deferred)
        if kept is not None and (kept.is_lock or rounds(deferred.loop) is not Rounds.FEW):
            yield _finding(fn, deferred, kept)


def _finding(fn: FunctionView, deferred: RepeatedDefer, kept: Kept) -> Finding:
    loop = deferred.loop
    if loop is None:
        raise AssertionError("what a round keeps is only asked of loop statements")
    endless = rounds(loop) is Rounds.ENDLESS
    release = fn.text(deferred.op.node.call)
    steps = (
        fn.step(loop, "each round of this loop", StepKind.OTHER),
        fn.step(
            kept.acquired,
            f"{'locks' if kept.is_lock else 'makes' if kept.is_function else 'acquires'} {kept.name}",
            StepKind.ACQUIRE,
        ),
        fn.step(deferred.op.node, f"and puts its release off until {fn.name} returns", StepKind.RELEASE),
    )
    if kept.is_lock:
        message = f"{kept.name} is unlocked only when {fn.name} returns, so the second round waits for it for ever"
        mend = f"unlock {kept.name} at the end of the round, or make the round a function of its own"
        return fn.finding(deferred.op.node, message, steps=steps, mend=mend, severity=Severity.ERROR)
    when = f"{fn.name} returns, which this endless loop may never let it do" if endless else f"{fn.name} returns"
    message = f"{kept.name} of every round is {'called' if kept.is_function else 'released'} only when {when}"
    mend = f"make the body of the loop a function of its own, so that {_short(release)} runs each round"
    return fn.finding(
        deferred.op.node, message, steps=steps, mend=mend, resource=kept.known,
        severity=Severity.NOTE if fn.ends_with_process and not endless else None,
        confidence=None if kept.known else Confidence.MEDIUM,
    )  # fmt: skip


def _short(call: str) -> str:
    return call if call.isascii() and "{" not in call else "the deferred call"
