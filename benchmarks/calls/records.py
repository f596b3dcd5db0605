"""The oracle's JSON lines in; its two call graphs, and goleaklint's in the same form, out."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import msgspec

from goleaklint.calls.graph import CallGraph
from goleaklint.calls.nodes import FunctionId

Place: TypeAlias = tuple[str, int]
"""A function: its file and the byte offset of its declaration or literal."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A call of one callee; the call is told by its file and the byte offset of its end, which no two share."""

    caller: Place
    callee: Place
    kind: str
    end: int


@dataclass(slots=True)
class Graphs:
    """The files that were read, and the links of the graphs `static` and `cha`, each with what is called there."""

    files: set[str] = field(default_factory=set)
    links: defaultdict[str, dict[Link, str]] = field(default_factory=lambda: defaultdict(dict))


class _Function(msgspec.Struct, frozen=True):
    file: str
    at: int
    name: str


class _Line(msgspec.Struct, frozen=True):
    file: str
    graph: str = ""
    caller: _Function | None = None
    callee: _Function | None = None
    kind: str = ""
    end: int = 0
    cause: str = ""


def read(path: Path) -> Graphs:
    """The oracle's graphs. Raises msgspec.DecodeError for what it did not print."""
    graphs = Graphs()
    decoder = msgspec.json.Decoder(_Line)
    with path.open("rb") as lines:
        for each in map(decoder.decode, lines):
            if each.caller is None or each.callee is None:
                graphs.files.add(each.file)
            else:
                caller, callee = (each.caller.file, each.caller.at), (each.callee.file, each.callee.at)
                graphs.links[each.graph][Link(caller, callee, each.kind, each.end)] = each.cause
    return graphs


def own_links(graph: CallGraph, files: set[str]) -> Mapping[Link, str]:
    """goleaklint's links between functions of these files, each with how it is known."""
    found: dict[Link, str] = {}
    for edge in graph.edges:
        if edge.caller.path in files and edge.callee.path in files:
            link = Link(_place(edge.caller), _place(edge.callee), edge.kind.value, edge.site.end)
            found.setdefault(link, edge.resolution.value)
    return found


def _place(function: FunctionId) -> Place:
    return function.path, function.start
