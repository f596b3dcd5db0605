"""Builds the call graph of a small Go module, and shows its edges as `caller -kind/resolution-> callee`."""

from collections.abc import Mapping
from pathlib import Path

from goleaklint.calls.graph import CallGraph
from goleaklint.calls.nodes import FunctionId
from goleaklint.pipeline.calls import call_program

MODULE = "example.com/m"


def graph_of(root: Path, files: str | Mapping[str, str]) -> CallGraph:
    """The graph of a module with these files; a single text is the body of package p, without its clause."""
    texts = {"p.go": f"package p\n{files}"} if isinstance(files, str) else files
    for name, text in {"go.mod": f"module {MODULE}\n\ngo 1.24\n", **texts}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return call_program(("./...",), root).graph()


def short(function: FunctionId) -> str:
    """The name, with the package's directory before it unless that is the module's."""
    directory = function.package.removeprefix(MODULE).lstrip("/")
    return f"{directory}:{function.name}" if directory else function.name


def edges(graph: CallGraph) -> list[str]:
    """All edges, in the graph's order."""
    return [f"{short(e.caller)} -{e.kind.value}/{e.resolution.value}-> {short(e.callee)}" for e in graph.edges]
