"""time.After in a loop starts a timer each round, and leaves it running where another case of the select wins.

## Why it leaks
Before Go 1.23 the runtime keeps each timer until it fires. A loop that handles a thousand messages a second beside a
timeout of five minutes keeps three hundred thousand timers with their channels. From 1.23 on (by the `go` line of
go.mod) the collector takes them, and nothing is reported.

## Leaks
```go
package demo

import (
        "errors"
        "time"
)

func handle(messages <-chan string, use func(string)) error {
        for {
                select {
                case message := <-messages:
                        use(message)
                case <-time.After(5 * time.Minute):
                        return errors.New("nobody there")
                }
        }
}
```

## Fixed
```go
package demo

import (
        "errors"
        "time"
)

func handle(messages <-chan string, use func(string)) error {
        idle := time.NewTimer(5 * time.Minute)
        defer idle.Stop()
        for {
                select {
                case message := <-messages:
                        use(message)
                        if !idle.Stop() {
                                <-idle.C
                        }
                        idle.Reset(5 * time.Minute)
                case <-idle.C:
                        return errors.New("nobody there")
                }
        }
}
```

## Not seen
How often the other cases win. A loop that ends with them leaves one timer behind, which is a note if it lasts long.
"""

from collections.abc import Iterator

from goleaklint.flow import ops
from goleaklint.flow.graph import Block, Edge, EdgeKind
from goleaklint.model import Finding, Severity, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._timers import BEFORE, SECOND, is_timer, nanoseconds, received_in
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast

SHORT = SECOND
"""Timers of less than a second do not add up to much, however hot the loop."""

LONG_WAIT = 10 * SECOND
"""One such timer, left behind when the loop ends, is worth a note from here on."""


@rule(
    "GL602",
    "time-after-in-loop",
    severity="warning",
    confidence="high",
    since="0.1",
    words=("time.After(", "time.NewTimer("),
)
def check(fn: FunctionView) -> Iterator[Finding]:
    if fn.is_outdated(BEFORE) or fn.is_for_tests:
        return
    for block, op in fn.ops(ops.Select):
        if not fn.graph.comes_again(block):
            continue
        for clause in op.node.clauses:
            channel = received_in(clause.comm)
            call = is_timer(fn.code, channel) if channel is not None else None
            found = _finding(fn, block, clause, call) if call is not None else None
            if found is not None:
                yield found


def _finding(fn: FunctionView, block: Block, clause: ast.CommClause, call: ast.Call) -> Finding | None:
    others = [
        edge for edge in block.edges if edge.kind in (EdgeKind.CASE, EdgeKind.DEFAULT) and edge.cause is not clause
    ]
    again = [edge for edge in others if block.index in fn.graph.reachable(edge.target)]
    length = nanoseconds(fn.code, call.args[0]) if call.args else None
    if not again and (length is None or length < LONG_WAIT or not others):
        return None
    shown = (again or others)[0]
    when = (
        "each round that another case wins leaves a timer running" if again else "the last round leaves a timer running"
    )
    steps = [fn.step(call, "each round starts a timer", StepKind.ACQUIRE)]
    if isinstance(shown.cause, ast.Node):
        words = "this case wins and the next round begins" if again else "this case wins and the loop ends"
        steps.append(fn.step(shown.cause, words, StepKind.EXIT))
    lasting = "" if length is None else f" of {fn.text(call.args[0])}"
    return fn.finding(
        call,
        f"{when}, which stays until its time{lasting} is over",
        steps=tuple(steps),
        mend="make one timer before the loop, Reset it each round and Stop it at the end",
        severity=_severity(length, again),
    )


def _severity(length: int | None, again: list[Edge]) -> Severity:
    return Severity.NOTE if not again or (length is not None and length < SHORT) else Severity.WARNING
