"""Deferred calls that pile up in loops, and how often a loop goes round."""

import pytest
from go_traces import function, graph_of

from goleaklint.flow.loops import Rounds, blocks_of, counted_to, reach_within, repeated_defers, rounds
from goleaklint.syntax import ast


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("for", Rounds.ENDLESS),
        ("for true", Rounds.ENDLESS),
        ("for ;; i++", Rounds.ENDLESS),
        ("for a()", Rounds.CONDITION),
        ("for i := 0; a(); i++", Rounds.CONDITION),
        ("for x := a(); x != nil; x = x.next", Rounds.CONDITION),
        ("for i := 0; i < n; i++", Rounds.COUNTED),
        ("for i := 0; i < len(xs); i++", Rounds.COUNTED),
        ("for i := 0; i < 1_000; i++", Rounds.COUNTED),
        ("for i := 0; i < 3; i++", Rounds.FEW),
        ("for i := 0; i < 0x10; i++", Rounds.FEW),
        ("for i := 0; a() && i < 3; i++", Rounds.FEW),
        ("for i := 3; i > 0; i--", Rounds.FEW),
        ("for i := n; i > 0; i--", Rounds.COUNTED),
        ("for ; n > 0; n--", Rounds.COUNTED),
        ("for x := a(); n < 3; n++", Rounds.FEW),
        ("for i := 0; (a() && i < n); i++", Rounds.COUNTED),
        ("for i := 0; a() || i < 3; i++", Rounds.CONDITION),
        ("for i := 0; j < 3; i++", Rounds.CONDITION),
        ("for range xs", Rounds.COUNTED),
        ("for range 3", Rounds.FEW),
        ("for range 100", Rounds.COUNTED),
        ("for range []int{1, 2}", Rounds.FEW),
        ("for range a()", Rounds.COUNTED),
    ],
)
def test_rounds(head: str, expected: Rounds) -> None:
    (loop,) = function(f"{head} {{ }}")[1].block.stmts
    assert isinstance(loop, ast.For | ast.Range)
    assert rounds(loop) is expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("for i := 0; i < n; i++", "n"),
        ("for i := 1; a() && i <= n+2; i++", "n+2"),
        ("for i := n; i > 0; i--", "n"),
        ("for i := m; i < n; i++", None),
        ("for i := n; i > m; i--", None),
        ("for i := 0; j < n; i++", None),
        ("for i := 0; i < n; i += k", None),
        ("for ; i < n; i++", None),
        ("for", None),
        ("for range xs", None),
    ],
)
def test_counted_to(head: str, expected: str | None) -> None:
    text, body = function(f"{head} {{ }}")
    (loop,) = body.block.stmts
    assert isinstance(loop, ast.For | ast.Range)
    bound = counted_to(loop)
    assert (None if bound is None else text.data[bound.start : bound.end].decode()) == expected


def piling(body: str) -> list[tuple[str, Rounds]]:
    """Of each defer that comes again: the kind of loop that brings it back, and how often."""
    return [(type(each.loop).__name__, each.rounds) for each in repeated_defers(graph_of(body))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("defer a()", []),
        ("for { defer a() }", [("For", Rounds.ENDLESS)]),
        ("for a() { defer b() }", [("For", Rounds.CONDITION)]),
        ("for range xs { defer b() }", [("Range", Rounds.COUNTED)]),
        ("for range xs { if a() { defer b() } }", [("Range", Rounds.COUNTED)]),
        ("for range xs { if a() { continue }; defer b() }", [("Range", Rounds.COUNTED)]),
        ("for { defer a(); return }", []),
        ("for { defer a(); break }", []),
        ("for { if a() { defer b(); break } }", []),
        ("for { defer a(); panic(1) }", []),
        ("for { defer a(); exit(1) }", []),
        ("for { select { case <-c: defer a(); break; case <-d: return } }", [("For", Rounds.ENDLESS)]),
        ("for { select { case <-c: defer a(); return } }", []),
        ("L: for { select { case <-c: defer a(); break L; case <-d: } }", []),
        ("for { switch { case a(): defer b(); break } }", [("For", Rounds.ENDLESS)]),
        ("for range xs { for { defer a(); break } }", [("Range", Rounds.COUNTED)]),
        ("for { for range 3 { defer a() } }", [("Range", Rounds.ENDLESS)]),
        ("L: for { for range 3 { defer a(); continue L } }", [("For", Rounds.ENDLESS)]),
        ("for { func() { defer a() }() }", []),
        ("again: defer a(); if b() { goto again }", [("NoneType", Rounds.CONDITION)]),
        ("again: defer a(); if b() { goto out }; out: c()", []),
        ("for { defer a(); if b() { return } }", [("For", Rounds.ENDLESS)]),
        ("for i := 0; i < 3; i++ { defer a(); defer b() }", [("For", Rounds.FEW)] * 2),
    ],
)
def test_repeated_defers(body: str, expected: list[tuple[str, Rounds]]) -> None:
    assert piling(body) == expected


def test_a_loop_has_its_head_and_clauses_and_what_is_in_it() -> None:
    graph = graph_of("a(); for b(); c(); d() { if e() { f(); break } }; g()")
    loop = next(stmt for block in graph.blocks for stmt in block.loops)
    inside = {op.node.fun.name for index in blocks_of(graph, loop) for op in graph.blocks[index].ops}  # type: ignore[union-attr]
    assert inside == {"c", "d", "e", "f"}


def test_reach_within_a_loop_leaves_out_what_is_to_be_avoided() -> None:
    graph = graph_of("for { if a() { b() } else { c() } }")
    (loop,) = {stmt for block in graph.blocks for stmt in block.loops}
    home = {op.node.fun.name: block.index for block in graph.blocks for op in block.ops}  # type: ignore[union-attr]
    assert home["a"] in reach_within(graph, home["b"], loop)
    assert home["c"] not in reach_within(graph, home["b"], loop, frozenset({home["a"]}))
