"""A function and one of its variables in; what every use of the variable does with it out."""

import enum
from collections.abc import Iterator

from goleaklint.calls.code import Code, DeclaredFunction
from goleaklint.index.std import is_std
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import children, direct_expressions, statements


class Use(enum.Enum):
    """What a use of a variable does with its value."""

    METHOD = enum.auto()
    FIELD = enum.auto()
    CALLED = enum.auto()
    BORROWED = enum.auto()
    COMPARED = enum.auto()
    CHANNEL = enum.auto()
    DECLARED = enum.auto()
    OTHER = enum.auto()


HARMLESS = frozenset((Use.METHOD, Use.FIELD, Use.BORROWED, Use.COMPARED, Use.DECLARED))
"""Uses after which the function still holds the value, and nobody else does."""


def uses(whole: DeclaredFunction, symbol: Symbol) -> Iterator[tuple[ast.Ident, Use]]:
    """Every use of a variable in a function and its literals, its declaration included."""
    yield from _in_statements(whole.code, whole.function.body.block.stmts, symbol)


def _in_statements(code: Code, stmts: tuple[ast.Stmt, ...], symbol: Symbol) -> Iterator[tuple[ast.Ident, Use]]:
    for stmt in statements(stmts):
        for expr in direct_expressions(stmt):
            yield from _in_expr(code, expr, _at_top(stmt, expr), symbol)


def _at_top(stmt: ast.Stmt, expr: ast.Expr) -> Use:
    """What a statement does with a variable that stands in it as it is."""
    match stmt:
        case ast.Send(chan=chan) if chan is expr:
            return Use.CHANNEL
        case ast.Range(x=x) if x is expr:
            return Use.CHANNEL
        case ast.Assign(left=left, op=":=") if any(each is expr for each in left):
            return Use.DECLARED
        case _:
            return Use.OTHER


def _in_expr(code: Code, expr: ast.Expr, use: Use, symbol: Symbol) -> Iterator[tuple[ast.Ident, Use]]:
    if isinstance(expr, ast.Ident):
        if code.names.symbol(expr) is symbol:
            yield expr, use
        return
    if isinstance(expr, ast.FuncLit):
        yield from _in_statements(code, expr.body.stmts, symbol)
        return
    for child in children(expr):
        yield from _in_expr(code, child, _below(code, expr, child), symbol)


def _below(code: Code, expr: ast.Expr, child: ast.Expr) -> Use:
    """What an expression does with a variable that is directly below it."""
    match expr:
        case ast.Call(fun=fun) if fun is child:
            return Use.CALLED
        case ast.Call():
            return _argument(code, expr)
        case ast.Selector():
            return Use.FIELD
        case ast.Binary(op="==" | "!="):
            return Use.COMPARED
        case ast.Unary(op="<-"):
            return Use.CHANNEL
        case _:
            return Use.OTHER


_PLAIN = frozenset(("len", "cap", "close"))


def _argument(code: Code, call: ast.Call) -> Use:
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Ident) and fun.name in _PLAIN:
        return Use.CHANNEL
    name = code.callee_name(call)
    if name is None or not is_std(name[0]):
        return Use.OTHER
    known = code.whole.functions.knowledge.function(*name)
    return Use.OTHER if known is not None and known.takes else Use.BORROWED
