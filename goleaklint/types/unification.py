"""Two types in, of which one mentions type parameters; what those must stand for so that the types match, out."""

from collections.abc import Iterable
from typing import Protocol

from goleaklint.types.generics import substitute
from goleaklint.types.types import (
    Array,
    Basic,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    Type,
    TypeParam,
    parts,
)

MAX_DEPTH = 100
"""How deep two types are compared; types that go on are cycles through interfaces."""


class Shapes(Protocol):
    """What unification asks about types that are known by name."""

    def core(self, kind: Type) -> Type | None: ...
    def methods(self, kind: Type) -> tuple[tuple[str, Func], ...]: ...
    def method(self, kind: Type, name: str) -> Func | None: ...


class Unifier:
    """What some type parameters stand for, as learnt so far: a type, or another of the parameters.

    Types that do not match teach nothing, and what was learnt before stays: the program is taken to be correct.
    """

    def __init__(self, params: Iterable[TypeParam], shapes: Shapes) -> None:
        self._params = frozenset(params)
        self._shapes = shapes
        self._found: dict[TypeParam, Type] = {}

    def known(self, param: TypeParam) -> Type | None:
        """What a type parameter stands for; it can mention others."""
        return self._found.get(self._root(param))

    def learn(self, param: TypeParam, kind: Type) -> None:
        """Let a type parameter stand for a type."""
        if isinstance(kind, TypeParam) and kind in self._params:
            self._join(self._root(param), self._root(kind))
        else:
            self._found[self._root(param)] = kind

    def count(self) -> int:
        """How many type parameters are known: it grows as long as there is anything to learn."""
        return sum(self.known(param) is not None for param in self._params)

    def is_open(self, kind: Type) -> bool:
        """Reports whether a type mentions any of the type parameters."""
        return kind in self._params or any(map(self.is_open, parts(kind)))

    def arguments(self) -> dict[TypeParam, Type]:
        """The types of all parameters that are known without mention of others."""
        found = {param: kind for param in self._params if (kind := self.known(param)) is not None}
        for _ in self._params:
            found = {param: substitute(kind, found) for param, kind in found.items()}
        return {param: kind for param, kind in found.items() if not self.is_open(kind)}

    def _root(self, param: TypeParam) -> TypeParam:
        """The parameter that this one has been found to be the same as."""
        while isinstance(found := self._found.get(param), TypeParam) and found in self._params:
            param = found
        return param

    def unify(self, x: Type, y: Type, *, exact: bool = False, depth: int = 0) -> bool:
        """Reports whether the types can be made the same; unless `exact`, a defined type matches what is under it."""
        if x == y or depth > MAX_DEPTH:
            return x == y
        if isinstance(y, TypeParam) and y in self._params and not (isinstance(x, TypeParam) and x in self._params):
            x, y = y, x
        if isinstance(x, TypeParam) and x in self._params:
            return self._parameter(x, y, exact, depth)
        if not exact:
            if isinstance(x, TypeParam) or isinstance(y, TypeParam):
                return self._through_core(x, y, depth)
            if self._interfaces(x, y, depth):
                return True
            if isinstance(x, Named) != isinstance(y, Named):
                under = self._shapes.core(x if isinstance(x, Named) else y)
                other = y if isinstance(x, Named) else x
                return under is not None and self.unify(under, other, exact=True, depth=depth + 1)
        return self._structure(x, y, depth + 1)

    def _parameter(self, param: TypeParam, kind: Type, exact: bool, depth: int) -> bool:
        root, known = self._root(param), self.known(param)
        if isinstance(kind, TypeParam) and kind in self._params:
            other = self.known(kind)
            if known is None or other is None:
                self._join(root, self._root(kind))
                return True
            return self.unify(known, other, exact=exact, depth=depth + 1)
        if known is None:
            self._found[root] = kind
            return True
        if not self.unify(known, kind, exact=exact, depth=depth + 1):
            return False
        if not exact and _says_more(kind, known):
            self._found[root] = kind
        return True

    def _join(self, one: TypeParam, other: TypeParam) -> None:
        if one == other:
            return
        if one in self._found:
            one, other = other, one
        self._found[one] = other

    def _through_core(self, x: Type, y: Type, depth: int) -> bool:
        """A type parameter of the surrounding function matches as the one type that all it can be are underneath."""
        param, other = (x, y) if isinstance(x, TypeParam) else (y, x)
        core = self._shapes.core(param)
        return core is not None and not isinstance(core, TypeParam) and self.unify(core, other, depth=depth + 1)

    def _interfaces(self, x: Type, y: Type, depth: int) -> bool:
        """An interface matches a type that has its methods, whose types then match."""
        if isinstance(x, Named) and isinstance(y, Named) and (x.package, x.name) == (y.package, y.name):
            return False
        wanted, kind = (x, y) if isinstance(self._shapes.core(x), Interface) else (y, x)
        asked = self._shapes.methods(wanted) if isinstance(self._shapes.core(wanted), Interface) else ()
        found = [(method, self._shapes.method(kind, name)) for name, method in asked]
        return bool(found) and all(
            other is not None and self.unify(method, other, exact=True, depth=depth + 1) for method, other in found
        )

    def _structure(self, x: Type, y: Type, depth: int) -> bool:
        """Types of one form match part by part."""
        if _form(x) != _form(y):
            return False
        pairs = list(zip(parts(x), parts(y), strict=False))
        # Not `all`: of types that differ in one place the others still tell something.
        matches = [self.unify(one, other, exact=True, depth=depth) for one, other in pairs]
        return all(matches)


def _says_more(kind: Type, known: Type) -> bool:
    """Reports whether of two matching types the new one is to be kept: one with a name, or a channel's direction."""
    if isinstance(known, Named) or isinstance(kind, Named):
        return isinstance(kind, Named) and not isinstance(known, Named)
    return isinstance(kind, Chan) and isinstance(known, Chan) and known.direction == "both"


def _form(kind: Type) -> tuple[object, ...]:
    """What must be equal in two types before their parts are compared."""
    match kind:
        case Named(package=package, name=name, local=local):
            return Named, package, name, local
        case Basic() | TypeParam():
            return (kind,)
        case Array(length=length):
            return Array, length
        case Func(params=params, results=results, variadic=variadic):
            return Func, len(params), len(results), variadic
        case Struct(fields=fields):
            return Struct, tuple((each.name, each.embedded) for each in fields)
        case Interface(methods=methods, embeds=embeds):
            return Interface, tuple(name for name, _ in methods), len(embeds)
        case Pointer() | Slice() | Map() | Chan():
            return (type(kind),)
        case _:
            return (kind,)
