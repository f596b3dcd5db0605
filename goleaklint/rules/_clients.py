"""A call of a client in; whether the client gives up after some time, out: for the rule on bodies of responses."""

from goleaklint.calls.code import Code
from goleaklint.calls.mentions import Mention, mentions, shared_of
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.types.types import Named, Pointer

_CLIENT = Named("net/http", "Client")


def has_timeout(code: Code, call: ast.Call) -> bool:
    """Reports whether the http.Client that a call is made on is written down with a Timeout wherever it is set: this
    ends the reading of bodies, too."""
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector):
        return False
    kind = code.type_of(fun.x)
    if (kind.elem if isinstance(kind, Pointer) else kind) != _CLIENT:
        return False
    symbol = code.symbol(fun.x)
    if symbol is not None and symbol.is_variable:
        return _is_of_local(code, symbol)
    shared = shared_of(code, fun.x)
    found = [each for each in mentions(code, shared) if _sets(each)] if shared is not None else []
    if shared is None or shared.owner:
        return False  # a field: others may be given another client
    return bool(found) and all(each.given is not None and _names_timeout(each.given) for each in found)


def _is_of_local(code: Code, symbol: Symbol) -> bool:
    value = code.whole.value_of(symbol)
    return value is not None and _names_timeout(value)


def _sets(mention: Mention) -> bool:
    """Reports whether a client is given a value here, or may be by somebody who is given its address."""
    outer = mention.around[0] if mention.around else None
    assigned = isinstance(outer, ast.Assign) and mention.expr in outer.left
    return mention.given is not None or assigned or (isinstance(outer, ast.Unary) and outer.op == "&")


def _names_timeout(value: ast.Expr) -> bool:
    value = ast.unparen(value)
    if isinstance(value, ast.Unary) and value.op == "&":
        value = ast.unparen(value.x)
    return isinstance(value, ast.CompositeLit) and any(
        isinstance(each, ast.KeyValue)
        and isinstance(each.key, ast.Ident)
        and each.key.name == "Timeout"
        and not (isinstance(each.value, ast.BasicLit) and each.value.text == "0")
        for each in value.elements
    )
