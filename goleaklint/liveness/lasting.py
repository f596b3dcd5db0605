"""A connection and what is done to it in; whether it needs no deadline, as others end it or it is to last, out."""

from collections.abc import Iterable

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.index.symbols import Symbol
from goleaklint.liveness.spawns import spawns
from goleaklint.syntax import ast

_COPIES = frozenset((("io", "Copy"), ("io", "CopyBuffer")))


def is_delegated(code: Code, call: ast.Call) -> bool:
    """Reports whether a call hands on what a method of the same name was given: the Read of a wrapper waits as long as
    its user wants, who has its Close."""
    fun = ast.unparen(call.fun)
    whole = code.whole.code
    given = [code.symbol(arg) for arg in call.args]
    return (
        whole.is_method
        and isinstance(fun, ast.Selector)
        and fun.name.name == code.whole.decl.name
        and len(given) == 1
        and given[0] in whole.params[1:]
    )


def is_watched(code: Code, symbol: Symbol, ends: frozenset[str]) -> bool:
    """Reports whether a call in a goroutine is over when who started it chooses: that one waits for one of several
    things, and makes a call of `ends` on the connection before it goes on."""
    outer = code.outer
    if outer is None or not any(spawn.body is code for spawn in spawns(outer)):
        return False
    if not any(len(op.node.clauses) > 1 for _, op in outer.graph.ops(ops.Select)):
        return False
    calls = (ast.unparen(op.node.fun) for _, op in outer.graph.ops(ops.Call))
    return any(
        isinstance(fun, ast.Selector) and fun.name.name in ends and outer.symbol(fun.x) is symbol for fun in calls
    )


def is_bridged(codes: Iterable[Code], symbol: Symbol, depth: int = 1) -> bool:
    """Reports whether all that comes from a connection is copied to another one, and the other way round: for as long
    as both sides want."""
    directions: set[int] = set()
    for code in codes:
        for _, op in code.graph.ops(ops.Call):
            places = [at for at, arg in enumerate(op.node.args) if code.symbol(arg) is symbol]
            if places and code.callee_name(op.node) in _COPIES:
                directions |= {*places}
            elif places and depth and _bridges(code, op.node, places[0], depth):
                return True
    return {0, 1} <= directions


def _bridges(code: Code, call: ast.Call, place: int, depth: int) -> bool:
    callee = code.callee(call)
    params = {} if callee is None else {id(value): param for param, value in code.arguments(call, callee)}
    param = params.get(id(call.args[place]))
    return callee is not None and param is not None and is_bridged(callee.whole.all_code(), param, depth - 1)
