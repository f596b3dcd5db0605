"""What a range clause gives each round."""

from goleaklint.types.declared import Declared
from goleaklint.types.types import INT, RUNE, Array, Basic, Chan, Func, Map, Pointer, Slice, Type, TypeParam, Unknown


def range_types(declared: Declared, kind: Type) -> tuple[Type, ...]:
    """The types of the range variables over a value of this type; empty where they cannot be told."""
    under = declared.core(kind)
    if isinstance(under, Pointer):
        under = declared.core(under.elem)
    match under:
        case Slice(elem=elem) | Array(elem=elem):
            return INT, elem
        case Map(key=key, value=value):
            return key, value
        case Chan(elem=elem):
            return (elem,)
        case Basic(name="string"):
            return INT, RUNE
        case Basic():
            return (kind,)
        case Func(params=(yielded,)):
            taken = declared.core(yielded)
            return taken.params if isinstance(taken, Func) else ()
        case None if isinstance(kind, Unknown):
            return kind, kind
        case None if isinstance(kind, TypeParam):
            return (kind,)
        case _:
            return ()
