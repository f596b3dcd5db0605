"""Untyped constants in; the type that each takes from where it stands out."""

from collections.abc import Callable

from goleaklint.types.types import (
    UNTYPED_COMPLEX,
    UNTYPED_FLOAT,
    UNTYPED_INT,
    UNTYPED_NIL,
    UNTYPED_RUNE,
    Basic,
    Type,
    TypeParam,
    Unknown,
    default,
    is_untyped,
)

_ORDER = (UNTYPED_INT, UNTYPED_RUNE, UNTYPED_FLOAT, UNTYPED_COMPLEX)


def wider(one: Type, other: Type) -> Type:
    """Of two untyped numbers the kind that can hold both; `one` where they are no numbers."""
    if one in _ORDER and other in _ORDER:
        return max(one, other, key=_ORDER.index)
    return one


def final_type(kind: Type, wanted: Type | None, underlying: Callable[[Type], Type]) -> Type:
    """The type that an untyped expression takes where `wanted` is asked for; None asks for nothing in particular.

    Where an untyped kind is wanted, no type is given: conditions and parts of constants stay untyped.
    """
    if kind == UNTYPED_NIL:
        return kind
    if wanted is None:
        return default(kind)
    if is_untyped(wanted):
        return wider(kind, wanted)
    under = underlying(wanted)
    if isinstance(under, Unknown):
        return under
    if isinstance(under, Basic | TypeParam):
        return wanted
    return default(kind)
