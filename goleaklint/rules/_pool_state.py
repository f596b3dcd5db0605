"""A Put in; whether what it gives back is as good as new, there or at every Get, out: for GL301 and GL302."""

from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.index.symbols import Symbol
from goleaklint.rules._pooled import ALL, Content, clears, content, is_cleared
from goleaklint.rules._pools import SYNC_POOL, PoolCall, holder
from goleaklint.rules._taken import Sites, Taken, sites, takers
from goleaklint.syntax import ast
from goleaklint.types.types import Pointer, Type


@dataclass(frozen=True, slots=True, eq=False)
class PutBack:
    """A Put of an object that keeps what was written to it.

    `content` says what it keeps. `dirty` is a user that gets the object and does not clear it.
    """

    put: PoolCall
    symbol: Symbol
    content: Content
    dirty: Taken


def users_of(found: Sites) -> tuple[Taken | None, ...]:
    """Who uses the objects of a pool, helpers included; None stands for one that cannot be followed."""
    return tuple(taken for site in found.gets for taken in takers(site.code, site.pool_call.call))


def dirty_put(code: Code, put: PoolCall) -> PutBack | None:
    """What a Put gives back that accumulates and that some Get does not clear; None where that cannot be told."""
    if put.shared is None or put.value is None:
        return None
    symbol = holder(code, put.value)
    found = sites(code, put.shared)
    if symbol is None or found.escapes or not found.gets:
        return None
    taken = users_of(found)
    users = tuple(user for user in taken if user is not None)
    if len(users) < len(taken) or _clears_itself(code, put):
        return None
    kept = content(code, _held(code, put.value), users)
    if kept is None:
        return None
    dirty = next((user for user in users if not user.hands_on and not is_cleared(kept, _cleared_by(user))), None)
    return None if dirty is None else PutBack(put, symbol, kept, dirty)


def _held(code: Code, value: ast.Expr) -> Type:
    """The type of what is put back; of a slice or map by pointer that slice or map."""
    kind = code.type_of(value)
    return kind.elem if isinstance(kind, Pointer) else kind


def _cleared_by(user: Taken) -> frozenset[str]:
    """What a user clears of what it got, before or after using it, or has been cleared by the helper it got it from,
    or by the Get of a pool that is no sync.Pool."""
    cleared = clears(user.code, user.symbol) | _cleared_by_get(user)
    return cleared if user.helper is None else cleared | _cleared_by(user.helper)


def _cleared_by_get(user: Taken) -> frozenset[str]:
    """What the function that was called for the object clears of it on the way."""
    getter = user.code.callee(user.call)
    if getter is None:
        return frozenset()
    returned = (value for _, op in getter.graph.ops(ops.Return) for value in op.node.results)
    given = (symbol for value in returned if (symbol := holder(getter, value)) is not None)
    return frozenset(part for each in given for part in clears(getter, each))


def _clears_itself(code: Code, put: PoolCall) -> bool:
    """Reports whether the pool's own Put may clear: that of a type which is no sync.Pool is looked into."""
    kind = code.type_of(put.pool)
    kind = kind.elem if isinstance(kind, Pointer) else kind
    if kind == SYNC_POOL:
        return False
    callee = code.callee(put.call)
    if callee is None:
        return getattr(kind, "package", "").rpartition("/")[2] != "zeropool"
    return any(symbol is not None and ALL in clears(callee, symbol) for symbol in callee.params[1:])


def outermost(code: Code) -> Code:
    """The declared function around a literal."""
    while code.outer is not None:
        code = code.outer
    return code


def unclean_putters(code: Code, back: PutBack) -> Iterator[Code]:
    """The functions that give the object back as they left it: the one with the Put, or, if it is a helper, those of
    its callers that do not clear it before."""
    whole = outermost(code)
    if is_cleared(back.content, clears(whole, back.symbol)):
        return
    if back.symbol not in whole.params:
        yield whole
        return
    for site in whole.whole.functions.callers(whole.whole.decl):
        if site.call and isinstance(site.node, ast.Call):
            given = next(
                (value for param, value in site.code.arguments(site.node, whole) if param is back.symbol), None
            )
            symbol = holder(site.code, given) if given is not None else None
            if symbol is not None and not is_cleared(back.content, clears(outermost(site.code), symbol)):
                yield site.code
