"""Questions about the statements of a function that several kinds of changes ask."""

from collections.abc import Iterator
from itertools import pairwise

from goleaklint.calls.code import Code, DeclaredFunction
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions, nested, statements


def deferred_call(stmt: ast.Defer) -> ast.Call | None:
    """The call that a defer statement makes: its own, or the only one of its literal."""
    call = ast.unparen(stmt.call)
    fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
    if isinstance(fun, ast.FuncLit):
        return plain_call(fun.body.stmts[0]) if len(fun.body.stmts) == 1 else None
    return call if isinstance(call, ast.Call) else None


def plain_call(stmt: ast.Stmt) -> ast.Call | None:
    """The call that is all a statement does: `f()` or `_ = f()`."""
    match stmt:
        case ast.ExprStmt(x=x):
            found = ast.unparen(x)
        case ast.Assign(left=(ast.Ident(name="_"),), right=(value,)):
            found = ast.unparen(value)
        case _:
            return None
    return found if isinstance(found, ast.Call) else None


def sequences(stmts: tuple[ast.Stmt, ...], branch: bool = False) -> Iterator[tuple[ast.Stmt, ast.Stmt, bool]]:
    """Each statement with the one after it, and whether they stand in a branch."""
    for stmt, follower in pairwise(stmts):
        yield stmt, follower, branch
    for stmt in stmts:
        match stmt:
            case ast.If(then=then, orelse=orelse):
                yield from sequences(then.stmts, True)
                if orelse is not None:
                    yield from sequences((orelse,), True)
            case ast.Switch(clauses=clauses) | ast.TypeSwitch(clauses=clauses):
                for clause in clauses:
                    yield from sequences(clause.body, True)
            case ast.Block() | ast.For() | ast.Range() | ast.Labeled():
                yield from sequences(nested(stmt), branch)


def spawned_literals(whole: DeclaredFunction) -> Iterator[Code]:
    """The function literals that go statements run."""
    for code in whole.all_code():
        for stmt in statements(code.block.stmts):
            call = ast.unparen(stmt.call) if isinstance(stmt, ast.Go) else None
            fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
            found = whole.literal(fun) if isinstance(fun, ast.FuncLit) else None
            if found is not None:
                yield found


def calls(whole: DeclaredFunction) -> Iterator[ast.Call]:
    """The calls in a function and its literals."""
    for code in whole.all_code():
        yield from calls_in(code)


def calls_in(code: Code) -> Iterator[ast.Call]:
    """The calls in a function or literal, without those of the literals inside."""
    return (each for each in all_expressions(code.block.stmts) if isinstance(each, ast.Call))


def is_in(node: ast.Node, around: ast.Node) -> bool:
    """Reports whether a piece of syntax begins inside another."""
    return around.start <= node.start < around.end


def is_made_here(whole: DeclaredFunction, symbol: Symbol) -> bool:
    """Reports whether a local variable only ever holds what one `make` gave."""
    value = whole.value_of(symbol)
    call = ast.unparen(value) if value is not None else None
    return isinstance(call, ast.Call) and isinstance(call.fun, ast.Ident) and call.fun.name == "make"
