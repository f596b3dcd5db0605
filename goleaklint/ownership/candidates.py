"""Names and types in; whether a resource may be behind them at all, out: asked before any function's body is read."""

import re
from collections.abc import Iterable

from goleaklint.knowledge import Holder, Knowledge
from goleaklint.syntax import ast
from goleaklint.types.declared import Declared
from goleaklint.types.types import ERROR, Array, Basic, Map, Named, Pointer, Slice, Struct, Tuple, Type, TypeParam

_PLAIN = (Array, Basic, Map, Slice, Struct)
"""What no pack lends out, unless by the name of a type."""


class Candidates:
    """What the packs of a run lend out, by bare names. `makers` are those functions of which a result is lent,
    `takers` those that acquire something for their receiver or argument."""

    def __init__(self, knowledge: Knowledge) -> None:
        resources = list(knowledge.resources())
        self.makers = frozenset(name.name for each in resources for name in each.acquire)
        self.takers = frozenset(
            name.name for each in resources if each.holder is not Holder.RESULT for name in each.acquire
        )
        self._taker = re.compile(rb"\b(?:%s)\b" % b"|".join(re.escape(name.encode()) for name in sorted(self.takers)))
        self._types = frozenset(each.type.name for each in resources)

    def may_take(self, text: bytes, start: int, end: int) -> bool:
        """Reports whether a piece of text names a function that acquires something for its receiver or argument."""
        return bool(self.takers) and self._taker.search(text, start, end) is not None

    def may_be_made(self, kind: Type, declared: Declared) -> bool:
        """Reports whether a function that returns this may return a resource: of this type, or behind it."""
        return any(self._may_be(each, declared) for each in (kind.types if isinstance(kind, Tuple) else (kind,)))

    def _may_be(self, kind: Type, declared: Declared) -> bool:
        if kind == ERROR or isinstance(kind, _PLAIN):
            return False
        if isinstance(kind, Pointer):
            named = kind.elem
            return named.name in self._types if isinstance(named, Named) else isinstance(named, TypeParam)
        return not (isinstance(kind, Named) and kind.name not in self._types) or not isinstance(
            declared.core(kind), (*_PLAIN, Pointer)
        )


def assigned_or_dropped(stmt: ast.Stmt) -> Iterable[ast.Expr]:
    """The values that a statement assigns, or throws away."""
    match stmt:
        case ast.ExprStmt(x=x):
            return (x,)
        case ast.Assign(right=right):
            return right
        case ast.DeclStmt(specs=specs):
            return [value for spec in specs if isinstance(spec, ast.ValueSpec) for value in spec.values]
        case _:
            return ()
