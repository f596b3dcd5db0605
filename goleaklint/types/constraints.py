"""Constraints of type parameters in; the types they allow, and what those have in common, out."""

from collections.abc import Callable
from dataclasses import dataclass

from goleaklint.types.types import Chan, Func, Interface, Named, Type, Union, Unknown

Terms = tuple[tuple[bool, Type], ...]
"""The types that a constraint allows, each with whether a tilde stands before it."""

Underlying = Callable[[Type], Type]

MAX_DEPTH = 50
"""How deep interfaces are embedded in each other at most; more can only be a cycle."""


@dataclass(frozen=True, slots=True)
class CoreTerm:
    """What all types of a constraint are underneath. `single` tells that there is but one, which is then `type`."""

    type: Type
    tilde: bool
    single: bool


def terms(kind: Type, underlying: Underlying, depth: int = 0) -> Terms | None:
    """The types that a constraint lists; None where it allows all types that have its methods."""
    if depth > MAX_DEPTH:
        return None
    match kind:
        case Named():
            under = underlying(kind)
            if isinstance(under, Interface | Union | Unknown):
                return terms(under, underlying, depth + 1)
            return ((False, kind),)
        case Unknown():
            return None
        case Interface(embeds=embeds):
            # The types that all embedded ones list; where several list any, the shortest list is as near as it gets.
            lists = [found for each in embeds if (found := terms(each, underlying, depth + 1)) is not None]
            return min(lists, key=len) if lists else None
        case Union(terms=alternatives):
            listed: list[tuple[bool, Type]] = []
            for tilde, each in alternatives:
                inner = ((True, each),) if tilde else terms(each, underlying, depth + 1)
                if inner is None:
                    return None
                listed += inner
            return tuple(listed)
        case _:
            return ((False, kind),)


def core_term(constraint: Type, underlying: Underlying) -> CoreTerm | None:
    """The one type that all types of a constraint are underneath; None if there is none such."""
    listed = terms(constraint, underlying)
    if not listed:
        return None
    if len(listed) == 1:
        tilde, kind = listed[0]
        return CoreTerm(kind, tilde, single=True)
    core = common({underlying(kind) for _, kind in listed})
    return None if core is None else CoreTerm(core, any(tilde for tilde, _ in listed), single=False)


def common(kinds: set[Type]) -> Type | None:
    """The type that all are; of channels of the same elements, one with the direction that all of them have."""
    if len(kinds) == 1:
        return next(iter(kinds))
    channels = [kind for kind in kinds if isinstance(kind, Chan)]
    if len(channels) != len(kinds) or len({kind.elem for kind in channels}) != 1:
        return None
    directed = {kind for kind in channels if kind.direction != "both"}
    return directed.pop() if len(directed) == 1 else None


def methods(constraint: Type, underlying: Underlying, depth: int = 0) -> tuple[tuple[str, Func], ...]:
    """The methods that an interface or constraint asks for, those of embedded interfaces included."""
    under = underlying(constraint)
    if not isinstance(under, Interface) or depth > MAX_DEPTH:
        return ()
    inner = (method for embed in under.embeds for method in methods(embed, underlying, depth + 1))
    return (*under.methods, *inner)
