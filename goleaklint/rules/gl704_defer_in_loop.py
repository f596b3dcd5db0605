"""Deferred calls pile up in a loop that goes on for long, or for ever.

## Why it leaks
Each `defer` puts a record on the function's list of deferred calls, with its arguments and all that its closure
captures. The list is only worked off when the function returns. In a loop that goes on as long as the process does,
such as one that accepts connections or reads messages, the list grows until memory is gone and none of the calls ever
runs; in a loop that ends, they all run at once at the end, not where they were written.

## Leaks
```go
package demo

import "log"

func serve(jobs <-chan func() error) {
        for {
                job := <-jobs
                defer log.Println("job done")
                if err := job(); err != nil {
                        log.Println(err)
                }
        }
}
```

## Fixed
```go
package demo

import "log"

func serve(jobs <-chan func() error) {
        for {
                job := <-jobs
                run(job)
        }
}

func run(job func() error) {
        defer log.Println("job done")
        if err := job(); err != nil {
                log.Println(err)
        }
}
```

## Not seen
Loops over a collection, and those that count, are notes, since they end: `--pedantic` shows them. So are those of a
console, which go on as long as a person types.
"""

from collections.abc import Iterator

from goleaklint.flow.loops import RepeatedDefer, Rounds, is_retried
from goleaklint.model import Finding, Severity, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._kept import is_endless, piles_up, released_each_round, repeated
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions
from goleaklint.types.types import Chan

HOW_OFTEN = {
    Rounds.COUNTED: "a round for every item",
    Rounds.CONDITION: "as many rounds as its condition lets",
    Rounds.ENDLESS: "a loop without end",
}


@rule("GL704", "defer-in-loop", severity="warning", confidence="high", since="0.1", words=("defer",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for deferred in repeated(fn):
        often = deferred.rounds
        if isinstance(deferred.loop, ast.Range) and _is_channel(fn, deferred.loop.x):
            often = Rounds.ENDLESS
        elif often is Rounds.ENDLESS and not is_endless(fn, deferred):
            often = Rounds.CONDITION
        if often is not Rounds.FEW and piles_up(fn, deferred):
            yield _finding(fn, deferred, often)


def _finding(fn: FunctionView, deferred: RepeatedDefer, often: Rounds) -> Finding:
    steps: tuple[Step, ...] = (fn.step(deferred.op.node, f"runs only when {fn.name} returns", StepKind.RELEASE),)
    if deferred.loop is not None:
        steps = (fn.step(deferred.loop, HOW_OFTEN[often]), *steps)
    mend = "make the body of the loop a function of its own, or call it at the end of each round"
    message = f"each round defers one more call, and none runs before {fn.name} returns"
    serves = often is Rounds.ENDLESS and not (deferred.loop and is_retried(fn.graph, deferred.loop))
    if serves and not _is_console(fn) and not released_each_round(fn, deferred):
        message = f"each round defers one more call, and {fn.name} may never return to run them"
        return fn.finding(deferred.op.node, message, steps=steps, mend=mend)
    return fn.finding(deferred.op.node, message, steps=steps, mend=mend, severity=Severity.NOTE)


def _is_console(fn: FunctionView) -> bool:
    """Reports whether a function reads what a person types."""
    return any(
        isinstance(each, ast.Selector)
        and each.name.name == "Stdin"
        and isinstance(each.x, ast.Ident)
        and fn.types.env.import_path(each.x) == "os"
        for each in all_expressions(fn.code.block.stmts)
    )


def _is_channel(fn: FunctionView, x: ast.Expr) -> bool:
    return isinstance(fn.core_type(x), Chan)
