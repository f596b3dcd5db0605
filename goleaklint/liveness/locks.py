"""An expression in; the lock that it names, and what a call does to it, out."""

import enum
import re
from dataclasses import dataclass, field

from goleaklint.calls.code import Code
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.syntax import ast
from goleaklint.types.members import Member
from goleaklint.types.types import Named, Pointer, Struct, Type


@dataclass(frozen=True, slots=True)
class Lock:
    """A mutex, named from a variable on: `path` are the fields, with the types that declare them, so that a promoted
    field and the long way to it are one.

    `indices` are the variables that choose an element on the way; `indirect` tells that the way leads through a pointer
    or an element, which may be another one a moment later.
    """

    root: Symbol
    path: tuple[str, ...] = ()
    indices: tuple[Symbol, ...] = ()
    indirect: bool = field(default=False, compare=False)

    def below(self, owner: "Lock") -> "Lock":
        """This lock of a function's parameter, named from where a caller has the argument."""
        return Lock(owner.root, (*owner.path, *self.path), owner.indices, owner.indirect or self.indirect)

    @property
    def depends(self) -> frozenset[Symbol]:
        """The variables that, with another value, name another lock."""
        return frozenset((self.root, *self.indices))


class Action(enum.Enum):
    LOCK = enum.auto()
    UNLOCK = enum.auto()
    TRY = enum.auto()


@dataclass(frozen=True, slots=True)
class LockCall:
    """What a call does to a lock; `read` is set for RLock and its like."""

    lock: Lock
    action: Action
    read: bool


_METHODS = {
    "Lock": (Action.LOCK, False),
    "RLock": (Action.LOCK, True),
    "Unlock": (Action.UNLOCK, False),
    "RUnlock": (Action.UNLOCK, True),
    "TryLock": (Action.TRY, False),
    "TryRLock": (Action.TRY, True),
}
_OWNERS = ("Mutex", "RWMutex", "Locker")
_LOCAL_NAME = re.compile(r"\(?\*?(\w+)\)?\.\w+")


def lock_call(code: Code, call: ast.Call) -> LockCall | None:
    """What a call does to a mutex of the standard library, or of a library that has its own; None for other calls.

    A method of the module itself is none: what it does can be read.
    """
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector) or call.args or fun.name.name not in _METHODS:
        return None
    found = _mutex_of(code, call, fun)
    if found is None:
        return None
    action, read = _METHODS[fun.name.name]
    return LockCall(found, action, read)


def unlocked_by(code: Code, value: ast.Expr) -> Lock | None:
    """The lock that a function value `x.Unlock` unlocks."""
    if not isinstance(value, ast.Selector) or value.name.name not in ("Unlock", "RUnlock"):
        return None
    return _mutex_of(code, ast.Call(value.start, value.end, value, (), False), value)


def _mutex_of(code: Code, call: ast.Call, fun: ast.Selector) -> Lock | None:
    name = code.callee_name(call)
    match = _LOCAL_NAME.fullmatch(name[1]) if name is not None else None
    if name is None or match is None or match[1] not in _OWNERS:
        return None
    if name[0] != "sync" and code.callee(call) is not None:
        return None
    found = lock_at(code, fun.x)
    kind = _without_pointer(code.type_of(fun.x))
    if found is None or (isinstance(kind, Named) and (kind.package, kind.name) == (name[0], match[1])):
        return found
    return Lock(found.root, (*found.path, _embedding(code, kind, match[1])), found.indices, found.indirect)


def _without_pointer(kind: Type) -> Type:
    return kind.elem if isinstance(kind, Pointer) else kind


def _embedding(code: Code, kind: Type, mutex: str) -> str:
    """The field by which a type has an embedded mutex: its own, or that of a type that it embeds in turn."""
    level = [kind]
    for _ in range(3):
        deeper: list[Type] = []
        for each in level:
            each = _without_pointer(each)
            under = code.types.declared.core(each)
            for part in under.fields if isinstance(under, Struct) else ():
                if part.embedded and part.name == mutex and isinstance(each, Named):
                    return f"{each.name}.{mutex}"
                if part.embedded:
                    deeper.append(part.type)
        level = deeper
    return mutex


def lock_at(code: Code, expr: ast.Expr) -> Lock | None:
    """The place that an expression names, as a lock or as what holds one; None where that may be another each time."""
    expr = ast.unparen(expr)
    match expr:
        case ast.Star(x=x) | ast.Unary(op="&", x=x):
            return lock_at(code, x)
        case ast.Ident():
            return _variable(code, expr)
        case ast.Selector(x=x) if not (isinstance(x, ast.Ident) and code.types.env.import_path(x)):
            inner = lock_at(code, x)
            return None if inner is None else _field(code, inner, expr)
        case ast.Index(x=x, indices=(index,)):
            inner = lock_at(code, x)
            return None if inner is None else _element(code, inner, ast.unparen(index))
        case _:
            return None


def root_of(code: Code, expr: ast.Expr) -> Symbol | None:
    """The variable from which `lock_at` names a place, if it names one. This needs no types: most places are asked for
    only to learn that they have nothing to do with any lock."""
    expr = ast.unparen(expr)
    while isinstance(expr, ast.Selector | ast.Index | ast.Star) or (isinstance(expr, ast.Unary) and expr.op == "&"):
        expr = ast.unparen(expr.x)
    variable = _variable(code, expr) if isinstance(expr, ast.Ident) else None
    return None if variable is None else variable.root


def _variable(code: Code, ident: ast.Ident) -> Lock | None:
    symbol = code.symbol(ident)
    if symbol is None or not (symbol.is_variable or symbol.kind is SymbolKind.GLOBAL):
        return None
    value = code.whole.value_of(symbol) if symbol.kind is SymbolKind.LOCAL else None
    value = ast.unparen(value) if value is not None else None
    if isinstance(value, ast.Unary) and value.op == "&" and isinstance(ast.unparen(value.x), ast.Selector):
        return lock_at(code, value.x) or Lock(symbol)
    return Lock(symbol)


def _field(code: Code, inner: Lock, selector: ast.Selector) -> Lock:
    member = code.types.member(selector)
    name = selector.name.name
    if isinstance(member, Member) and member.owner is not None:
        name = f"{member.owner.name}.{name}"
    far = inner.indirect or (bool(inner.path) and isinstance(code.core_type(selector.x), Pointer))
    if _is_embedded(code, selector) and not _is_mutex(code.type_of(selector)):
        return Lock(inner.root, inner.path, inner.indices, far)
    return Lock(inner.root, (*inner.path, name), inner.indices, far)


def _is_mutex(kind: Type) -> bool:
    kind = _without_pointer(kind)
    return isinstance(kind, Named) and kind.name in _OWNERS


def _is_embedded(code: Code, selector: ast.Selector) -> bool:
    under = code.types.declared.core(_without_pointer(code.type_of(selector.x)))
    fields = under.fields if isinstance(under, Struct) else ()
    return any(each.embedded and each.name == selector.name.name for each in fields)


def _element(code: Code, inner: Lock, index: ast.Expr) -> Lock | None:
    symbol = code.symbol(index)
    if isinstance(index, ast.BasicLit):
        return Lock(inner.root, (*inner.path, f"[{index.text}]"), inner.indices, True)
    if symbol is None or not (symbol.is_variable or symbol.kind is SymbolKind.CONST):
        return None
    return Lock(inner.root, (*inner.path, f"[{symbol.name}@{symbol.start}]"), (*inner.indices, symbol), True)
