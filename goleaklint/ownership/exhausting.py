"""A loop whose head names no end in; whether it ends with the data that it goes through out, unlike one that serves."""

from collections.abc import Iterator

from goleaklint.calls.code import Code
from goleaklint.flow.graph import Loop
from goleaklint.flow.loops import Rounds, rounds
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions, statements

_FINITE = frozenset(
    (
        ("archive/tar", "(*Reader).Next"),
        ("encoding/csv", "(*Reader).Read"),
        ("mime/multipart", "(*Reader).NextPart"),
        ("os", "(*File).ReadDir"),
        ("os", "(*File).Readdir"),
        ("os", "(*File).Readdirnames"),
    )
)
"""What gives one piece after the other of something that has an end, and then io.EOF."""


def ends_with_data(code: Code, loop: Loop) -> bool:
    """Reports whether a loop without a condition is left once there is no more: by the io.EOF of what reads an archive
    or table, or by what the last answer said of itself, as loops over pages are."""
    if not isinstance(loop, ast.For) or rounds(loop) is not Rounds.ENDLESS:
        return False
    return any(_is_last(code, loop, each) for each in _conditions(loop.body.stmts))


def _conditions(stmts: tuple[ast.Stmt, ...]) -> Iterator[ast.Expr]:
    """The conditions under which a loop with this body is left by a break or return."""
    for stmt in stmts:
        if isinstance(stmt, ast.If):
            if stmt.then.stmts and _leaves(stmt.then.stmts[-1]):
                yield stmt.cond
            yield from _conditions(stmt.then.stmts)
            if stmt.orelse is not None:
                yield from _conditions((stmt.orelse,))
        elif isinstance(stmt, ast.Block):
            yield from _conditions(stmt.stmts)


def _leaves(stmt: ast.Stmt) -> bool:
    return isinstance(stmt, ast.Return) or (isinstance(stmt, ast.Branch) and stmt.kind == "break")


def _is_last(code: Code, loop: ast.For, cond: ast.Expr) -> bool:
    match ast.unparen(cond):
        case ast.Unary(op="!", x=x):
            return _is_said_by_answer(code, loop, x)
        case ast.Binary(op="==", x=ast.Ident() as error, y=ast.Selector(name=ast.Ident(name="EOF"))):
            return _is_of_finite(code, loop, error)
        case ast.Call(args=(ast.Ident() as error, ast.Selector(name=ast.Ident(name="EOF")))):
            return _is_of_finite(code, loop, error)
        case ast.Binary(op="<" | "==", x=ast.Call(fun=ast.Ident(name="len"), args=(counted,))):
            return _is_said_by_answer(code, loop, counted)
        case found:
            return isinstance(found, ast.Selector) and _is_said_by_answer(code, loop, found)


def _is_said_by_answer(code: Code, loop: ast.For, expr: ast.Expr) -> bool:
    """Reports whether an expression is a field of what each round asks for anew."""
    expr = ast.unparen(expr)
    if not isinstance(expr, ast.Selector) or not isinstance(ast.unparen(expr.x), ast.Ident):
        return False
    symbol = code.symbol(expr.x)
    return symbol is not None and symbol.is_variable and _call_for(code, loop, expr.x) is not None


def _is_of_finite(code: Code, loop: ast.For, error: ast.Ident) -> bool:
    call = _call_for(code, loop, error)
    return call is not None and code.callee_name(call) in _FINITE


def _call_for(code: Code, loop: ast.For, variable: ast.Expr) -> ast.Call | None:
    """The call in the loop whose result, one of them, a variable is."""
    symbol = code.symbol(variable)
    for stmt in statements(loop.body.stmts):
        if isinstance(stmt, ast.Assign) and len(stmt.right) == 1 and stmt.start < variable.start:
            value = ast.unparen(stmt.right[0])
            targets = (each for target in stmt.left for each in expressions(target))
            if isinstance(value, ast.Call) and any(code.symbol(each) is symbol for each in targets):
                return value
    return None
