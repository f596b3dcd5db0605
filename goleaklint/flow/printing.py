"""A control-flow graph in; the same as text, or as a Mermaid drawing, out."""

from goleaklint.files.text import SourceText
from goleaklint.flow.graph import Block, Edge, Graph
from goleaklint.flow.ops import Op


def graph_text(graph: Graph, text: SourceText) -> str:
    """The reachable blocks: their operations with lines, then where control goes."""
    lines = []
    for block in _shown(graph):
        lines.append(f"block {block.index}{_ending(graph, block.index)}")
        lines += [f"  {text.line_of(op.node.start)}: {_words(op, text)}" for op in block.ops]
        lines += [f"  -> {edge.target}{_cause(edge, text)}" for edge in block.edges]
    return "".join(f"{line}\n" for line in lines)


def graph_mermaid(graph: Graph, text: SourceText) -> str:
    """The reachable blocks as a Mermaid flowchart."""
    lines = ["flowchart TD"]
    for block in _shown(graph):
        words = [f"{text.line_of(op.node.start)}: {_words(op, text)}" for op in block.ops]
        label = "<br/>".join(map(_quoted, words or [_ending(graph, block.index).strip() or " "]))
        lines.append(f'  b{block.index}["{label}"]')
        for edge in block.edges:
            cause = _quoted(_cause(edge, text).strip())
            label = f'|"{cause}"|' if cause else ""
            lines.append(f"  b{edge.source} -->{label} b{edge.target}")
    return "".join(f"{line}\n" for line in lines)


def _shown(graph: Graph) -> list[Block]:
    reachable = graph.reachable()
    return [block for block in graph.blocks if block.index in reachable]


def _ending(graph: Graph, index: int) -> str:
    exits = {
        graph.returned: " returned",
        graph.panicked: " panicked",
        graph.unwound: " unwound",
        graph.stopped: " stopped",
    }
    return " entry" if index == 0 else exits.get(index, "")


def _words(op: Op, text: SourceText) -> str:
    node = op.node
    source = " ".join(text.data[node.start : node.end].decode("utf-8", "replace").split())
    return f"{type(op).__name__} {source if len(source) <= 50 else source[:47] + '...'}"


def _cause(edge: Edge, text: SourceText) -> str:
    if edge.cause is None:
        return "" if edge.kind == "next" else f" {edge.kind}"
    source = text.data[edge.cause.start : edge.cause.end].decode("utf-8", "replace").split("\n", 1)[0]
    return f" {edge.kind}: {source}"


def _quoted(text: str) -> str:
    """Text for a Mermaid label, which takes entities for what it reads itself."""
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
