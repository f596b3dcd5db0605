"""A function in; which of its variables' objects point at which others out: for GL504."""

from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions
from goleaklint.types.members import Member
from goleaklint.types.types import Basic


@dataclass(frozen=True, slots=True, eq=False)
class Pointing:
    """The object in `source` comes to point at the one in `target`, at `node`, which may be a call that does so."""

    source: Symbol
    target: Symbol
    node: ast.Node


def cycle_through(code: Code, symbol: Symbol) -> tuple[Pointing, ...]:
    """The shortest way by which the object in a variable points at itself; empty if it does not."""
    links = list(_pointings(code))
    pending: list[tuple[Pointing, ...]] = [(each,) for each in links if each.source is symbol]
    seen: set[Symbol] = set()
    while pending:
        way = pending.pop(0)
        last = way[-1].target
        if last is symbol:
            return way
        if last not in seen:
            seen.add(last)
            pending += [(*way, each) for each in links if each.source is last]
    return ()


def _pointings(code: Code, depth: int = 1) -> Iterator[Pointing]:
    cut = {code.text(target) for _, op in code.graph.ops(ops.Assign) for target in op.left if _is_cut(op, target)}
    for _, op in code.graph.ops(ops.Assign):
        for target, value in zip(op.left, op.right, strict=False):
            source = _root(code, target)
            if source is not None and code.text(target) not in cut:
                held = _held(code, value) if code.symbol(target) is None else _made_of(code, value, depth)
                yield from (Pointing(source, each, op.node) for each in held if _is_pointer(code, each))
    for _, made in code.graph.ops(ops.Call):
        yield from _by_call(code, made.node, depth)


def _is_cut(op: ops.Assign, target: ast.Expr) -> bool:
    """Reports whether a field is set to nil."""
    pairs = zip(op.left, op.right, strict=False)
    return any(each is target and isinstance(value, ast.Ident) and value.name == "nil" for each, value in pairs)


def _root(code: Code, target: ast.Expr) -> Symbol | None:
    """The variable whose object is written to: `a` of `a`, `a.f` and `a.m[k]`, not of `a.b.f` with a pointer `b`."""
    target = ast.unparen(target)
    while isinstance(target, ast.Selector | ast.Index | ast.Star):
        target = ast.unparen(target.x)
    symbol = code.symbol(target)
    return symbol if symbol is not None and symbol.is_variable else None


def _held(code: Code, value: ast.Expr) -> Iterator[Symbol]:
    """The variables whose objects a value holds on to."""
    match ast.unparen(value):
        case ast.Ident() as ident:
            symbol = code.symbol(ident)
            if symbol is not None and symbol.is_variable:
                yield symbol
        case ast.Unary(op="&", x=x):
            yield from _held(code, x)
        case ast.CompositeLit(elements=elements):
            for each in elements:
                yield from _held(code, each.value if isinstance(each, ast.KeyValue) else each)
        case ast.FuncLit() as literal:
            yield from _captured(code, literal)
        case ast.Call(fun=ast.Ident(name="append"), args=args):
            for each in args[1:]:
                yield from _held(code, each)
        case ast.Selector(x=x) as selector:
            member = code.types.member(selector)
            if isinstance(member, Member) and member.is_method and not code.types.is_type(x):
                yield from _held(code, x)


def _captured(code: Code, literal: ast.FuncLit) -> Iterator[Symbol]:
    for expr in deep_expressions(literal.body.stmts):
        symbol = code.symbol(expr)
        if symbol is not None and symbol.is_variable and not literal.start <= symbol.start < literal.end:
            yield symbol


def _made_of(code: Code, value: ast.Expr, depth: int) -> Iterator[Symbol]:
    """What an object holds from the start: by its literal, or by the arguments that its constructor puts into one."""
    value = ast.unparen(value)
    inner = ast.unparen(value.x) if isinstance(value, ast.Unary) and value.op == "&" else value
    if isinstance(inner, ast.CompositeLit):
        yield from _held(code, inner)
    callee = code.callee(value) if isinstance(value, ast.Call) and depth else None
    if callee is None or not isinstance(value, ast.Call):
        return
    kept = {
        symbol for _, op in callee.graph.ops(ops.Return) for each in op.node.results for symbol in _parts(callee, each)
    }
    for param, given in code.arguments(value, callee):
        if param in kept:
            yield from _held(code, given)


def _parts(code: Code, value: ast.Expr) -> Iterator[Symbol]:
    value = ast.unparen(value)
    inner = ast.unparen(value.x) if isinstance(value, ast.Unary) and value.op == "&" else value
    if isinstance(inner, ast.CompositeLit):
        yield from _held(code, inner)
        return
    symbol = code.symbol(inner)
    if symbol is not None:
        yield from (each.target for each in _pointings(code, 0) if each.source is symbol)


def _by_call(code: Code, call: ast.Call, depth: int) -> Iterator[Pointing]:
    """What a called method or function makes its arguments point at."""
    callee = code.callee(call) if depth else None
    if callee is None or callee.outer is code:
        return
    given = {param: symbol for param, value in code.arguments(call, callee) for symbol in _held(code, value)}
    for each in _pointings(callee, 0):
        if each.source in given and each.target in given:
            yield Pointing(given[each.source], given[each.target], call)


def _is_pointer(code: Code, symbol: Symbol) -> bool:
    return not isinstance(code.types.declared.underlying(code.types.symbol_type(symbol)), Basic)
