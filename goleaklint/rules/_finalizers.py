"""A call of SetFinalizer or AddCleanup in; the object, what runs for it, and what that does out: for GL501 to GL505."""

from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.calls.scan import is_nil
from goleaklint.flow import ops
from goleaklint.index.symbols import Symbol
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.types.types import Named, Pointer

SET = ("runtime", "SetFinalizer")
ADD = ("runtime", "AddCleanup")

MAX_DEPTH = 5
"""How many calls deep a finalizer is followed."""

MAX_CALLS = 200
"""How many functions are looked into for one finalizer."""


@dataclass(frozen=True, slots=True, eq=False)
class Finalizer:
    """What is to run when an object has become unreachable.

    `runs` is its code, `value` the expression that names it. `object` is the variable that holds the object, and
    `given` the parameter that the finalizer gets it in; a cleanup gets something else.
    """

    call: ast.Call
    runs: Code
    value: ast.Expr
    is_cleanup: bool
    object: Symbol | None
    given: Symbol | None

    @property
    def word(self) -> str:
        return "cleanup" if self.is_cleanup else "finalizer"


def finalizers(fn: FunctionView) -> Iterator[Finalizer]:
    """The finalizers and cleanups that a function sets, those whose code can be read."""
    for _, op in fn.ops(ops.Call):
        call, callee = op.node, fn.callee(op.node)
        if callee not in (SET, ADD) or len(call.args) != (2 if callee == SET else 3):
            continue
        runs = fn.code.function_value(call.args[1])
        if runs is None:
            continue
        params = runs.params
        given = params[0] if params and callee == SET else None
        yield Finalizer(call, runs, ast.unparen(call.args[1]), callee == ADD, object_of(fn.code, call), given)


def is_a_net(fn: FunctionView, finalizer: Finalizer) -> bool:
    """Reports whether a method of the object, such as Close, takes the finalizer away again: only an object that nobody
    closed is finalized then."""
    kind = fn.type_of(finalizer.call.args[0])
    functions = fn.setting.functions
    for whole in functions.in_package(fn.code.whole.scope.package):
        body, text = whole.function.body, whole.function.file.text.data
        if whole.function.decl.receiver is None or text.find(b"SetFinalizer", body.start, body.end) < 0:
            continue
        for code in whole.all_code():
            for _, op in code.graph.ops(ops.Call):
                args = op.node.args
                if (
                    len(args) == 2
                    and is_nil(args[1])
                    and code.callee_name(op.node) == SET
                    and code.type_of(args[0]) == kind
                ):
                    return True
    return False


def object_of(code: Code, call: ast.Call) -> Symbol | None:
    """The local variable that holds the object a finalizer is set on."""
    arg = ast.unparen(call.args[0])
    if isinstance(arg, ast.Unary) and arg.op == "&":
        arg = ast.unparen(arg.x)
    symbol = code.symbol(arg)
    return symbol if symbol is not None and symbol.is_variable else None


def object_type(code: Code, call: ast.Call) -> Named | None:
    """The named type of the object."""
    kind = code.type_of(call.args[0])
    kind = kind.elem if isinstance(kind, Pointer) else kind
    return kind if isinstance(kind, Named) else None


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """An operation that runs within a function: in `code`, reached by the calls of `chain`, outermost first.

    `own` are the variables of `code` that hold the object the chain started with.
    """

    code: Code
    op: ops.Op
    chain: tuple[tuple[Code, ast.Call], ...]
    own: frozenset[Symbol]


def runs(code: Code, own: frozenset[Symbol]) -> Iterator[Run]:
    """The operations that run when a function is called: its own, those of what it defers and of what it calls.

    Goroutines that it starts are left out. Nearest calls come first.
    """
    pending: list[tuple[Code, tuple[tuple[Code, ast.Call], ...], frozenset[Symbol]]] = [(code, (), own)]
    seen: set[Code] = set()
    while pending and len(seen) < MAX_CALLS:
        at, chain, mine = pending.pop(0)
        if at in seen:
            continue
        seen.add(at)
        for block in at.graph.blocks:
            for op in block.ops:
                yield Run(at, op, chain, mine)
                call = ast.unparen(op.node.call) if isinstance(op, ops.Defer) else None
                call = op.node if isinstance(op, ops.Call) else call
                callee = at.callee(call) if isinstance(call, ast.Call) and len(chain) < MAX_DEPTH else None
                if callee is not None and isinstance(call, ast.Call):
                    pending.append((callee, (*chain, (at, call)), _own_in(at, call, callee, mine)))


def _own_in(code: Code, call: ast.Call, callee: Code, own: frozenset[Symbol]) -> frozenset[Symbol]:
    """The variables of a callee that hold the object: parameters that are given it, and what a literal captures."""
    found = {param for param, value in code.arguments(call, callee) if code.symbol(_bare(value)) in own}
    return frozenset(found | set(own)) if callee.outer is code else frozenset(found)


def _bare(value: ast.Expr) -> ast.Expr:
    value = ast.unparen(value)
    while isinstance(value, ast.Unary | ast.Star):
        value = ast.unparen(value.x)
    return value


def is_own(run: Run, expr: ast.Expr) -> bool:
    """Reports whether a place is part of the object itself: reached from its variable through values, not pointers."""
    expr = ast.unparen(expr)
    while isinstance(expr, ast.Selector):
        expr = ast.unparen(expr.x)
        if isinstance(expr, ast.Selector) and isinstance(run.code.core_type(expr), Pointer):
            return False
    return run.code.symbol(_bare(expr)) in run.own
