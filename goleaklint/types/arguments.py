"""A generic function and what it is called with in; the function with its type parameters replaced out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from msgspec.structs import replace

from goleaklint.types.constraints import CoreTerm
from goleaklint.types.generics import spread, substitute
from goleaklint.types.types import UNTYPED_NIL, Func, Type, TypeParam, Unknown, default, is_untyped
from goleaklint.types.unification import Shapes as UnifierShapes
from goleaklint.types.unification import Unifier
from goleaklint.types.untyped import wider


class Shapes(UnifierShapes, Protocol):
    """What inference asks about type parameters."""

    def constraint(self, param: TypeParam) -> Type | None: ...
    def core_term(self, constraint: Type) -> CoreTerm | None: ...


def infer(function: Func, args: Sequence[Type], shapes: Shapes) -> Func | None:
    """The function as it is called with arguments of these types, of which some can be generic functions themselves.

    None where some type parameter stays open.
    """
    callee = _Renamed.of(function, "'")
    generic = {
        number: _Renamed.of(arg, f"'{number}")
        for number, arg in enumerate(args)
        if isinstance(arg, Func) and arg.type_params
    }
    solving = _Solving((callee, *generic.values()), shapes)
    params = spread(callee.function, len(args))
    known = [generic[number].function if number in generic else arg for number, arg in enumerate(args)]
    met = list(zip(params, known, strict=False))
    solving.typed(met)
    solving.constraints()
    solving.untyped(met)
    return callee.filled(solving.unifier.arguments())


def infer_for(function: Func, target: Func, shapes: Shapes) -> Func | None:
    """A generic function as it becomes a value of type `target`; None where some type parameter stays open."""
    renamed = _Renamed.of(function, "'")
    solving = _Solving((renamed,), shapes)
    solving.typed([(renamed.function, target)])
    solving.constraints()
    return renamed.filled(solving.unifier.arguments())


def instantiate(function: Func, given: Sequence[Type], shapes: Shapes) -> Func:
    """A generic function with its first type parameters replaced; it stays generic in what those do not tell."""
    found = dict(zip(function.type_params, given, strict=False))
    if len(given) < len(function.type_params):
        renamed = _Renamed.of(function, "'")
        solving = _Solving((renamed,), shapes)
        for param, kind in zip(renamed.params, given, strict=False):
            solving.unifier.learn(param, kind)
        solving.constraints()
        known = solving.unifier.arguments()
        pairs = zip(function.type_params, renamed.params, strict=True)
        found = {param: known[new] for param, new in pairs if new in known}
    rest = tuple(
        replace(param, constraint=None if constraint is None else substitute(constraint, found))
        for param in function.type_params
        if param not in found
        for constraint in [param.constraint or shapes.constraint(param)]
    )
    done = substitute(replace(function, type_params=()), found)
    return replace(done, type_params=rest) if isinstance(done, Func) else function


@dataclass(frozen=True, slots=True)
class _Renamed:
    """A generic function under names of its own: it can be called by itself, and be its own argument."""

    function: Func
    params: tuple[TypeParam, ...]
    original: Func

    @staticmethod
    def of(function: Func, mark: str) -> "_Renamed":
        params = tuple(replace(param, owner=param.owner + mark) for param in function.type_params)
        renamed = substitute(replace(function, type_params=()), dict(zip(function.type_params, params, strict=True)))
        return _Renamed(renamed if isinstance(renamed, Func) else function, params, function)

    def filled(self, found: dict[TypeParam, Type]) -> Func | None:
        if any(param not in found for param in self.params):
            return None
        done = substitute(self.function, found)
        return done if isinstance(done, Func) else None


class _Solving:
    """The three things that tell type arguments: typed arguments, constraints, and last untyped constants."""

    def __init__(self, functions: Sequence[_Renamed], shapes: Shapes) -> None:
        self._shapes = shapes
        self._constraints: dict[TypeParam, Type] = {}
        for each in functions:
            renaming = dict(zip(each.original.type_params, each.params, strict=True))
            for old, new in renaming.items():
                constraint = old.constraint or shapes.constraint(old)
                if constraint is not None:
                    self._constraints[new] = substitute(constraint, renaming)
        self._params = tuple(param for each in functions for param in each.params)
        self.unifier = Unifier(self._params, shapes)

    def typed(self, met: Sequence[tuple[Type, Type]]) -> None:
        for param, arg in met:
            if not is_untyped(arg) and not isinstance(arg, Unknown):
                self.unifier.unify(param, arg)

    def constraints(self) -> None:
        """Each round can make a type parameter known that others depend on."""
        count = -1
        while count < self.unifier.count():
            count = self.unifier.count()
            for param, constraint in self._constraints.items():
                self._constrain(param, constraint)

    def _constrain(self, param: TypeParam, constraint: Type) -> None:
        known = self.unifier.known(param)
        core = self._shapes.core_term(constraint)
        if core is not None and known is not None:
            self.unifier.unify(known, core.type)
        elif core is not None and core.single and not core.tilde:
            self.unifier.learn(param, core.type)
        if known is None or self.unifier.is_open(known):
            return
        for name, asked in self._shapes.methods(constraint):
            method = self._shapes.method(known, name)
            if method is not None:
                self.unifier.unify(asked, method, exact=True)

    def untyped(self, met: Sequence[tuple[Type, Type]]) -> None:
        widest: dict[TypeParam, Type] = {}
        for param, arg in met:
            if is_untyped(arg) and arg != UNTYPED_NIL and isinstance(param, TypeParam) and param in self._params:
                widest[param] = wider(widest.get(param, arg), arg)
        for param, kind in widest.items():
            if self.unifier.known(param) is None:
                self.unifier.learn(param, default(kind))
