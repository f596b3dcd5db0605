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
Loops over a collection, and those that count, are notes, since they end: `--pedantic` shows them. A range over a
channel is told from one over a collection only where the channel is made or declared in the same function.
"""

from collections.abc import Iterator

from goleaklint.flow import ops
from goleaklint.flow.loops import RepeatedDefer, Rounds, repeated_defers
from goleaklint.index.symbols import SymbolKind
from goleaklint.model import Finding, Severity, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._kept import piles_up, released_each_round
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast

HOW_OFTEN = {
    Rounds.COUNTED: "a round for every item",
    Rounds.CONDITION: "as many rounds as its condition lets",
    Rounds.ENDLESS: "a loop without end",
}


@rule("GL704", "defer-in-loop", severity="warning", confidence="high", since="0.1", words=("defer",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for deferred in repeated_defers(fn.graph):
        often = deferred.rounds
        if isinstance(deferred.loop, ast.Range) and _is_channel(fn, deferred.loop.x):
            often = Rounds.ENDLESS
        if often is not Rounds.FEW and piles_up(fn, deferred):
            yield _finding(fn, deferred, often)


def _finding(fn: FunctionView, deferred: RepeatedDefer, often: Rounds) -> Finding:
    steps: tuple[Step, ...] = (fn.step(deferred.op.node, f"runs only when {fn.name} returns", StepKind.RELEASE),)
    if deferred.loop is not None:
        steps = (fn.step(deferred.loop, HOW_OFTEN[often]), *steps)
    mend = "make the body of the loop a function of its own, or call it at the end of each round"
    message = f"each round defers one more call, and none runs before {fn.name} returns"
    if often is Rounds.ENDLESS and not released_each_round(fn, deferred):
        message = f"each round defers one more call, and {fn.name} may never return to run them"
        return fn.finding(deferred.op.node, message, steps=steps, mend=mend)
    return fn.finding(deferred.op.node, message, steps=steps, mend=mend, severity=Severity.NOTE)


def _is_channel(fn: FunctionView, x: ast.Expr) -> bool:
    """Reports whether the function itself shows that `x` is a channel: a parameter so declared, or made by it."""
    symbol = fn.symbol(x)
    if symbol is None or not symbol.is_variable:
        return False
    if symbol.kind is SymbolKind.PARAM:
        kind = fn.function.decl.type if isinstance(fn.node, ast.FuncBody) else fn.node.type
        return any(
            isinstance(ast.unparen(field.type), ast.ChanType)
            for field in kind.params
            if any(name.start == symbol.start for name in field.names)
        )
    return _made_as_channel(fn, symbol.start)


def _made_as_channel(fn: FunctionView, declared: int) -> bool:
    for _, assign in fn.ops(ops.Assign):
        for target, value in zip(assign.left, assign.right, strict=False):
            if target.start == declared:
                match ast.unparen(value):
                    case ast.Call(fun=ast.Ident(name="make"), args=(ast.ChanType(), *_)):
                        return True
    return False
