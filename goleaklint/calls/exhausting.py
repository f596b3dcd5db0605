"""A loop whose head names no end in; whether it ends with the data that it goes through out, unlike one that serves."""

from collections.abc import Iterator

from goleaklint.calls.code import Code
from goleaklint.flow.graph import Loop
from goleaklint.flow.loops import Rounds, rounds
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions, operands, statements

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

_COMPARISONS = frozenset(("==", "!=", "<", ">", "<=", ">="))


def ends_with_data(code: Code, loop: Loop) -> bool:
    """Reports whether a loop without a condition is left once there is no more: by the io.EOF of an iterator or of what
    reads an archive or table, by what the last answer said of itself, as loops over pages are, or by what it asks of
    the place that it has come to, as loops that search are."""
    if not isinstance(loop, ast.For) or rounds(loop) is not Rounds.ENDLESS:
        return False
    return any(_is_last(code, loop, each) for each in _conditions(loop.body.stmts)) or _is_counted_out(code, loop)


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
    return call is not None and (_is_iterator(call) or code.callee_name(call) in _FINITE)


def _is_iterator(call: ast.Call) -> bool:
    """Reports whether a call asks for the next item of many, as `it.Next()` does: what waits for somebody else to send
    one is given a context."""
    fun = ast.unparen(call.fun)
    return isinstance(fun, ast.Selector) and fun.name.name.startswith("Next") and not call.args


# --- by the place that the loop has come to


def _is_counted_out(code: Code, loop: ast.For) -> bool:
    """Reports whether each round that goes on moves something by a step, and what it finds there ends the loop."""
    moved = frozenset(_moved(code, loop))
    return bool(moved) and any(
        _asks_of(code, loop, part, moved)
        for stmt in loop.body.stmts
        if isinstance(stmt, ast.If) and stmt.then.stmts and _leaves(stmt.then.stmts[-1])
        for part in operands(stmt.cond, "||")
    )


def _moved(code: Code, loop: ast.For) -> Iterator[bytes]:
    """What every round moves: `i++`, `i += n`, `x = x.next`, `x = x[1:]`."""
    for stmt in (*loop.body.stmts, *((loop.post,) if loop.post is not None else ())):
        match stmt:
            case ast.IncDec(x=x) | ast.Assign(left=(x,), op="+=" | "-="):
                yield _text(code, x)
            case ast.Assign(left=(x,), right=(ast.Selector(x=start) | ast.Slice(x=start),)):
                if _text(code, x) == _text(code, start):
                    yield _text(code, x)


def _asks_of(code: Code, loop: ast.For, cond: ast.Expr, moved: frozenset[bytes]) -> bool:
    """Reports whether a condition compares what is moved, or tells that a map has nothing for it."""
    if isinstance(cond, ast.Unary) and cond.op == "!" and isinstance(ok := ast.unparen(cond.x), ast.Ident):
        symbol = code.symbol(ok)
        found = (each for each in statements(loop.body.stmts) if isinstance(each, ast.Assign))
        lookups = (each.right[0] for each in found if any(code.symbol(left) is symbol for left in each.left))
        return any(isinstance(each, ast.Index) and _mentions(code, each, moved) for each in lookups)
    return isinstance(cond, ast.Binary) and cond.op in _COMPARISONS and _mentions(code, cond, moved)


def _mentions(code: Code, expr: ast.Expr, moved: frozenset[bytes]) -> bool:
    return any(_text(code, each) in moved for each in expressions(expr))


def _text(code: Code, node: ast.Node) -> bytes:
    return code.source.data[node.start : node.end]


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
