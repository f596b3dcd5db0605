"""A call in; whether it takes an object from a pool or puts one back, itself or by a helper, out: GL301 to GL306."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.calls.mentions import Shared, shared_of
from goleaklint.flow import ops
from goleaklint.flow.graph import Edge
from goleaklint.flow.paths import Point, find_path
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions, expressions
from goleaklint.types.members import Member, find_member
from goleaklint.types.types import Func, Named, Pointer, Type

SYNC_POOL = Named("sync", "Pool")

POOL_PACKAGES = ("zeropool", "bytebufferpool")
"""Packages of pools, by the last element of their path: their types need no source to be known as pools."""

MAX_DEPTH = 2
"""How many helpers deep a Put is looked for: `putBuf` is one, a method that calls it the second."""

_SIZES = frozenset(("cap", "len", "Cap", "Len", "Size", "size"))
"""What is asked for the size of an object: one that has grown too large does not go back to its pool."""

HELPER_WORDS = ("put", "free", "release", "recycle", "reuse", "return", "dispose", "giveback")
"""What the names of functions hold that give an object back. Others are not read to see whether they do."""


_HELPER_CALL = re.compile(rb"(?i)(?:%s)\w*[\[(]" % "|".join(HELPER_WORDS).encode())


@dataclass(frozen=True, slots=True, eq=False)
class PoolCall:
    """A Get or Put on a pool. `value` is what a Put is given; `shared` the pool, None if it is no shared variable."""

    call: ast.Call
    pool: ast.Expr
    shared: Shared | None
    value: ast.Expr | None = None

    @property
    def is_put(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True, eq=False)
class Returned:
    """An object that a call puts back: the variable that holds it, and the Put, which may stand in a helper.

    `code` is where the Put stands, `symbol` the variable at the call; `inner` is the Put's own. `pointed` tells that
    the variable points at another that holds the object, as in `Put(*p)`: `*p = nil` does not write to the object.
    """

    symbol: Symbol
    call: ast.Call
    put: PoolCall
    code: Code
    inner: Symbol
    pointed: bool = False


def is_pool(code: Code, kind: Type) -> bool:
    """Reports whether a type is sync.Pool, or has a pool's name and the methods Get and Put that fit each other."""
    kind = kind.elem if isinstance(kind, Pointer) else kind
    if not isinstance(kind, Named):
        return False
    if kind == SYNC_POOL or kind.package.rpartition("/")[2] in POOL_PACKAGES:
        return True
    if not kind.name.lower().endswith("pool"):
        return False
    get, put = (find_member(code.types.declared, kind, name) for name in ("Get", "Put"))
    if not (isinstance(get, Member) and isinstance(put, Member)):
        return False
    match get.type, put.type:
        case Func(results=(taken, *_)), Func(params=(given, *_)):
            return taken == given
        case _:
            return False


def pool_call(code: Code, call: ast.Call) -> PoolCall | None:
    """The Get or Put that a call is; None for any other."""
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector) or fun.name.name not in ("Get", "Put"):
        return None
    if isinstance(fun.x, ast.Ident) and (path := code.types.env.import_path(fun.x)):
        if path.rpartition("/")[2] not in POOL_PACKAGES:
            return None
    elif not is_pool(code, code.type_of(fun.x)):
        return None
    if fun.name.name == "Put":
        return PoolCall(call, fun.x, shared_of(code, fun.x), call.args[0]) if call.args else None
    return PoolCall(call, fun.x, shared_of(code, fun.x))


def pool_calls(code: Code) -> Iterator[PoolCall]:
    """The Gets and Puts that a function or literal makes, deferred and spawned ones too."""
    written = (pool_call(code, each) for each in all_expressions(code.block.stmts) if isinstance(each, ast.Call))
    if any(each is not None for each in written):
        yield from (found for call in calls_of(code) if (found := pool_call(code, call)) is not None)


def calls_of(code: Code) -> Iterator[ast.Call]:
    """The calls of a function or literal that can be reached, those it defers included."""
    for block in code.graph.blocks:
        for op in block.ops:
            node = ast.unparen(op.node.call) if isinstance(op, ops.Defer | ops.Go) else None
            node = op.node if isinstance(op, ops.Call) else node
            if isinstance(node, ast.Call):
                yield node


# --- which variable


def holder(code: Code, value: ast.Expr, follow: int = 2) -> Symbol | None:
    """The local variable that holds the object a value is, points at or is a part of: of `&b`, `b[:0]`, `*p`, `x.(T)`.

    A local that was set from another in this way (`bp := &b`) stands for that one.
    """
    value = ast.unparen(value)
    while isinstance(value, ast.Slice | ast.Star | ast.TypeAssert) or (
        isinstance(value, ast.Unary) and value.op == "&"
    ):
        value = ast.unparen(value.x)
    symbol = code.symbol(value)
    if symbol is None or not symbol.is_variable:
        return None
    source = code.whole.value_of(symbol) if follow else None
    if source is not None and isinstance(ast.unparen(source), ast.Unary | ast.Slice):
        return holder(code, source, follow - 1) or symbol
    return symbol


# --- what is put back


def returned_by(code: Code, call: ast.Call) -> Returned | None:
    """The object that a call gives back to a pool on every way that matters; None if it gives none."""
    return _returned_by(code, call, MAX_DEPTH)


def _returned_by(code: Code, call: ast.Call, depth: int) -> Returned | None:
    found = pool_call(code, call)
    if found is not None:
        symbol = holder(code, found.value) if found.value is not None else None
        return None if symbol is None else Returned(symbol, call, found, code, symbol, _is_pointed(found.value))
    if not depth or not may_help(call):
        return None
    callee = code.callee(call)
    if callee is None or callee is code:
        return None
    for param, value in code.arguments(call, callee):
        put = gives_back(callee, param, depth - 1)
        symbol = holder(code, value) if put is not None else None
        if put is not None and symbol is not None:
            pointed = _is_pointed(value) or (put.pointed and not isinstance(ast.unparen(value), ast.Unary))
            return Returned(symbol, call, put.put, put.code, put.inner, pointed)
    return None


def _is_pointed(value: ast.Expr | None) -> bool:
    return value is not None and isinstance(ast.unparen(value), ast.Star)


def may_give_back(code: Code) -> bool:
    """Reports whether a function calls anything that may give something back, by its text: asked before its control
    flow is worked out."""
    return _HELPER_CALL.search(code.source.data, code.block.start, code.block.end) is not None


def may_help(call: ast.Call) -> bool:
    """Reports whether a function may give something back, by its name."""
    fun = ast.unparen(call.fun)
    name = fun.name.name if isinstance(fun, ast.Selector) else fun.name if isinstance(fun, ast.Ident) else ""
    return any(word in name.lower() for word in HELPER_WORDS)


def gives_back(code: Code, symbol: Symbol, depth: int = 1) -> Returned | None:
    """How a function or literal puts back what a variable of its surroundings or a parameter holds.

    None unless it does so on every way, but for those on which it only lets go of what is too large, or of nothing.
    """
    found: dict[ops.Op, Returned] = {}
    for _, op in code.graph.ops(ops.Call):
        put = _returned_by(code, op.node, depth)
        if put is not None and put.symbol is symbol:
            found[op] = put
    for _, later in code.graph.ops(ops.Defer):
        node = ast.unparen(later.node.call)
        put = _returned_by(code, node, depth) if isinstance(node, ast.Call) else None
        if put is not None and put.symbol is symbol:
            found[later] = put
    if not found:
        return None
    answer = find_path(
        code.graph, code.tracker, Point(0), exits=frozenset((code.graph.returned,)), avoiding=found.__contains__,
        barred=lambda edge: _lets_go(code, symbol, edge),
    )  # fmt: skip
    return next(iter(found.values())) if answer.path is None and answer.complete else None


def _lets_go(code: Code, symbol: Symbol, edge: Edge) -> bool:
    """Reports whether a branch is taken for the size of the object alone, or because there is none: it is nil."""
    cond = edge.condition
    if cond is None or not any(code.symbol(part) is symbol for part in expressions(cond)):
        return False
    parts = [part.name.name if isinstance(part, ast.Selector) else code.text(part) for part in expressions(cond)]
    return _is_nil(code, symbol, edge) or not _SIZES.isdisjoint(parts)


def _is_nil(code: Code, symbol: Symbol, edge: Edge) -> bool:
    match ast.unparen(edge.condition) if edge.condition is not None else None:
        case ast.Binary(op="==" | "!=" as op, x=x, y=ast.Ident(name="nil")) if code.symbol(x) is symbol:
            return edge.holds is (op == "==")
        case _:
            return False


def deferred_put(code: Code, op: ops.Defer) -> Returned | None:
    """What a defer statement gives back: itself, or in the literal that it calls."""
    call = ast.unparen(op.node.call)
    if not isinstance(call, ast.Call):
        return None
    literal = code.callee(call) if isinstance(ast.unparen(call.fun), ast.FuncLit) else None
    if literal is None:
        return returned_by(code, call)
    puts = (returned_by(literal, inner.node) for _, inner in literal.graph.ops(ops.Call))
    found = next((each for each in puts if each is not None), None)
    return gives_back(literal, found.symbol) if found is not None else None
