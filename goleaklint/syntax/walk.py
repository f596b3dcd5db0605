"""Walks over syntax that need no order: every expression or statement below a piece of it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from goleaklint.syntax import ast


def expressions(expr: ast.Expr) -> Iterator[ast.Expr]:
    """An expression and all below it; function literals are yielded but not entered."""
    return _from([expr])


def _from(pending: list[ast.Expr]) -> Iterator[ast.Expr]:
    """A stack: a generator in a generator for each level would hand every node up through all of them."""
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
        below = _NESTED.get(type(stmt))
        if below is not None:
            pending += reversed(below(stmt))


def nested(stmt: ast.Stmt) -> tuple[ast.Stmt, ...]:
    """The statements directly below a statement, in the order of the text."""
    below = _NESTED.get(type(stmt))
    return () if below is None else below(stmt)


def direct_expressions(stmt: ast.Stmt) -> tuple[ast.Expr, ...]:
    """The expressions that a statement holds itself, not those of the statements below it."""
    held = _DIRECT.get(type(stmt))
    return () if held is None else held(stmt)


def all_expressions(stmts: tuple[ast.Stmt, ...]) -> Iterator[ast.Expr]:
    """Every expression in the statements; function literals are yielded but not entered."""
    for stmt in statements(stmts):
        yield from _from(list(reversed(direct_expressions(stmt))))


def operands(expr: ast.Expr, op: str) -> Iterator[ast.Expr]:
    """What an operator such as `&&` joins, however many: the expression itself where it is none of that operator."""
    expr = ast.unparen(expr)
    if isinstance(expr, ast.Binary) and expr.op == op:
        yield from operands(expr.x, op)
        yield from operands(expr.y, op)
    else:
        yield expr


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
    return direct_expressions(stmt)


def children(expr: ast.Expr) -> tuple[ast.Expr, ...]:
    """The expressions directly below an expression that declares nothing."""
    below = _CHILDREN.get(type(expr))
    return () if below is None else below(expr)


def _bounds(expr: ast.Slice) -> tuple[ast.Expr, ...]:
    return (expr.x, *(bound for bound in (expr.low, expr.high, expr.max) if bound is not None))


def _present(*parts: ast.Stmt | None) -> tuple[ast.Stmt, ...]:
    return tuple(part for part in parts if part is not None)


def _in_clauses(stmt: ast.Switch | ast.TypeSwitch) -> tuple[ast.Stmt, ...]:
    bodies = tuple(inner for clause in stmt.clauses for inner in clause.body)
    return bodies if stmt.init is None else (stmt.init, *bodies)


def _in_comms(stmt: ast.Select) -> tuple[ast.Stmt, ...]:
    return tuple(inner for each in stmt.clauses for inner in (*_present(each.comm), *each.body))


def _declared_values(stmt: ast.DeclStmt) -> tuple[ast.Expr, ...]:
    return tuple(value for spec in stmt.specs if isinstance(spec, ast.ValueSpec) for value in spec.values)


def _switched(stmt: ast.Switch) -> tuple[ast.Expr, ...]:
    values = tuple(value for clause in stmt.clauses for value in clause.values or ())
    return values if stmt.tag is None else (stmt.tag, *values)


# Tables by type: these walks go over every node again and again, and a match statement tries one class after the other.

_NESTED: Mapping[type, Callable[[Any], tuple[ast.Stmt, ...]]] = {
    ast.Block: lambda stmt: stmt.stmts,
    ast.If: lambda stmt: _present(stmt.init, stmt.then, stmt.orelse),
    ast.For: lambda stmt: _present(stmt.init, stmt.post, stmt.body),
    ast.Range: lambda stmt: (stmt.body,),
    **dict.fromkeys((ast.Switch, ast.TypeSwitch), _in_clauses),
    ast.Select: _in_comms,
    ast.Labeled: lambda stmt: (stmt.stmt,),
}

_DIRECT: Mapping[type, Callable[[Any], tuple[ast.Expr, ...]]] = {
    **dict.fromkeys((ast.ExprStmt, ast.IncDec, ast.TypeSwitch), lambda stmt: (stmt.x,)),
    ast.Send: lambda stmt: (stmt.chan, stmt.value),
    **dict.fromkeys((ast.Go, ast.Defer), lambda stmt: (stmt.call,)),
    ast.Return: lambda stmt: stmt.results,
    ast.Assign: lambda stmt: (*stmt.left, *stmt.right),
    ast.DeclStmt: _declared_values,
    ast.If: lambda stmt: (stmt.cond,),
    ast.For: lambda stmt: () if stmt.cond is None else (stmt.cond,),
    ast.Range: lambda stmt: (*stmt.left, stmt.x),
    ast.Switch: _switched,
}

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
