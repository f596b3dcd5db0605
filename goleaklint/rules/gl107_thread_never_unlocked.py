"""A goroutine locks itself to its thread and goes on without unlocking it on some path.

## Why it leaks
After `runtime.LockOSThread` no other goroutine runs on the thread, and each of the goroutine's own switches costs a
switch of threads. If an early return skips `UnlockOSThread`, the goroutine keeps the thread for as long as it lives; in
a pool of workers, one after the other takes a thread for good. Calls nest: each lock needs an unlock of its own.

## Leaks
```go
package demo

import "runtime"

func inNamespace(enter func() error, work func()) error {
        runtime.LockOSThread()
        if err := enter(); err != nil {
                return err
        }
        work()
        runtime.UnlockOSThread()
        return nil
}
```

## Fixed
```go
package demo

import "runtime"

func inNamespace(enter func() error, work func()) error {
        runtime.LockOSThread()
        defer runtime.UnlockOSThread()
        if err := enter(); err != nil {
                return err
        }
        work()
        return nil
}
```

## Not seen
Functions that never unlock: they lock for their caller, or for good. What a goroutine's own function leaves locked
ends with it, thread and all, which is how threads in a state that cannot be undone are thrown away.
"""

from collections.abc import Iterator

from goleaklint.calls.code import Code
from goleaklint.calls.nodes import EdgeKind
from goleaklint.calls.often import Often, usual_root_of
from goleaklint.flow import ops
from goleaklint.flow.graph import EdgeKind as Way
from goleaklint.flow.paths import Path, Point, find_path
from goleaklint.model import Finding, Severity, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep


@rule("GL107", "thread-never-unlocked", severity="warning", confidence="medium", since="0.1", words=("LockOSThread",))
def check(fn: FunctionView) -> Iterator[Finding]:
    if not _holds_unlock(fn.code) or fn.ends_with_process or fn.is_for_tests or _is_spawned(fn.code):
        return
    for block, op in fn.ops(ops.Call):
        if fn.callee(op.node) != ("runtime", "LockOSThread"):
            continue
        start = Point(block.index, block.ops.index(op) + 1)
        exits = frozenset((fn.graph.returned,))
        answer = find_path(fn.graph, fn.tracker, start, exits=exits, avoiding=lambda each: _unlocks(fn.code, each))
        if answer.path is not None and not _unlocked_before(fn, block.index, op):
            yield _finding(fn, op.node, answer.path)


def _finding(fn: FunctionView, node: ast.Call, path: Path) -> Finding:
    once = usual_root_of(fn.code, node).often is Often.ONCE
    steps = [fn.step(node, "the goroutine is locked to its thread", StepKind.ACQUIRE)]
    for edge in path.branches:
        if isinstance(edge.cause, ast.Expr) and edge.kind in (Way.TRUE, Way.FALSE):
            steps.append(fn.step(edge.cause, f"{fn.text(edge.cause)} is {edge.kind.value}", StepKind.BRANCH))
    return fn.finding(
        node, f"the goroutine stays locked to its thread on a path on which {fn.name} returns without UnlockOSThread",
        steps=tuple(steps), mend="defer runtime.UnlockOSThread right after the lock",
        severity=Severity.NOTE if once else None,
    )  # fmt: skip


def _unlocks(code: Code, op: ops.Op) -> bool:
    """Reports whether an operation unlocks the thread, now or at the exit, or hands that on."""
    match op:
        case ops.Call(node=call):
            return _mentions(code, call)
        case ops.Defer(node=node):
            return any(_mentions(code, each) for each in deep(node.call))
        case ops.Assign(right=right):
            return any(_mentions(code, each) for value in right for each in deep(value))
        case ops.Return(node=node):
            return any(_mentions(code, each) for value in node.results for each in deep(value))
        case _:
            return False


def _mentions(code: Code, expr: ast.Expr) -> bool:
    match expr:
        case ast.Selector(name=ast.Ident(name="UnlockOSThread")):
            return True
        case ast.Call(fun=fun):
            callee = code.callee(expr)
            return _mentions(code, ast.unparen(fun)) or (callee is not None and _holds_unlock(callee))
        case _:
            return False


def _holds_unlock(code: Code) -> bool:
    return b"UnlockOSThread" in code.source.data[code.block.start : code.block.end]


def _unlocked_before(fn: FunctionView, block: int, lock: ops.Call) -> bool:
    """Reports whether the unlock is deferred before the lock."""
    return any(
        _unlocks(fn.code, op) and op.node.start < lock.node.start and block in fn.graph.reachable(at.index)
        for at, op in fn.ops(ops.Defer)
    )


def _is_spawned(code: Code) -> bool:
    """Reports whether a function is what a goroutine runs, and nothing else calls it."""
    if isinstance(code.node, ast.FuncLit):
        outer = code.outer
        goes = () if outer is None else outer.graph.ops(ops.Go)
        return any(isinstance(op.node.call, ast.Call) and ast.unparen(op.node.call.fun) is code.node for _, op in goes)
    sites = code.whole.functions.callers(code.whole.decl)
    return bool(sites) and all(site.kind is EdgeKind.GO for site in sites)
