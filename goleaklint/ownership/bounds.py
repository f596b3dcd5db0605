"""A loop in; whether it goes round only few times, as its function, what it goes over and its callers tell, out."""

from collections.abc import Callable

from goleaklint.calls.code import Code
from goleaklint.calls.mentions import mentions, shared_of
from goleaklint.flow.graph import Loop
from goleaklint.flow.loops import FEW_ROUNDS, counted_to
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.ownership.origins import is_address_taken
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions, statements
from goleaklint.types.constants import int_value
from goleaklint.types.types import Array, Basic

MAX_DEPTH = 3
"""How many variables, parameters and callers a bound is followed through."""

MAX_CALLERS = 8
"""A function with more callers is given what nobody wants to add up."""


MostOf = Callable[[Code, ast.Expr, int], int | None]
"""How much an expression is at most: its value, or its number of elements."""


def has_few_rounds(code: Code, loop: Loop) -> bool:
    """Reports whether a loop counts to a number that is small whoever calls the function."""
    bound = counted_to(loop)
    if bound is None and isinstance(loop, ast.Range) and isinstance(code.core_type(loop.x), Basic):
        bound = loop.x
    if bound is not None:
        most = _most(code, bound, MAX_DEPTH)
    else:
        most = _most_elements(code, loop.x, MAX_DEPTH) if isinstance(loop, ast.Range) else None
    return most is not None and most <= FEW_ROUNDS


def _most_elements(code: Code, expr: ast.Expr, depth: int) -> int | None:
    """How many elements a collection has that is written out somewhere; None if nobody knows."""
    expr = ast.unparen(expr)
    core = code.core_type(expr)
    if isinstance(core, Array):
        return core.length
    if isinstance(expr, ast.CompositeLit):
        return len(expr.elements)
    symbol = code.symbol(expr)
    if depth == 0 or symbol is None:
        return None
    match symbol.kind:
        case SymbolKind.LOCAL:
            value = code.whole.value_of(symbol)
            return None if value is None else _most_elements(code, value, depth - 1)
        case SymbolKind.PARAM:
            return _most_given(code, symbol, depth - 1, _most_elements)
        case SymbolKind.GLOBAL:
            return _written_out(code, expr)
        case _:
            return None


def _written_out(code: Code, expr: ast.Expr) -> int | None:
    """The number of elements of a package variable that is only ever what its declaration writes out."""
    shared = shared_of(code, expr)
    length: int | None = None
    for each in mentions(code, shared) if shared is not None else ():
        if each.given is not None:
            value = ast.unparen(each.given)
            length = len(value.elements) if isinstance(value, ast.CompositeLit) else None
        elif each.around and _may_set(each.around[0], each.expr):
            return None
    return length


def _may_set(around: ast.Node, expr: ast.Expr) -> bool:
    if isinstance(around, ast.Assign):
        return expr in around.left
    return isinstance(around, ast.Unary) and around.op == "&"


def _most(code: Code, expr: ast.Expr, depth: int) -> int | None:
    """The largest value that an integer expression has; None if nobody knows."""
    value = int_value(expr, code.types.env)
    if value is not None or depth == 0:
        return value
    match ast.unparen(expr):
        case ast.Binary(op="+" | "*" as op, x=x, y=y):
            one, other = _most(code, x, depth), _most(code, y, depth)
            if one is None or other is None or min(one, other) < 0:
                return None
            return one + other if op == "+" else one * other
        case ast.Ident() as ident:
            return _most_of_variable(code, code.symbol(ident), depth - 1)
        case _:
            return None


def _most_of_variable(code: Code, symbol: Symbol | None, depth: int) -> int | None:
    if symbol is None or not symbol.is_variable:
        return None
    if symbol.kind is SymbolKind.LOCAL:
        value = code.whole.value_of(symbol)
        return None if value is None else _most(code, value, depth)
    return _most_given(code, symbol, depth, _most) if symbol.kind is SymbolKind.PARAM else None


def _most_given(code: Code, symbol: Symbol, depth: int, most_of: MostOf) -> int | None:
    """The most that callers give a parameter. Only of functions whose callers are all here."""
    declared = code.whole.code
    name = code.whole.function.decl.name.name
    if symbol not in declared.params or name[:1].isupper() or _is_set(code, symbol):
        return None
    most: int | None = None
    for number, site in enumerate(code.whole.functions.each_caller(code.whole.decl)):
        if number >= MAX_CALLERS or not site.call or not isinstance(site.node, ast.Call):
            return None
        given = dict(site.code.arguments(site.node, declared)).get(symbol)
        value = None if given is None else most_of(site.code, given, depth)
        if value is None:
            return None
        most = value if most is None else max(most, value)
    return most


def _is_set(code: Code, symbol: Symbol) -> bool:
    """Reports whether a parameter gets another value in the function, or may by its address."""
    body = code.whole.function.body.block.stmts
    for each in statements(body):
        targets = each.left if isinstance(each, ast.Assign | ast.Range) else ()
        targets = (each.x,) if isinstance(each, ast.IncDec) else targets
        if any(code.symbol(target) is symbol for target in targets):
            return True
    inner = any(isinstance(each, ast.FuncLit) for each in deep_expressions(body))
    return inner or is_address_taken(code.whole, symbol)
