"""A file in; the names in it that deserve a second look elsewhere out, found without reading any body."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from goleaklint.syntax import ast

_LAST_WORDS = re.compile(rb"\b(?:panic|\w*[Ee]xit\w*|\w*[Ff]atal\w*|\w*[Pp]anic\w*|throw|Skip\w*|FailNow)\(")

TAIL = 160
"""How many bytes before its closing brace show whether a function looks as if it never returned."""

_CALL = re.compile(rb"\b(\w++)(?:\[[\w.,* ]+\])?\(")


def endings(file: ast.File, data: bytes) -> Iterator[str]:
    """The functions that may never return: those whose last lines say so. Which do is a question to their summary."""
    for function in file.functions:
        end = function.body_end
        if end and not function.type.results and _LAST_WORDS.search(data, max(function.body_start, end - TAIL), end):
            yield function.name.name


def makers(file: ast.File, types: frozenset[str]) -> Iterator[str]:
    """The functions and interface methods that return one of these types, which are given by their bare names."""
    for function in file.functions:
        if any(_bare_names(result.type) & types for result in function.type.results):
            yield function.name.name
    for spec in file.specs:
        if isinstance(spec, ast.TypeSpec) and isinstance(spec.type, ast.InterfaceType):
            yield from _interface_makers(spec.type, types)


def _interface_makers(interface: ast.InterfaceType, types: frozenset[str]) -> Iterator[str]:
    for method in interface.methods:
        if any(_bare_names(each.type) & types for each in method.type.results):
            yield method.name.name


def _bare_names(kind: ast.Expr) -> frozenset[str]:
    """The name of a type below its pointer or package, as a set of one or none."""
    match ast.unparen(kind):
        case ast.Star(x=x) | ast.Index(x=x):
            return _bare_names(x)
        case ast.Ident(name=name) | ast.Selector(name=ast.Ident(name=name)):
            return frozenset((name,))
        case _:
            return frozenset()


def called(data: bytes, names: frozenset[bytes]) -> list[int]:
    """Where one of these names is called, or at least stands before a parenthesis."""
    return [match.start() for match in _CALL.finditer(data) if match[1] in names]


def is_within(places: Sequence[int], start: int, end: int) -> bool:
    """Reports whether one of some places, in their order, lies from `start` up to `end`."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end
