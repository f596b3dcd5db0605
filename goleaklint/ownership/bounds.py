"""A loop that counts in; whether it goes round only few times, as its function and that one's callers tell, out."""

from goleaklint.calls.code import Code
from goleaklint.flow.graph import Loop
from goleaklint.flow.loops import FEW_ROUNDS, counted_to
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.ownership.origins import is_address_taken
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions, statements
from goleaklint.types.constants import int_value
from goleaklint.types.types import Basic

MAX_DEPTH = 3
"""How many variables, parameters and callers a bound is followed through."""

MAX_CALLERS = 8
"""A function with more callers is given what nobody wants to add up."""


def has_few_rounds(code: Code, loop: Loop) -> bool:
    """Reports whether a loop counts to a number that is small whoever calls the function."""
    bound = counted_to(loop)
    if bound is None and isinstance(loop, ast.Range) and isinstance(code.core_type(loop.x), Basic):
        bound = loop.x
    most = None if bound is None else _most(code, bound, MAX_DEPTH)
    return most is not None and most <= FEW_ROUNDS


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
    return _most_given(code, symbol, depth) if symbol.kind is SymbolKind.PARAM else None


def _most_given(code: Code, symbol: Symbol, depth: int) -> int | None:
    """The largest value that callers give a parameter. Only of functions whose callers are all here."""
    declared = code.whole.code
    name = code.whole.function.decl.name.name
    if symbol not in declared.params or name[:1].isupper() or _is_set(code, symbol):
        return None
    most: int | None = None
    for number, site in enumerate(code.whole.functions.each_caller(code.whole.decl)):
        if number >= MAX_CALLERS or not site.call or not isinstance(site.node, ast.Call):
            return None
        given = dict(site.code.arguments(site.node, declared)).get(symbol)
        value = None if given is None else _most(site.code, given, depth)
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
