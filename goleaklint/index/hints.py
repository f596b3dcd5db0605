"""A file in; the names in it that deserve a second look elsewhere out, found without reading any body."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goleaklint.syntax import ast

_LAST_WORDS = re.compile(rb"\b(?:panic|\w*[Ee]xit\w*|\w*[Ff]atal\w*|\w*[Pp]anic\w*|throw|Skip\w*|FailNow)\(")

_LAST_CALL = re.compile(rb"[{;\n]\s*(?:\w+\.)*(\w+)\([^\n]*\)\s*\}\Z")
_LAST_BLOCK = re.compile(rb"\}\s*\}\Z")

TAIL = 160
"""How many bytes before its closing brace show whether a function looks as if it never returned."""

_MAKES = re.compile(r"(?i:new(?!$)|open|dial|create|listen|connect|make)(?![a-z])")
"""Functions that may make an object around a resource. Too many packages have a `New`: half of all functions that call
anything would have to be read."""

_CLOSING = frozenset(("close", "release", "shutdown", "stop"))

_CALL = re.compile(rb"\b(\w++)(?:\[[\w.,* ]+\])?\(")
_QUALIFIER = re.compile(rb"(?<![\w.)\]}])([^\W\d]\w*)\s*\.\Z")


def endings(file: ast.File, data: bytes) -> Iterator[str]:
    """The functions that may never return: those whose last lines say so, and those that at last call such a one of
    their file. Which do is a question to their summary.

    A function that ends with a block (`if err != nil { panic(err) }`) has a way past it, or as good as always.
    """
    functions = [each for each in file.functions if each.body_end and not each.type.results]
    places = ((each, max(each.body_start, each.body_end - TAIL)) for each in functions)
    tails = [(each, start) for each, start in places if not _LAST_BLOCK.search(data, start, each.body_end)]
    found = {each.name.name for each, start in tails if _LAST_WORDS.search(data, start, each.body_end)}
    if found:
        calls = ((each.name.name, _LAST_CALL.search(data, start, each.body_end)) for each, start in tails)
        last = {(name, call[1].decode()) for name, call in calls if call is not None}
        while more := {name for name, called in last if called in found} - found:
            found |= more
    yield from sorted(found)


def makers(file: ast.File, types: frozenset[str]) -> Iterator[str]:
    """The functions and interface methods that return one of these types, which are given by their bare names."""
    closed = frozenset(_closed(file))
    for function in file.functions:
        returned = frozenset(name for result in function.type.results for name in _bare_names(result.type))
        if returned & types or (returned & closed and _MAKES.match(function.name.name)):
            yield function.name.name
    for spec in file.specs:
        if isinstance(spec, ast.TypeSpec) and isinstance(spec.type, ast.InterfaceType):
            yield from _interface_makers(spec.type, types)


def _closed(file: ast.File) -> Iterator[str]:
    """The types of the file whose objects look as if they had to be closed: they have such a method."""
    for function in file.functions:
        if function.receiver is not None and function.name.name.lower() in _CLOSING:
            yield from _bare_names(function.receiver.type)


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


@dataclass(frozen=True, slots=True)
class Called:
    """A name at `start` that is called, or at least stands before a parenthesis. `before` is the one name before its
    dot; "" where there is no dot, None where something else than one name stands there."""

    start: int
    name: str
    before: str | None


def called(data: bytes, names: frozenset[bytes]) -> Iterator[Called]:
    """The calls of these names, in order."""
    for match in _CALL.finditer(data):
        if match[1] in names:
            yield Called(match.start(), match[1].decode(), _before(data, match.start()))


def _before(data: bytes, start: int) -> str | None:
    text = data[max(0, start - 80) : start].rstrip()
    if not text.endswith(b"."):
        return ""
    found = _QUALIFIER.search(text)
    return found[1].decode() if found is not None else None


def is_within(places: Sequence[int], start: int, end: int) -> bool:
    """Reports whether one of some places, in their order, lies from `start` up to `end`."""
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end
