"""Questions to a finished graph: parts of it, the form that networkx knows."""

from pathlib import Path

import pytest
from go_calls import edges, graph_of, short

from goleaklint.calls.build import build
from goleaklint.calls.graph import CallGraph
from goleaklint.calls.nodes import EdgeKind
from goleaklint.pipeline.calls import call_program

SOURCE = """
func main() { a(); go b() }
func a()    { c() }
func b()    { c(); d() }
func c()    { defer d() }
func d()    { c() }

type T struct{}

func (t *T) Close() {}
"""


@pytest.fixture
def graph(tmp_path: Path) -> CallGraph:
    return graph_of(tmp_path, SOURCE)


@pytest.mark.parametrize(
    ("depth", "kinds", "names"),
    [
        (None, set(EdgeKind), ["main", "a", "b", "c", "d"]),
        (0, set(EdgeKind), ["main"]),
        (1, set(EdgeKind), ["main", "a", "b"]),
        (None, {EdgeKind.CALL}, ["main", "a", "c"]),
        (None, {EdgeKind.GO, EdgeKind.DEFER}, ["main", "b"]),
    ],
)
def test_what_a_function_reaches(graph: CallGraph, depth: int | None, kinds: set[EdgeKind], names: list[str]) -> None:
    part = graph.within(graph.find("main"), depth, kinds)
    assert [short(each) for each in part.functions] == names
    assert {edge.kind for edge in part.edges} <= kinds


def test_callers_and_callees(graph: CallGraph) -> None:
    (function,) = graph.find("c")
    assert [short(edge.caller) for edge in graph.callers(function)] == ["a", "b", "d"]
    assert [short(edge.callee) for edge in graph.callees(function)] == ["d"]


@pytest.mark.parametrize("name", ["(*T).Close", "T.Close", "Close", "m.Close", "example.com/m.(*T).Close", "m.T.Close"])
def test_a_function_is_found_by_any_of_its_names(graph: CallGraph, name: str) -> None:
    assert [short(each) for each in graph.find(name)] == ["(*T).Close"]


@pytest.mark.parametrize("name", ["x.Close", "lose", "(T).Close", ""])
def test_other_names_find_nothing(graph: CallGraph, name: str) -> None:
    assert graph.find(name) == ()


def test_the_graph_for_networkx(graph: CallGraph) -> None:
    whole = graph.networkx()
    assert (whole.number_of_nodes(), whole.number_of_edges()) == (len(graph.functions), len(graph.edges))
    assert {data["kind"] for _, _, data in whole.edges(data=True)} == {"call", "go", "defer"}


def test_the_order_of_packages_does_not_matter(tmp_path: Path) -> None:
    texts = {f"{name}/x.go": f"package {name}\n\nfunc F() {{ G() }}\nfunc G() {{}}\n" for name in "abc"}
    graph = graph_of(tmp_path, texts)
    program = call_program(("./...",), tmp_path)
    again = build(program.packages[::-1], program.declared, program.knowledge)
    assert edges(again) == edges(graph)
    assert again.functions == graph.functions
