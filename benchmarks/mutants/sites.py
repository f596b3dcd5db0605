"""One change to a Go file that makes a leak."""

from dataclasses import dataclass

from goleaklint.calls.code import DeclaredFunction


@dataclass(frozen=True, slots=True)
class Site:
    """One change: the bytes from `start` up to `end` of a file are replaced. `rules` are those that could report it.

    `path` is the file below the repository, `function` the declared function (its bytes are `within`).
    """

    kind: str
    rules: tuple[str, ...]
    path: str
    function: str
    within: tuple[int, int]
    line: int
    start: int
    end: int
    text: bytes = b""


def site(whole: DeclaredFunction, kind: str, rules: tuple[str, ...], node: tuple[int, int], text: bytes = b"") -> Site:
    function, source = whole.function, whole.function.file.text
    start, end = node
    within = function.decl.start, function.decl.end
    return Site(kind, rules, source.path, function.name, within, source.line_of(start), start, end, text)
