"""Walks over syntax that need no order: every expression or statement below a piece of it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from goleaklint.syntax import ast


def expressions(expr: ast.Expr) -> Iterator[ast.Expr]:
    """An expression and all below it; function literals are yielded but not entered."""
    pending = [expr]  # a stack: a generator in a generator for each level would hand every node up through all of them
    while pending:
        each = pending.pop()
        yield each
        below = _CHILDREN.get(type(each))
        if below is not None:
            pending += reversed(below(each))


def statements(stmts: tuple[ast.Stmt, ...]) -> Iterator[ast.Stmt]:
    """Statements and all statements below them; function literals are not entered."""
    pending = list(reversed(stmts))
    while pending:
        stmt = pending.pop()
        yield stmt
        pending += reversed(nested(stmt))


def nested(stmt: ast.Stmt) -> tuple[ast.Stmt, ...]:
    """The statements directly below a statement, in the order of the text."""
    match stmt:
        case ast.Block(stmts=stmts):
            return stmts
        case ast.If(init=init, then=then, orelse=orelse):
            return tuple(part for part in (init, then, orelse) if part is not None)
        case ast.For(init=init, post=post, body=body):
            return tuple(part for part in (init, post, body) if part is not None)
        case ast.Range(body=body):
            return (body,)
        case ast.Switch(init=init, clauses=clauses) | ast.TypeSwitch(init=init, clauses=clauses):
            bodies = tuple(inner for clause in clauses for inner in clause.body)
            return bodies if init is None else (init, *bodies)
        case ast.Select(clauses=comms):
            return tuple(inner for comm in comms for inner in ((comm.comm,) if comm.comm else ()) + comm.body)
        case ast.Labeled(stmt=inner):
            return (inner,)
        case _:
            return ()


def direct_expressions(stmt: ast.Stmt) -> tuple[ast.Expr, ...]:
    """The expressions that a statement holds itself, not those of the statements below it."""
    match stmt:
        case ast.ExprStmt() | ast.Send() | ast.IncDec() | ast.Go() | ast.Defer() | ast.Return():
            return stmt_exprs(stmt)
        case ast.Assign(left=left, right=right):
            return (*left, *right)
        case ast.DeclStmt(specs=specs):
            return tuple(value for spec in specs if isinstance(spec, ast.ValueSpec) for value in spec.values)
        case ast.If(cond=cond):
            return (cond,)
        case ast.For(cond=cond):
            return () if cond is None else (cond,)
        case ast.Range(left=left, x=x):
            return (*left, x)
        case ast.Switch(tag=tag, clauses=clauses):
            values = tuple(value for clause in clauses for value in clause.values or ())
            return values if tag is None else (tag, *values)
        case ast.TypeSwitch(x=x):
            return (x,)
        case _:
            return ()


def all_expressions(stmts: tuple[ast.Stmt, ...]) -> Iterator[ast.Expr]:
    """Every expression in the statements; function literals are yielded but not entered."""
    for stmt in statements(stmts):
        for expr in direct_expressions(stmt):
            yield from expressions(expr)


def literals(stmts: tuple[ast.Stmt, ...]) -> Iterator[ast.FuncLit]:
    """The function literals directly in the statements, in the order of the text."""
    found = (expr for expr in all_expressions(stmts) if isinstance(expr, ast.FuncLit))
    yield from sorted(found, key=lambda literal: literal.start)


def deep_expressions(stmts: tuple[ast.Stmt, ...]) -> Iterator[ast.Expr]:
    """Every expression in the statements, those inside function literals included."""
    for expr in all_expressions(stmts):
        yield expr
        if isinstance(expr, ast.FuncLit):
            yield from deep_expressions(expr.body.stmts)


def deep(expr: ast.Expr) -> Iterator[ast.Expr]:
    """An expression and all below it, what is inside function literals included."""
    for each in expressions(expr):
        yield each
        if isinstance(each, ast.FuncLit):
            yield from deep_expressions(each.body.stmts)


def assignments(stmts: tuple[ast.Stmt, ...]) -> Iterator[tuple[ast.Expr, ast.Expr | None]]:
    """What may set a variable, in function literals too: each target with its value.

    The value is None for one of several results, and for what a range clause, `++`, an operator such as `+=`, or
    whoever has the address, makes of it. A declaration without values is none.
    """
    for stmt in statements(stmts):
        match stmt:
            case ast.Assign(left=left, op=op, right=right):
                single = op in ("=", ":=") and len(left) == len(right)
                yield from zip(left, right if single else (None,) * len(left), strict=True)
            case ast.DeclStmt(specs=specs):
                for spec in specs:
                    if isinstance(spec, ast.ValueSpec) and spec.values:
                        single = len(spec.names) == len(spec.values)
                        yield from zip(spec.names, spec.values if single else (None,) * len(spec.names), strict=True)
            case ast.Range(left=left):
                yield from ((target, None) for target in left)
            case ast.IncDec(x=x):
                yield x, None
        for expr in (each for part in direct_expressions(stmt) for each in expressions(part)):
            if isinstance(expr, ast.FuncLit):
                yield from assignments(expr.body.stmts)
            elif isinstance(expr, ast.Unary) and expr.op == "&" and isinstance(ast.unparen(expr.x), ast.Ident):
                yield ast.unparen(expr.x), None


def stmt_exprs(stmt: ast.ExprStmt | ast.Send | ast.IncDec | ast.Go | ast.Defer | ast.Return) -> tuple[ast.Expr, ...]:
    """The expressions directly below a simple statement, in the order in which Go evaluates them."""
    match stmt:
        case ast.Send(chan=chan, value=value):
            return chan, value
        case ast.ExprStmt(x=x) | ast.IncDec(x=x):
            return (x,)
        case ast.Go(call=call) | ast.Defer(call=call):
            return (call,)
        case ast.Return(results=results):
            return results


def children(expr: ast.Expr) -> tuple[ast.Expr, ...]:
    """The expressions directly below an expression that declares nothing."""
    below = _CHILDREN.get(type(expr))
    return () if below is None else below(expr)


def _bounds(expr: ast.Slice) -> tuple[ast.Expr, ...]:
    return (expr.x, *(bound for bound in (expr.low, expr.high, expr.max) if bound is not None))


_CHILDREN: Mapping[type, Callable[[Any], tuple[ast.Expr, ...]]] = {
    **dict.fromkeys((ast.Paren, ast.Star, ast.Unary, ast.Selector), lambda expr: (expr.x,)),
    ast.Index: lambda expr: (expr.x, *expr.indices),
    ast.Slice: _bounds,
    ast.TypeAssert: lambda expr: (expr.x, expr.type),
    ast.Call: lambda expr: (expr.fun, *expr.args),
    ast.Binary: lambda expr: (expr.x, expr.y),
    **dict.fromkeys((ast.KeyValue, ast.MapType), lambda expr: (expr.key, expr.value)),
    ast.CompositeLit: lambda expr: expr.elements,
    ast.ArrayType: lambda expr: (expr.elem,) if expr.length is None else (expr.length, expr.elem),
    **dict.fromkeys((ast.SliceType, ast.ChanType), lambda expr: (expr.elem,)),
    ast.Union: lambda expr: expr.terms,
}
