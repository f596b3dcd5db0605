"""A function that takes objects from pools in; the ways on which a Put is skipped or runs in a panic out: for GL301."""

from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.calls.summary import Use
from goleaklint.flow import ops
from goleaklint.flow.graph import Block
from goleaklint.flow.paths import Point, find_path
from goleaklint.index.symbols import Symbol
from goleaklint.rules._pools import Returned, deferred_put, holder, may_help, pool_call, returned_by
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions
from goleaklint.types.members import Member
from goleaklint.types.types import Func

KEEPING = frozenset((Use.STORED, Use.SENT, Use.SPAWNED, Use.KEPT, Use.RETURNED))


@dataclass(frozen=True, slots=True, eq=False)
class Risky:
    """A call that may panic, and why in words."""

    node: ast.Call
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Skipped:
    """A Get whose object is not put back on the ways to `exits`, returns or panics, though on others it is."""

    call: ast.Call
    symbol: Symbol
    exits: tuple[ast.Node, ...]
    panics: bool


def taken_here(code: Code, symbol: Symbol) -> ast.Call | None:
    """The one call that takes a variable's object from a pool, itself or as a helper does."""
    found = [call for call, holds in _taken(code) if holds is symbol]
    return found[0] if len(found) == 1 else None


def _taken(code: Code) -> Iterator[tuple[ast.Call, Symbol]]:
    for _, op in code.graph.ops(ops.Assign):
        for target, value in zip(op.left, op.right, strict=False):
            call = _get_in(code, value)
            symbol = code.symbol(target)
            if call is not None and symbol is not None and symbol.is_variable:
                yield call, symbol


def _get_in(code: Code, value: ast.Expr) -> ast.Call | None:
    value = ast.unparen(value)
    while isinstance(value, ast.TypeAssert | ast.Star | ast.Slice):
        value = ast.unparen(value.x)
    if not isinstance(value, ast.Call):
        return None
    found = pool_call(code, value)
    if found is not None:
        return None if found.is_put else value
    callee = code.callee(value)
    if callee is None:
        return None
    inner = (pool_call(callee, op.node) for _, op in callee.graph.ops(ops.Call))
    return value if any(each is not None and not each.is_put for each in inner) else None


def foreign_call_after(code: Code, block: Block, deferred: ops.Defer, put: Returned) -> Risky | None:
    """The first call after a deferred Put that is given the object or uses it, and may panic."""
    start = Point(block.index, block.ops.index(deferred) + 1)
    answer = find_path(
        code.graph, code.tracker, start, exits=frozenset(), to=lambda op: _risk(code, op, put.symbol) is not None
    )
    reached = answer.path.reached if answer.path is not None else None
    return _risk(code, reached, put.symbol) if reached is not None else None


def _risk(code: Code, op: ops.Op, symbol: Symbol) -> Risky | None:
    if not isinstance(op, ops.Call) or returned_by(code, op.node) is not None:
        return None
    call = op.node
    if not any(isinstance(part, ast.Ident) and code.symbol(part) is symbol for part in expressions(call)):
        return None
    fun = ast.unparen(call.fun)
    found = code.types.callee(call)
    if isinstance(found, Member) and found.in_interface:
        return Risky(call, "this runs whatever is behind the interface")
    if isinstance(code.core_type(fun), Func) and found is None and not code.types.is_type(fun):
        is_value = (fun_symbol := code.symbol(fun)) is not None and fun_symbol.is_variable
        return Risky(call, "this runs a function that is not known here") if is_value else None
    summary = code.known(call).summary
    return Risky(call, "this panics on some ways") if summary is not None and summary.panics else None


# --- the other half


def put_skipped(code: Code) -> Iterator[Skipped]:
    """The objects that a function puts back itself, not deferred, but not on every way."""
    deferred = {put.symbol for _, op in code.graph.ops(ops.Defer) if (put := deferred_put(code, op)) is not None}
    puts = {op: put for _, op in code.graph.ops(ops.Call) if (put := returned_by(code, op.node)) is not None}
    symbols = {put.symbol for put in puts.values()} - deferred
    if not symbols:
        return
    for call, symbol in _taken(code):
        start = _after(code, call) if symbol in symbols else None
        if start is not None:
            returns = tuple(_exits(code, start, symbol, ops.Return))
            panics = () if returns else tuple(_exits(code, start, symbol, ops.Call))
            if returns or panics:
                yield Skipped(call, symbol, returns or panics, bool(panics))


def _after(code: Code, call: ast.Call) -> Point | None:
    """The point behind the assignment of a call's result."""
    for block, op in code.graph.ops(ops.Assign):
        if any(call in set(expressions(value)) for value in op.right):
            return Point(block.index, block.ops.index(op) + 1)
    return None


def _exits(code: Code, start: Point, symbol: Symbol, kind: type[ops.Return | ops.Call]) -> Iterator[ast.Node]:
    """The returns, or calls of panic, that a path comes to with the object still in hand."""
    for _, op in code.graph.ops(kind):
        if isinstance(op, ops.Call) and not _is_panic(op.node):
            continue
        answer = find_path(
            code.graph, code.tracker, start, exits=frozenset(), to=lambda each, op=op: each is op,  # type: ignore[misc]
            avoiding=lambda each: _hands_over(code, each, symbol),
        )  # fmt: skip
        if answer.path is not None and not _hands_over(code, op, symbol):
            yield op.node


def _is_panic(call: ast.Call) -> bool:
    fun = ast.unparen(call.fun)
    return isinstance(fun, ast.Ident) and fun.name == "panic"


def _hands_over(code: Code, op: ops.Op, symbol: Symbol) -> bool:
    """Reports whether an operation puts the object back or gives it to someone who may."""
    match op:
        case ops.Call(node=call):
            put = returned_by(code, call)
            if put is not None and put.symbol is symbol:
                return True
            return _given(code, call.args, symbol) and (may_help(call) or _keeps(code, call))
        case ops.Return(node=node):
            return _given(code, node.results, symbol)
        case ops.Send(node=node):
            return _given(code, (node.value,), symbol)
        case ops.Go(node=node) | ops.Defer(node=node):
            return any(isinstance(part, ast.FuncLit) for part in expressions(node.call)) or _given(
                code, (node.call,), symbol
            )
        case ops.Closure():
            return True
        case ops.Assign(left=left, right=right):
            return _stored(code, right, symbol) or any(code.symbol(target) is symbol for target in left)
        case _:
            return False


def _keeps(code: Code, call: ast.Call) -> bool:
    """Reports whether a function under analysis keeps an argument. Others are taken to borrow: the object, which is put
    back on other ways, would not be the caller's to put back."""
    summary = code.known(call).summary
    return summary is not None and any(use in KEEPING for param in summary.params for use in param.uses)


def _given(code: Code, values: tuple[ast.Expr, ...], symbol: Symbol) -> bool:
    """Reports whether the object, or a part of it, is among the values or in them."""
    return any(holder(code, part, follow=0) is symbol for value in values for part in expressions(value))


def _stored(code: Code, values: tuple[ast.Expr, ...], symbol: Symbol) -> bool:
    """Reports whether a variable or place comes to hold the object; the results of calls are something else."""
    plain = (value for value in values if not isinstance(ast.unparen(value), ast.Call | ast.Index | ast.Binary))
    return _given(code, tuple(plain), symbol)
