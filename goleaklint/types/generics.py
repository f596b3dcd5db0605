"""Types with type parameters in, with arguments in their place out."""

from collections.abc import Mapping

from msgspec.structs import replace

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


def spread(function: Func, count: int) -> tuple[Type, ...]:
    """The parameter types that `count` arguments meet: the last of a variadic function as often as needed."""
    if not function.variadic or not function.params:
        return function.params
    last = function.params[-1]
    elem = last.elem if isinstance(last, Slice) else last
    return (*function.params[:-1], *[elem] * max(0, count - len(function.params) + 1))
