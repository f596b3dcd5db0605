"""Calls through interfaces: the module's own types, few of them, and never what is behind a standard interface."""

from pathlib import Path

import pytest
from go_calls import edges, graph_of

SHAPE = "type I interface { m(int) string }\nfunc f(i I) { i.m(1) }\n"


def _implementer(name: str) -> str:
    return f"type {name} struct{{}}\nfunc (*{name}) m(int) string {{ return `` }}\n"


@pytest.mark.parametrize(("count", "found"), [(0, 0), (1, 1), (4, 4), (5, 0)])
def test_at_most_four_implementers(tmp_path: Path, count: int, found: int) -> None:
    names = [f"T{number}" for number in range(count)]
    graph = graph_of(tmp_path, SHAPE + "".join(map(_implementer, names)))
    assert edges(graph) == [f"f -call/interface-> (*{name}).m" for name in names][:found]
    assert len(graph.unresolved(graph.find("f")[0])) == (found == 0)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        pytest.param(SHAPE + "type T struct{}\nfunc (T) m(string) string { return `` }", [], id="another signature"),
        pytest.param(SHAPE + "type T struct{}\nfunc (T) m(int) {}", [], id="another result"),
        pytest.param(
            "type I interface { a(); b() }\ntype T struct{}\nfunc (T) a() {}\nfunc f(i I) { i.a() }",
            [],
            id="half of it",
        ),
        pytest.param(
            SHAPE + _implementer("A") + "type B struct{ *A }\n",
            ["f -call/interface-> (*A).m"],
            id="promoted methods once",
        ),
        pytest.param(
            'import "io"\ntype T struct{}\nfunc (T) Close() error { return nil }\nfunc f(c io.Closer) { c.Close() }',
            [],
            id="standard interfaces never",
        ),
        pytest.param(
            "type E struct{}\nfunc (E) Error() string { return `` }\nfunc f(e error) { e.Error() }",
            [],
            id="error never",
        ),
        pytest.param(
            'import "io"\ntype I interface { io.Closer; m() }\ntype T struct{}\nfunc (T) Close() error { return nil }\n'
            "func (T) m() {}\ntype U struct{}\nfunc (U) Close() error { return nil }\nfunc f(i I) { defer i.Close() }",
            ["f -defer/interface-> T.Close"],
            id="methods of embedded standard interfaces by the whole",
        ),
        pytest.param(
            SHAPE.replace("f(i I)", "f(i W)") + _implementer("A") + "type W struct{ I }\n",
            ["f -call/interface-> (*A).m"],
            id="an interface embedded in a struct",
        ),
        pytest.param(
            "type I[T any] interface { put(T) }\ntype A struct{}\nfunc (A) put(int) {}\nfunc f(i I[int]) { i.put(1) }",
            ["f -call/interface-> A.put"],
            id="generic interfaces",
        ),
    ],
)
def test_who_implements_what(tmp_path: Path, source: str, wanted: list[str]) -> None:
    assert edges(graph_of(tmp_path, source)) == wanted


def test_unexported_methods_belong_to_their_package(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path,
        {
            "a/a.go": "package a\n\ntype I interface{ m() }\n\nfunc f(i I) { i.m() }\n",
            "b/b.go": "package b\n\ntype T struct{}\n\nfunc (T) m() {}\n",
        },
    )
    assert edges(graph) == []


def test_implementers_in_other_packages(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path,
        {
            "a/a.go": "package a\n\ntype I interface{ M(k K) error }\ntype K struct{}\n\nfunc f(i I) { go i.M(K{}) }\n",
            "b/b.go": (
                'package b\n\nimport "example.com/m/a"\n\ntype T struct{}\n\nfunc (*T) M(a.K) error { return nil }\n'
            ),
        },
    )
    assert edges(graph) == ["a:f -go/interface-> b:(*T).M"]
