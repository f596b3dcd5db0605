"""Walks over syntax that need no order: every expression or statement below a piece of it."""

from collections.abc import Iterator

from goleaklint.syntax import ast


def expressions(expr: ast.Expr) -> Iterator[ast.Expr]:
    """An expression and all below it; function literals are yielded but not entered."""
    yield expr
    for child in children(expr):
        yield from expressions(child)


def statements(stmts: tuple[ast.Stmt, ...]) -> Iterator[ast.Stmt]:
    """Statements and all statements below them; function literals are not entered."""
    for stmt in stmts:
        yield stmt
        yield from statements(nested(stmt))


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
    match expr:
        case ast.Paren(x=x) | ast.Star(x=x) | ast.Unary(x=x) | ast.Selector(x=x):
            return (x,)
        case ast.Index(x=x, indices=indices):
            return (x, *indices)
        case ast.Slice(x=x, low=low, high=high, max=top):
            return (x, *(bound for bound in (low, high, top) if bound is not None))
        case ast.TypeAssert(x=x, type=kind):
            return (x, kind)
        case ast.Call(fun=fun, args=args):
            return (fun, *args)
        case ast.Binary(x=x, y=y):
            return (x, y)
        case ast.KeyValue(key=key, value=value) | ast.MapType(key=key, value=value):
            return (key, value)
        case ast.CompositeLit(elements=elements):
            return elements
        case ast.ArrayType(length=length, elem=elem):
            return (elem,) if length is None else (length, elem)
        case ast.SliceType(elem=elem) | ast.ChanType(elem=elem):
            return (elem,)
        case ast.Union(terms=terms):
            return terms
        case _:
            return ()
