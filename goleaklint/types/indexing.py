"""The type of an operand in; what `x[i]` and `x[i:j]` give out."""

from goleaklint.types.declared import Declared
from goleaklint.types.types import (
    BYTE,
    STRING,
    Array,
    Basic,
    Map,
    Pointer,
    Slice,
    Type,
    TypeParam,
    is_untyped,
)


def indexed(declared: Declared, kind: Type) -> Type:
    """The type of an index expression; of a type parameter that which all types it can be give."""
    found = {_element(under) for under in _possible(declared, kind)}
    return (found.pop() if len(found) == 1 else None) or declared.unknown(kind, "index of an unknown type")


def sliced(declared: Declared, kind: Type) -> Type:
    """The type of a slice expression."""
    for under in _possible(declared, kind):
        match under:
            case Array(elem=elem):
                return Slice(elem)
            case Basic(name="string" | "untyped string"):
                return STRING if is_untyped(kind) else kind
            case Slice():
                return kind
    return declared.unknown(kind, "slice of an unknown type")


def _possible(declared: Declared, kind: Type) -> tuple[Type, ...]:
    """What is under a type, or under each that a type parameter can be; a pointer to an array is that array."""
    if isinstance(kind, TypeParam):
        return declared.possible(kind)
    return (declared.underlying(_pointed(declared, kind)),)


def _element(under: Type) -> Type | None:
    match under:
        case Map(value=value):
            return value
        case Slice(elem=elem) | Array(elem=elem):
            return elem
        case Basic(name="string" | "untyped string"):
            return BYTE
        case _:
            return None


def _pointed(declared: Declared, kind: Type) -> Type:
    """The array behind a pointer to an array; other types as they are."""
    under = declared.core(kind)
    if isinstance(under, Pointer) and isinstance(declared.core(under.elem), Array):
        return under.elem
    return kind
