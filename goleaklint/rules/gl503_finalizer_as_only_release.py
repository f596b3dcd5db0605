"""The only thing that gives a resource back is a finalizer or cleanup: the object has no Close.

## Why it leaks
Finalizers and cleanups run some time after a garbage collection that finds the object unreachable, which a program
with little garbage may put off for minutes, and not at all when it exits. Descriptors, mappings, locks and memory of C
code weigh nothing on Go's heap, so nothing hurries the collector while they run out. They are a net below an explicit
Close, no replacement for it.

## Leaks
```go
package demo

import (
        "os"
        "runtime"
)

type Segment struct{ file *os.File }

func OpenSegment(f *os.File) *Segment {
        s := &Segment{file: f}
        runtime.SetFinalizer(s, func(s *Segment) { s.file.Close() })
        return s
}
```

## Fixed
```go
package demo

import (
        "os"
        "runtime"
)

type Segment struct {
        file *os.File
        net  runtime.Cleanup
}

func OpenSegment(f *os.File) *Segment {
        s := &Segment{file: f}
        s.net = runtime.AddCleanup(s, func(f *os.File) { f.Close() }, f)
        return s
}

func (s *Segment) Close() error {
        s.net.Stop()
        return s.file.Close()
}
```

## Not seen
Releases that cannot be told by their name, such as Close, Free, Munmap or C.x_destroy. A package in which some other
function makes the same release is taken to have its Close.
"""

from collections.abc import Iterator

from goleaklint.calls.code import Code
from goleaklint.calls.mentions import functions_with
from goleaklint.flow import ops
from goleaklint.model import Finding, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._finalizers import Finalizer, Run, finalizers, object_type, runs
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions

RELEASES = frozenset(
    "close free release munmap unmap unmapviewoffile destroy dispose shutdown closehandle removeall unlink".split()
)
C_RELEASES = ("free", "destroy", "close", "release", "unref", "delete", "fini", "cleanup")


@rule(
    "GL503", "finalizer-as-only-release", severity="warning", confidence="medium", since="0.1",
    words=("SetFinalizer", "AddCleanup"),
)  # fmt: skip
def check(fn: FunctionView) -> Iterator[Finding]:
    for finalizer in finalizers(fn):
        owner = object_type(fn.code, finalizer.call)
        if owner is None:
            continue
        found = [(run, call) for run in runs(finalizer.runs, frozenset()) if (call := _release(run)) is not None]
        if found and not any(_is_made_elsewhere(fn, finalizer, run, call) for run, call in found):
            run, call = found[0]
            at = Step(run.code.source.span(call.start, call.end), "the only release is here", StepKind.RELEASE)
            message = (
                f"nothing but the {finalizer.word} gives back what {owner.name} holds, and it may run late or never"
            )
            mend = f"give {owner.name} a Close that makes this release, and keep runtime.AddCleanup as a net"
            yield fn.finding(finalizer.call, message, steps=(at,), mend=mend)


def _release(run: Run) -> ast.Call | None:
    """The call that an operation is, if its name says that it gives something back."""
    node = ast.unparen(run.op.node.call) if isinstance(run.op, ops.Defer) else None
    node = run.op.node if isinstance(run.op, ops.Call) else node
    if not isinstance(node, ast.Call) or run.code.callee(node) is not None:
        return None
    name = _name(node).lower()
    if name in RELEASES and not _is_builtin(node):
        return node
    callee = run.code.callee_name(node)
    return node if callee is not None and callee[0] == "C" and any(word in name for word in C_RELEASES) else None


def _name(call: ast.Call) -> str:
    fun = ast.unparen(call.fun)
    return fun.name.name if isinstance(fun, ast.Selector) else fun.name if isinstance(fun, ast.Ident) else ""


def _is_builtin(call: ast.Call) -> bool:
    """Reports whether it is the builtin `close`: a closed channel is no resource."""
    return isinstance(ast.unparen(call.fun), ast.Ident)


def _is_made_elsewhere(fn: FunctionView, finalizer: Finalizer, run: Run, call: ast.Call) -> bool:
    """Reports whether users can have the release made without the finalizer, as far as names tell."""
    way = [finalizer.runs, *(code for code, _ in run.chain), run.code]
    if any(_is_called_otherwise(code, way, fn.code) for code in way if code.outer is None):
        return True
    functions, home = fn.setting.functions, fn.code.whole.scope.package
    own = {code.whole for code in way} | {fn.code.whole}
    return any(
        other not in own and any(_calls(code, call) for code in other.all_code())
        for other in functions_with(functions, home, _name(call))
    )


def _is_called_otherwise(code: Code, way: list[Code], setter: Code) -> bool:
    """Reports whether a function on the way to the release is exported, or called by others than its finalizer."""
    decl = code.whole.decl
    if decl is setter.whole.decl:
        return False
    if decl.name[:1].isupper():
        return True
    callers = code.whole.functions.callers(decl)
    return any(site.call and site.code not in way and site.code.whole is not setter.whole for site in callers)


def _calls(code: Code, call: ast.Call) -> bool:
    """Reports whether a function calls something of the same name."""
    found = (expr for expr in deep_expressions(code.block.stmts) if isinstance(expr, ast.Call))
    return any(_name(each) == _name(call) and not _is_builtin(each) for each in found)
