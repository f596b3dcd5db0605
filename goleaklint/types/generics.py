"""Type parameters and arguments: putting arguments in, and working them out from what a function is called with."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from goleaklint.types.types import (
    Array,
    Chan,
    Func,
    Interface,
    Map,
    Named,
    Pointer,
    Slice,
    Struct,
    Tuple,
    Type,
    TypeParam,
    Union,
    default,
    is_untyped,
    parts,
)

Arguments = Mapping[TypeParam, Type]


def substitute(kind: Type, arguments: Arguments) -> Type:
    """The type with its type parameters replaced; the same object where there is none to replace."""
    if not arguments:
        return kind

    def again(part: Type) -> Type:
        return substitute(part, arguments)

    match kind:
        case TypeParam():
            return arguments.get(kind, kind)
        case Named(args=args) if args:
            return replace(kind, args=tuple(map(again, args)))
        case Pointer(elem=elem) | Slice(elem=elem) | Array(elem=elem) | Chan(elem=elem):
            return replace(kind, elem=again(elem))
        case Map(key=key, value=value):
            return Map(again(key), again(value))
        case Tuple(types=types):
            return Tuple(tuple(map(again, types)))
        case Func(params=params, results=results):
            return replace(kind, params=tuple(map(again, params)), results=tuple(map(again, results)))
        case Struct(fields=fields):
            return Struct(tuple(replace(each, type=again(each.type)) for each in fields))
        case Interface(methods=methods, embeds=embeds):
            inner = tuple((name, _function(again(method), method)) for name, method in methods)
            return Interface(inner, tuple(map(again, embeds)))
        case Union(terms=terms):
            return Union(tuple((tilde, again(term)) for tilde, term in terms))
        case _:
            return kind


def _function(kind: Type, otherwise: Func) -> Func:
    return kind if isinstance(kind, Func) else otherwise


def infer(
    function: Func, given: tuple[Type, ...], args: tuple[Type, ...], core: Callable[[Type], Type | None]
) -> Func | None:
    """A generic function with its type parameters replaced by `given` arguments and by what the call's `args` tell.

    `core` gives the type that all types of a constraint (or a named type) share underneath. None where some type
    parameter stays open.
    """
    found: dict[TypeParam, Type] = dict(zip(function.type_params, given, strict=False))
    params = list(spread(function, len(args)))
    pairs = list(zip(params, args, strict=False))
    for param, arg in pairs:
        if not is_untyped(arg):
            unify(param, arg, found, core)
    for param, arg in pairs:
        if is_untyped(arg) and isinstance(param, TypeParam) and param in function.type_params:
            known = found.get(param)
            if known is None or is_untyped(known):
                found[param] = _wider(known, arg)
    for param_type, value in list(found.items()):
        found[param_type] = default(value)
    for _ in function.type_params:
        for param_type in function.type_params:
            shape = core(param_type)
            if shape is None:
                continue
            if param_type in found:
                unify(shape, found[param_type], found, core)
            else:
                filled = substitute(shape, found)
                if not _open(filled, function.type_params):
                    found[param_type] = filled
    if any(param_type not in found for param_type in function.type_params):
        return None
    done = substitute(replace(function, type_params=()), found)
    return done if isinstance(done, Func) else None


_ORDER = ("untyped int", "untyped rune", "untyped float", "untyped complex")


def _wider(known: Type | None, arg: Type) -> Type:
    """Of two untyped numbers the one that can hold both."""
    names = [kind.name for kind in (known, arg) if kind is not None and hasattr(kind, "name")]
    if known is None or any(name not in _ORDER for name in names):
        return arg if known is None else known
    return known if _ORDER.index(names[0]) >= _ORDER.index(names[1]) else arg


def spread(function: Func, count: int) -> tuple[Type, ...]:
    """The parameter types that `count` arguments meet: the last of a variadic function as often as needed."""
    if not function.variadic or not function.params:
        return function.params
    last = function.params[-1]
    elem = last.elem if isinstance(last, Slice) else last
    return (*function.params[:-1], *[elem] * max(0, count - len(function.params) + 1))


def unify(pattern: Type, kind: Type, found: dict[TypeParam, Type], core: Callable[[Type], Type | None]) -> None:
    """Learn from `kind` what the type parameters in `pattern` stand for; what does not fit teaches nothing."""
    match pattern:
        case TypeParam():
            found.setdefault(pattern, kind)
            return
        case Named(args=args) if args:
            if isinstance(kind, Named) and (kind.package, kind.name) == (pattern.package, pattern.name):
                for one, other in zip(args, kind.args, strict=False):
                    unify(one, other, found, core)
                return
    if isinstance(kind, Named) and not isinstance(pattern, Named):
        kind = core(kind) or kind
    elif isinstance(pattern, Named) and not isinstance(kind, Named):
        pattern = core(pattern) or pattern
    match pattern, kind:
        case (Pointer(elem=one), Pointer(elem=other)) | (Slice(elem=one), Slice(elem=other)):
            unify(one, other, found, core)
        case (Array(elem=one), Array(elem=other)) | (Chan(elem=one), Chan(elem=other)):
            unify(one, other, found, core)
        case Map(key=key, value=value), Map(key=other_key, value=other_value):
            unify(key, other_key, found, core)
            unify(value, other_value, found, core)
        case Func(params=params, results=results), Func(params=other_params, results=other_results):
            for one, other in zip((*params, *results), (*other_params, *other_results), strict=False):
                unify(one, other, found, core)


def _open(kind: Type, params: tuple[TypeParam, ...]) -> bool:
    """Reports whether any of the type parameters is left in a type."""
    return kind in params or any(_open(part, params) for part in parts(kind))
