"""A call that sends an HTTP request in; whether the request is of method HEAD, whose response has no body, out."""

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.index.symbols import Symbol
from goleaklint.knowledge import Resource
from goleaklint.ownership.origins import Origins
from goleaklint.syntax import ast
from goleaklint.types.constants import string_value
from goleaklint.types.types import Named, Pointer

_REQUEST = Pointer(Named("net/http", "Request"))

_MAKERS = {("net/http", "NewRequest"): 0, ("net/http", "NewRequestWithContext"): 1}
"""Functions that make a request, with the number of the argument that is its method."""

_COPIES = frozenset("WithContext Clone".split())
"""Methods of a request that give one of the same method."""

MAX_DEPTH = 2
"""How many functions deep it is looked for who makes the request: helpers for that are one deep."""


def has_no_body(code: Code, call: ast.Call, resource: Resource) -> bool:
    """Reports whether a call makes a response to a request of method HEAD: it is given one, or the name of the method,
    as a function of the module may be."""
    if (resource.type.package, resource.type.name) != ("net/http", "Response"):
        return False
    return any(_is_method_head(code, arg) or _asks_for_head(code, arg, MAX_DEPTH) for arg in call.args)


def _is_method_head(code: Code, expr: ast.Expr) -> bool:
    expr = ast.unparen(expr)
    if isinstance(expr, ast.Selector):
        return expr.name.name == "MethodHead"
    symbol = code.symbol(expr)
    variable = symbol is not None and symbol.is_variable
    constant = isinstance(expr, ast.BasicLit | ast.Ident) and not variable
    return constant and string_value(expr, code.types.env) == b"HEAD"


def _asks_for_head(code: Code, expr: ast.Expr, depth: int, position: int = 0) -> bool:
    """Reports whether an expression, or one of its results, can only be a request of method HEAD."""
    expr = ast.unparen(expr)
    match expr:
        case ast.Ident():
            symbol = code.symbol(expr)
            local = symbol is not None and code.type_of(expr) == _REQUEST
            return local and symbol is not None and _holds_head(code, symbol, depth)
        case ast.Call(args=args):
            number = _MAKERS.get(code.callee_name(expr) or ("", ""))
            if number is not None:
                return number < len(args) and _is_method_head(code, args[number])
            callee = code.callee(expr) if depth else None
            return callee is not None and _returns_head(callee, position, depth - 1)
        case _:
            return False


def _holds_head(code: Code, symbol: Symbol, depth: int) -> bool:
    """Reports whether all that a variable is given are requests of method HEAD, and nobody gives them another."""
    given = Origins(code.whole).results(symbol)
    values = [(value, number) for value, number in given if not _is_copy(code, value, symbol)]
    node = code.whole.function.body
    if not values or code.source.data.find(b".Method =", node.start, node.end) >= 0:
        return False
    return all(value is not None and _asks_for_head(code, value, depth, number) for value, number in values)


def _is_copy(code: Code, value: ast.Expr | None, symbol: Symbol) -> bool:
    call = ast.unparen(value) if value is not None else None
    fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
    return isinstance(fun, ast.Selector) and fun.name.name in _COPIES and code.symbol(fun.x) is symbol


def _returns_head(code: Code, position: int, depth: int) -> bool:
    found = False
    for _, op in code.graph.ops(ops.Return):
        results = op.node.results
        if len(results) == 1 and position and isinstance(ast.unparen(results[0]), ast.Call):
            return False
        value = ast.unparen(results[position]) if position < len(results) else None
        if isinstance(value, ast.Ident) and value.name == "nil":
            continue
        if value is None or not _asks_for_head(code, value, depth):
            return False
        found = True
    return found
