"""A call graph in; drawings of it for Graphviz, Mermaid and GraphML, and lines for people, out."""

from collections.abc import Mapping

from goleaklint.calls.graph import CallGraph
from goleaklint.calls.nodes import Edge, EdgeKind, FunctionId
from goleaklint.files.text import SourceText
from goleaklint.reports.escape import encodable, visible

_DOT_STYLES: Mapping[EdgeKind, str] = {EdgeKind.CALL: "solid", EdgeKind.GO: "bold", EdgeKind.DEFER: "dashed"}
_MERMAID_ARROWS: Mapping[EdgeKind, str] = {EdgeKind.CALL: "-->", EdgeKind.GO: "==>", EdgeKind.DEFER: "-.->"}


def dot(graph: CallGraph) -> str:
    """The graph for Graphviz: goroutines are bold arrows, deferred calls dashed ones."""
    numbers = {function: number for number, function in enumerate(graph.functions)}
    lines = ["digraph calls {", "  node [shape=box];"]
    lines += [f'  f{number} [label="{_dot_text(function.label)}"];' for function, number in numbers.items()]
    for caller, callee, kind, count in _arrows(graph):
        label = "" if kind is EdgeKind.CALL and count == 1 else f', label="{_count(kind, count)}"'
        lines.append(f"  f{numbers[caller]} -> f{numbers[callee]} [style={_DOT_STYLES[kind]}{label}];")
    return "".join(f"{line}\n" for line in (*lines, "}"))


def mermaid(graph: CallGraph) -> str:
    """The graph as a Mermaid flowchart: goroutines are thick arrows, deferred calls dotted ones."""
    numbers = {function: number for number, function in enumerate(graph.functions)}
    lines = ["flowchart LR"]
    lines += [f'  f{number}["{_mermaid_text(function.label)}"]' for function, number in numbers.items()]
    for caller, callee, kind, count in _arrows(graph):
        label = "" if kind is EdgeKind.CALL and count == 1 else f'|"{_count(kind, count)}"|'
        lines.append(f"  f{numbers[caller]} {_MERMAID_ARROWS[kind]}{label} f{numbers[callee]}")
    return "".join(f"{line}\n" for line in lines)


def graphml(graph: CallGraph) -> str:
    """The graph as GraphML, every call an edge with its kind, its resolution and its place."""
    import networkx

    numbers = {function: number for number, function in enumerate(graph.functions)}
    drawn = networkx.MultiDiGraph()
    for function, number in numbers.items():
        texts = {"label": function.label, "package": function.package, "name": function.name, "path": function.path}
        drawn.add_node(f"f{number}", start=function.start, **{key: visible(text) for key, text in texts.items()})
    for number, edge in enumerate(graph.edges):
        ends = f"f{numbers[edge.caller]}", f"f{numbers[edge.callee]}"
        attributes = {"kind": edge.kind.value, "resolution": edge.resolution.value, "path": visible(edge.site.path)}
        drawn.add_edge(*ends, key=f"e{number}", start=edge.site.start, end=edge.site.end, **attributes)
    return "".join(f"{line}\n" for line in networkx.generate_graphml(drawn))


def neighbours(graph: CallGraph, function: FunctionId, texts: Mapping[str, SourceText]) -> str:
    """Whom a function calls and who calls it, a line each; then what is called outside, and what is not known."""
    lines = [f"func {function.name}"]
    lines += [_line("calls", edge, edge.callee, texts) for edge in graph.callees(function)]
    lines += [f"  calls outside {external.package}.{external.name}" for external in graph.external(function)]
    lines += [f"  calls unknown at {_place(site.path, site.start, texts)}" for site in graph.unresolved(function)]
    lines += [_line("called by", edge, edge.caller, texts) for edge in graph.callers(function)]
    return "".join(f"{visible(line)}\n" for line in lines)


def _line(verb: str, edge: Edge, other: FunctionId, texts: Mapping[str, SourceText]) -> str:
    place = _place(edge.site.path, edge.site.start, texts)
    return f"  {verb} {other.label} ({edge.kind.value}, {edge.resolution.value}) at {place}"


def _place(path: str, offset: int, texts: Mapping[str, SourceText]) -> str:
    return f"{path}:{texts[path].line_of(offset)}" if path in texts else path


def _arrows(graph: CallGraph) -> list[tuple[FunctionId, FunctionId, EdgeKind, int]]:
    """One arrow for all calls of one kind between two functions, with their number."""
    counts: dict[tuple[FunctionId, FunctionId, EdgeKind], int] = {}
    for edge in graph.edges:
        key = edge.caller, edge.callee, edge.kind
        counts[key] = counts.get(key, 0) + 1
    return [(*key, count) for key, count in counts.items()]


def _count(kind: EdgeKind, count: int) -> str:
    return kind.value if count == 1 else f"{kind.value} x{count}"


def _dot_text(text: str) -> str:
    return encodable(visible(text)).replace("\\", "\\\\").replace('"', '\\"')


def _mermaid_text(text: str) -> str:
    """Text for a Mermaid label, which takes entities for what it reads itself."""
    signs = {"&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;", "#": "&num;"}
    return "".join(signs.get(sign, sign) for sign in encodable(visible(text)))
