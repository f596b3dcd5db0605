"""A call that makes two things, of which one is missed only by who has the other, in; from where that is, out.

As long as nobody has the reader of an `io.Pipe`, nobody waits for what its writer does.
"""

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.index.symbols import Symbol
from goleaklint.knowledge import Resource
from goleaklint.ownership.carrying import ENDING
from goleaklint.ownership.origins import behind_failure
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions, statements


def has_partner(code: Code, resource: Resource, left: tuple[ast.Expr, ...]) -> bool:
    """Reports whether somebody may come to have the partner, and it is not ended when the function ends."""
    if resource.partner is None or resource.partner >= len(left):
        return resource.partner is None
    target = ast.unparen(left[resource.partner])
    if isinstance(target, ast.Ident) and target.name == "_":
        return False
    symbol = code.symbol(target)
    deferred = (ast.unparen(each.call) for each in statements(code.block.stmts) if isinstance(each, ast.Defer))
    return symbol is None or not any(_ends(code, each, symbol) for each in deferred)


def partner_comes(code: Code, op: ops.Op, resource: Resource) -> int:
    """Where the partner has first been used behind the operation that makes both: a call that failed has not."""
    if resource.partner is None or not isinstance(op, ops.Assign) or resource.partner >= len(op.left):
        return 0
    symbol = code.symbol(op.left[resource.partner])
    if symbol is None:
        return 0
    uses = (each for each in deep_expressions(code.block.stmts) if each.start >= op.node.end)
    found = (each.start for each in uses if isinstance(each, ast.Ident) and code.names.symbol(each) is symbol)
    first = min(found, default=code.block.end)
    within = (each for each in statements(code.block.stmts) if each.start <= first < each.end)
    using = max(within, key=lambda each: each.start, default=None)
    return behind_failure(code, using) if isinstance(using, ast.Assign) else first


def _ends(code: Code, call: ast.Expr, symbol: Symbol) -> bool:
    fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
    return isinstance(fun, ast.Selector) and fun.name.name in ENDING and code.symbol(fun.x) is symbol
