"""A ticker or timer is not stopped on some way out of the function that started it.

## Why it leaks
Before Go 1.23 the runtime keeps a running timer, whoever else has forgotten it: a ticker ticks for the life of the
process, a timer stays until it fires. One per request or connection adds up to thousands, and each costs time whenever
the runtime looks for the next one that is due. From 1.23 on (by the `go` line of go.mod) the collector takes them, and
nothing is reported. The function given to `time.AfterFunc` is kept until it has run, with every version.

## Leaks
```go
package demo

import "time"

func poll(done <-chan struct{}, update func()) {
        ticker := time.NewTicker(time.Second)
        for {
                select {
                case <-ticker.C:
                        update()
                case <-done:
                        return
                }
        }
}
```

## Fixed
```go
package demo

import "time"

func poll(done <-chan struct{}, update func()) {
        ticker := time.NewTicker(time.Second)
        defer ticker.Stop()
        for {
                select {
                case <-ticker.C:
                        update()
                case <-done:
                        return
                }
        }
}
```

## Not seen
The program that a library becomes part of may be built for a newer Go. `AfterFunc` is only looked at where the function
stops the timer on another way: mostly its function is meant to run.
"""

from collections.abc import Iterator
from dataclasses import replace

from goleaklint.flow import ops
from goleaklint.flow.graph import Block, EdgeKind, Graph
from goleaklint.knowledge.pack import Until
from goleaklint.model import Finding, Severity, StepKind
from goleaklint.ownership.engine import Leak
from goleaklint.rules._api import rule
from goleaklint.rules._leaks import finding_of, leaks
from goleaklint.rules._timers import BEFORE, LONG, nanoseconds, runs_on
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast


@rule(
    "GL601",
    "timer-not-stopped",
    severity="warning",
    confidence="high",
    since="0.1",
    words=("time.Tick(",),
    resources=True,
)
def check(fn: FunctionView) -> Iterator[Finding]:
    if fn.is_for_tests:
        return
    for leak in leaks(fn):
        if leak.acquisition.resource.rule == "GL601" and _is_running(fn, leak):
            yield _finding(fn, leak)
    if not fn.is_outdated(BEFORE):
        yield from _ticks(fn)


def _finding(fn: FunctionView, leak: Leak) -> Finding:
    found = finding_of(fn, leak)
    call = leak.acquisition.call
    if _is_ticker(leak) or found.severity is not Severity.NOTE or not call.args:
        return found
    length = nanoseconds(fn.code, call.args[0])
    lasts = length is not None and length >= LONG
    return replace(found, severity=Severity.WARNING) if lasts and not fn.ends_with_process else found


def _is_running(fn: FunctionView, leak: Leak) -> bool:
    """Reports whether somebody means to stop the timer, and there is a way on which it has not fired either."""
    held = leak.acquisition.state
    names = [symbol.name for symbol, field in held.names if not field] if held is not None else []
    if fn.callee(leak.acquisition.call) == ("time", "AfterFunc") and not any(_is_stopped(fn, name) for name in names):
        return False
    if _is_ticker(leak) or not leak.endings:
        return True
    start = leak.acquisition.block
    return all(runs_on(fn.code, start, name) and not _is_received(fn, name) for name in names)


def _is_ticker(leak: Leak) -> bool:
    return leak.acquisition.resource.before_go == BEFORE and leak.acquisition.resource.until is not Until.DEADLINE


def _is_stopped(fn: FunctionView, name: str) -> bool:
    return any(fn.text(op.node.fun) == f"{name}.Stop" for _, op in fn.ops(ops.Call))


def _is_received(fn: FunctionView, name: str) -> bool:
    """Reports whether the function waits until the timer fires, whatever else happens."""
    return any(fn.text(op.node.x) == f"{name}.C" for _, op in fn.ops(ops.Receive))


def _ticks(fn: FunctionView) -> Iterator[Finding]:
    """Calls of time.Tick in functions that return: nobody can stop that ticker."""
    for block, op in fn.ops(ops.Call):
        if fn.callee(op.node) != ("time", "Tick") or fn.ends_with_process:
            continue
        if _comes_out(fn.graph, block, op.node):
            yield fn.finding(
                op.node,
                f"the ticker of time.Tick can never be stopped, so it ticks on when {fn.name} has returned",
                steps=(fn.step(op.node, "starts a ticker", StepKind.ACQUIRE),),
                mend="use time.NewTicker and defer its Stop",
            )


def _comes_out(graph: Graph, block: Block, channel: ast.Call) -> bool:
    """Reports whether the function returns once the ticker runs. A loop over its channel is only left by a statement:
    nobody closes that channel."""
    after = [
        edge.target
        for each in graph.blocks
        if each.index in graph.reachable(block.index) and _ranges_over(each, channel)
        for edge in each.edges
        if edge.kind is not EdgeKind.DONE
    ]
    loops = [each.index for each in graph.blocks if _ranges_over(each, channel)]
    if not after:
        return graph.returned in graph.reachable(block.index)
    seen = set(loops)
    pending = after
    while pending:
        at = pending.pop()
        if at not in seen:
            seen.add(at)
            pending += (edge.target for edge in graph.blocks[at].edges)
    return graph.returned in seen


def _ranges_over(block: Block, channel: ast.Call) -> bool:
    return any(isinstance(op, ops.Range) and ast.unparen(op.node.x) is channel for op in block.ops)
