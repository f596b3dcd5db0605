"""Call graphs as drawings, whatever the names in them are."""

import xml.etree.ElementTree as ElementTree

import pytest

from goleaklint.calls.graph import CallGraph
from goleaklint.calls.nodes import Edge, EdgeKind, External, FunctionId, Resolution, Site
from goleaklint.files.text import SourceText
from goleaklint.reports.graphs import dot, graphml, mermaid, neighbours

RUN = FunctionId("example.com/p", "run", "p.go", 10)
CLOSE = FunctionId("example.com/p", "(*T).Close", "p.go", 40)
ODD = FunctionId('a"b<c>&\x1b[2J#quot;\u202e', "f\n\\", "p.go", 70)
TEXTS = {"p.go": SourceText("p.go", b"package p\n\n" + b"x\n" * 40)}


def _edge(caller: FunctionId, callee: FunctionId, kind: EdgeKind, at: int) -> Edge:
    return Edge(caller, callee, kind, Resolution.STATIC, Site("p.go", at, at + 3))


@pytest.fixture
def graph() -> CallGraph:
    edges = [
        _edge(RUN, CLOSE, EdgeKind.CALL, 12),
        _edge(RUN, CLOSE, EdgeKind.CALL, 16),
        _edge(RUN, ODD, EdgeKind.GO, 20),
        _edge(ODD, CLOSE, EdgeKind.DEFER, 72),
    ]
    return CallGraph([RUN, CLOSE, ODD], edges, {RUN: {External("os", "Exit")}}, {RUN: {Site("p.go", 24, 27)}})


def test_dot(graph: CallGraph) -> None:
    lines = dot(graph).splitlines()
    assert lines[0] == "digraph calls {"
    assert lines[-1] == "}"
    assert '  f1 [label="example.com/p.run"];' in lines
    assert '  f1 -> f2 [style=solid, label="call x2"];' in lines
    assert '  f1 -> f0 [style=bold, label="go"];' in lines
    assert '  f0 -> f2 [style=dashed, label="defer"];' in lines
    assert r'  f0 [label="a\"b<c>&\\e[2J#quot;\\u202e.f\\n\\"];' in lines


def test_mermaid(graph: CallGraph) -> None:
    lines = mermaid(graph).splitlines()
    assert lines[0] == "flowchart LR"
    assert '  f1 -->|"call x2"| f2' in lines
    assert '  f1 ==>|"go"| f0' in lines
    assert '  f0 -.->|"defer"| f2' in lines
    assert '  f0["a&quot;b&lt;c&gt;&amp;\\e[2J&num;quot;\\u202e.f\\n\\"]' in lines


def test_graphml(graph: CallGraph) -> None:
    root = ElementTree.fromstring(graphml(graph))  # noqa: S314 - our own text
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    assert len(root.findall(".//g:node", space)) == 3
    assert len(root.findall(".//g:edge", space)) == 4
    texts = [data.text for data in root.findall(".//g:data", space)]
    assert texts.count("go") == 1
    assert "(*T).Close" in texts


def test_what_is_around_a_function(graph: CallGraph) -> None:
    assert neighbours(graph, RUN, TEXTS).splitlines() == [
        "func run",
        "  calls example.com/p.(*T).Close (call, static) at p.go:3",
        "  calls example.com/p.(*T).Close (call, static) at p.go:5",
        '  calls a"b<c>&\\e[2J#quot;\\u202e.f\\n\\ (go, static) at p.go:7',
        "  calls outside os.Exit",
        "  calls unknown at p.go:9",
    ]
    assert "  called by example.com/p.run (call, static) at p.go:3" in neighbours(graph, CLOSE, TEXTS).splitlines()


def test_an_empty_graph() -> None:
    nothing = CallGraph([], [])
    assert dot(nothing) == "digraph calls {\n  node [shape=box];\n}\n"
    assert mermaid(nothing) == "flowchart LR\n"
    assert "graphml" in graphml(nothing)
