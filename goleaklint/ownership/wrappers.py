"""A function that makes a resource, and the object that it returns with it, in; that object as a resource out.

`openTable` opens a file and returns a `*table` that has it in a field, and `(*table).Close` closes it: who calls
`openTable` must close the table.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from goleaklint.calls.code import Code
from goleaklint.flow.facts import NOTHING, Facts
from goleaklint.knowledge import ITSELF, FunctionName, Resource, TypeName
from goleaklint.ownership.state import INSIDE, End, Name
from goleaklint.types.declared import Declared
from goleaklint.types.members import Member, find_member
from goleaklint.types.types import ERROR, Named, Pointer, Tuple, Type

RULE = "GL414"
"""The rule of such objects. What is around a database counts as one itself: it is mostly to stay, too."""

RULES = frozenset("GL414 GL401 GL402 GL404 GL405 GL406 GL407 GL408 GL410".split())
"""Rules of what an object takes along; what ends with a context or a signal is left out."""

CLOSING = ("Close", "Release", "Shutdown", "Stop", "close", "release", "shutdown", "stop")
"""What methods are called by which an object gives back what it has."""

_MAKES = re.compile(r"(?i:new|open|dial|create|listen|connect|make)(?![a-z])")
"""Functions that promise a new object. Others may give one that somebody else has, too."""

Fate = Callable[[Code, Name, Resource, Facts], frozenset[End]]


def may_wrap(name: str, kind: Type, declared: Declared) -> bool:
    """Reports whether a function of this bare name, which returns this, may make an object around a resource."""
    return _MAKES.match(name) is not None and any(True for _ in _closers(_object(kind), declared))


def wrapped(code: Code, resource: Resource, fate: Fate) -> Resource | None:
    """The object that a function returns around a resource that it made; None where that is no resource of its own."""
    if resource.rule not in RULES or ITSELF in resource.release or not _MAKES.match(code.whole.decl.name):
        return None
    declared = code.types.declared
    results = tuple(declared.resolve(each.type, code.types.env) for each in code.type.results)
    kind = _object(Tuple(results))
    if kind is None or not isinstance(kind.elem, Named):
        return None
    package, name = kind.elem.package, kind.elem.name
    releases = tuple(
        FunctionName(package, method.name, name)
        for method in _closers(kind, declared)
        if _gives_back(code, method, resource, fate)
    )
    if not releases:
        return None
    scope = code.whole.scope.package
    label = f"{scope.name if package == scope.path else package.rpartition('/')[2]}.{name}"
    kind_name = TypeName(package, name, pointer=True)
    rule = resource.rule if resource.rule == "GL408" else RULE
    return replace(
        resource, rule=rule, type=kind_name, label=label, release=releases, field=INSIDE, order=None, acquire=()
    )


def _object(kind: Type) -> Pointer | None:
    """The one result of a function beside an error, where it is a pointer to a type with a name."""
    results = [each for each in (kind.types if isinstance(kind, Tuple) else (kind,)) if each != ERROR]
    only = results[0] if len(results) == 1 else None
    return only if isinstance(only, Pointer) and isinstance(only.elem, Named) else None


def _closers(kind: Pointer | None, declared: Declared) -> Iterator[Member]:
    for name in CLOSING if kind is not None else ():
        found = find_member(declared, kind, name) if kind is not None else None
        if isinstance(found, Member) and found.is_method:
            yield found


def _gives_back(code: Code, method: Member, resource: Resource, fate: Fate) -> bool:
    """Reports whether a method gives back what its receiver has: by its body, or as it is the resource's own."""
    if method.decl is None or method.in_interface:
        return any(method.name == each.name for each in resource.release)
    body = code.whole.functions.of(method.decl)
    receiver = body.code.params[0] if body is not None and body.code.is_method and body.code.params else None
    if body is None or receiver is None:
        return False
    return End.RELEASED in fate(body.code, (receiver, INSIDE), resource, NOTHING)
