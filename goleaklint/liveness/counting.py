"""A function in; the goroutines that it starts and that count themselves in a wait group, out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.places import Place, place_of
from goleaklint.liveness.admission import is_admitted, is_awaited_at_the_end
from goleaklint.liveness.objects import Where
from goleaklint.liveness.world import place
from goleaklint.model import Finding
from goleaklint.syntax import ast


@dataclass(frozen=True, slots=True)
class Counted:
    """A goroutine that `start` starts and that calls Add, at `add`, of the group that it tells when it is done.

    `at_the_end`: who waits for the group does so only as all ends.
    """

    group: str
    start: ast.Go
    add: Where
    at_the_end: bool

    def at(self, finding: Finding) -> Finding:
        """The finding, at the Add."""
        return replace(finding, span=self.add.span, package=self.add.package, function=self.add.function)


def counted_by_themselves(code: Code) -> Iterator[Counted]:
    """The goroutines that a function starts and that count themselves.

    One that is counted before it starts may count others: nothing is said where the function around it counts, too.
    """
    for _, op in code.graph.ops(ops.Go):
        call = ast.unparen(op.node.call)
        started = code.callee(call) if isinstance(call, ast.Call) and _may_count(code, call) else None
        if started is None or not isinstance(call, ast.Call) or started is code:
            continue
        outside = set(_groups(code, "Add")) | set(_groups(code, "Go"))
        for group, add in _own_counts(started):
            there = _outside(code, call, started, group)
            if there is None or there in outside or _is_counted_around(code, there):
                continue
            if not is_admitted(started, add):
                late = is_awaited_at_the_end(started, add)
                yield Counted(started.text(_receiver(add)), op.node, place(started, add), late)


def _may_count(code: Code, call: ast.Call) -> bool:
    """Reports whether it is worth reading what a goroutine runs: a literal, or something that has a wait group."""
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.FuncLit):
        return b".Add(" in code.source.data[fun.start : fun.end]
    return True


def _own_counts(code: Code) -> Iterator[tuple[Place, ast.Call]]:
    """The groups of which a goroutine calls Add and Done itself, with the Add."""
    done = set(_groups(code, "Done"))
    if done:
        for _, op in code.graph.ops(ops.Go):
            inner = code.callee(op.node.call) if isinstance(op.node.call, ast.Call) else None
            if inner is not None and inner.whole is code.whole:
                done -= set(_groups(inner, "Done"))  # the Add counts that goroutine
        yield from ((group, add) for group, add in _calls(code, "Add") if group in done and _is_up(add))


def _is_up(add: ast.Call) -> bool:
    return bool(add.args) and not (isinstance(add.args[0], ast.Unary) and add.args[0].op == "-")


def _groups(code: Code, method: str) -> Iterator[Place]:
    return (group for group, _ in _calls(code, method))


def _calls(code: Code, method: str) -> Iterator[tuple[Place, ast.Call]]:
    """The calls of a method of wait groups that a function makes itself, now or when it ends."""
    deferred = (ast.unparen(op.node.call) for _, op in code.graph.ops(ops.Defer))
    for call in (*(op.node for _, op in code.graph.ops(ops.Call)), *deferred):
        if not isinstance(call, ast.Call) or not isinstance(fun := ast.unparen(call.fun), ast.Selector):
            continue
        if fun.name.name == method and code.callee_name(call) == ("sync", f"(*WaitGroup).{method}"):
            group = place_of(code.names, fun.x)
            if group is not None:
                yield group, call


def _receiver(call: ast.Call) -> ast.Expr:
    fun = ast.unparen(call.fun)
    return fun.x if isinstance(fun, ast.Selector) else fun


def _outside(code: Code, call: ast.Call, started: Code, group: Place) -> Place | None:
    """The group as the function names it that starts the goroutine; None if it is not there, too."""
    if started.whole is code.whole and group.symbol not in started.params:
        is_inside = started.node.start <= group.symbol.start < started.node.end
        return None if is_inside else group
    for param, expr in code.arguments(call, started):
        if param is group.symbol:
            if isinstance(expr, ast.Unary) and expr.op == "&":
                expr = expr.x
            there = place_of(code.names, expr)
            return None if there is None else Place(there.symbol, (*there.fields, *group.fields))
    return None


def _is_counted_around(code: Code, group: Place) -> bool:
    """Reports whether a function around a literal counts up the group: the goroutine may be counted there already."""
    around = code.outer
    while around is not None:
        if group in set(_groups(around, "Add")):
            return True
        around = around.outer
    return False
