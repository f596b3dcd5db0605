"""Is there a way from here to there? Answers of the path query, with the branches taken."""

import pytest
from go_facts import Tracked, facts_text, marker, tracked

from goleaklint.flow import ops
from goleaklint.flow.facts import NOTHING
from goleaklint.flow.graph import Edge, EdgeKind
from goleaklint.flow.paths import MAX_STATES, Answer, Point, always, find_path
from goleaklint.syntax import ast


def way(function: Tracked, answer: Answer) -> str:
    """The branches of a path and where it ends; "none", or "unknown" if the budget ended."""
    if answer.path is None:
        return "none" if answer.complete else "unknown"
    graph = function.graph
    ends = {graph.returned: ".", graph.panicked: "!", graph.stopped: "#", graph.unwound: "#"}
    end = ends.get(answer.path.exit) or str(marker(answer.path.reached) if answer.path.reached is not None else "")
    return " ".join([*(branch(function, edge) for edge in answer.path.branches), end])


def branch(function: Tracked, edge: Edge) -> str:
    """The kind of an edge and the text of what the source shows for it."""
    cause = edge.cause
    if cause is None:
        return edge.kind
    text = function.text.data[cause.start : cause.end].decode().partition(":")[0].replace(" ", "")
    return f"{edge.kind}:{text}"


def after(function: Tracked, number: int) -> Point:
    """Where control is after a marker; at the start for 0."""
    for block in function.graph.blocks:
        for index, op in enumerate(block.ops):
            if marker(op) == number:
                return Point(block.index, index + 1)
    return Point(0)


def is_mark(number: int | None, op: ops.Op) -> bool:
    return number is not None and marker(op) == number


# A body, the markers to start after, to look for (None: an exit) and to avoid, and the shortest path.
QUERIES = [
    ("print(1)", 0, None, None, "."),
    ("print(1); print(2)", 0, 2, None, "2"),
    ("print(1); print(2)", 0, 2, 1, "none"),
    ("print(1); print(2)", 1, 2, 1, "2"),
    ("print(1); print(2)", 2, 1, None, "none"),
    ("if ok { print(1) }; print(2)", 0, 2, 1, "false:ok 2"),
    ("if ok { print(1) }; print(2)", 0, 1, None, "true:ok 1"),
    ("if ok { return }; print(1)", 0, None, 1, "true:ok ."),
    ("if ok { panic(1) }; print(1)", 0, None, 1, "true:ok panic !"),
    ("for { print(1) }", 1, None, None, "none"),
    ("for { print(1) }", 1, 1, None, "1"),
    ("for { if ok { break } }; print(1)", 0, 1, None, "true:ok 1"),
    ("for range xs { print(1) }; print(2)", 0, 2, 1, "done 2"),
    ("for range xs { print(1); if ok { continue }; print(2) }", 1, 1, 2, "true:ok round 1"),
    ("select { case <-c: print(1); default: print(2) }", 0, 1, None, "case:case<-c 1"),
    ("select { }; print(1)", 0, 1, None, "none"),
    ("switch n { case 1: print(1); case 2: print(2) }; print(3)", 0, 3, None, "case:case1 3"),
    ("switch n { case 1: print(1); case 2: print(2) }; print(3)", 0, 2, None, "case:case2 2"),
    ("if s != nil { print(1) }; print(2); if s != nil { print(3) }", 1, None, 3, "none"),
    ("if s != nil { print(1) }; print(2); if s != nil { print(3) }", 0, 3, 1, "none"),
    ("if s != nil { print(1) }; s = t; if s != nil { print(3) }", 0, 3, 1, "false:s!=nil true:s!=nil 3"),
    ("ok = false; if n == 1 { ok = true; print(1) }; if ok { print(2) }", 0, 2, 1, "none"),
    ("ok = false; if n == 1 { ok = true; print(1) }; if ok { print(2) }", 1, None, 2, "none"),
    ("for !done { if n == 1 { done = true } ; print(1) }; print(2)", 0, 2, 1, "true:done 2"),
]


@pytest.mark.parametrize(("body", "start", "to", "avoiding", "path"), QUERIES)
def test_the_shortest_path(body: str, start: int, to: int | None, avoiding: int | None, path: str) -> None:
    function = tracked(body)
    begin = after(function, start)
    established = NOTHING
    if start and (
        found := find_path(function.graph, function.tracker, Point(0), to=lambda op: is_mark(start, op)).path
    ):
        established = found.facts
    answer = find_path(
        function.graph,
        function.tracker,
        begin,
        to=lambda op: is_mark(to, op),
        exits=None if to is None else frozenset(),
        avoiding=lambda op: is_mark(avoiding, op),
        facts=established,
    )
    assert way(function, answer) == path


def test_the_exits_can_be_chosen() -> None:
    function = tracked("if ok { return }; panic(1)")
    graph = function.graph
    answers = [find_path(graph, function.tracker, Point(0), exits=frozenset((each,))) for each in (1, 2, 3)]
    assert (graph.returned, graph.panicked, graph.stopped) == (1, 2, 3)
    assert [way(function, each) for each in answers] == ["true:ok .", "false:ok panic !", "none"]


def test_facts_at_the_start_rule_branches_out() -> None:
    function = tracked("if err != nil { print(1) }; print(2)")
    (condition,) = (each for each in function.body.block.stmts if isinstance(each, ast.If))
    known = frozenset(function.conditions.facts_of(condition.cond, False))
    answer = find_path(function.graph, function.tracker, Point(0), to=lambda op: is_mark(1, op), facts=known)
    assert (way(function, answer), answer.complete) == ("false:err!=nil .", True)


def test_a_path_tells_what_holds_at_its_end() -> None:
    function = tracked("n, err = call(); if err != nil { print(1) }; if err == nil && ok { print(2) }")
    path = find_path(function.graph, function.tracker, Point(0), to=lambda op: is_mark(2, op)).path
    assert path is not None
    assert facts_text(path.facts) == ""  # nobody asks any more
    path = find_path(function.graph, function.tracker, Point(0), to=lambda op: is_mark(1, op)).path
    assert path is not None
    assert facts_text(path.facts) == "err != nil"


@pytest.mark.parametrize(
    ("body", "deferred"),
    [
        ("defer print(1); defer print(2)", [1, 2]),
        ("if ok { defer print(1); return }; defer print(2)", [1]),
        ("for range 2 { defer print(1) }; if n == 1 { return }; defer print(2)", []),
        ("if ok { return }; defer print(1)", []),
    ],
)
def test_the_deferred_calls_on_the_way(body: str, deferred: list[int]) -> None:
    function = tracked(body)
    path = find_path(function.graph, function.tracker, Point(0)).path
    assert path is not None
    calls = [op.node.call for op in path.deferred]
    assert [marker(ops.Call(call)) for call in calls if isinstance(call, ast.Call)] == deferred


def test_barred_edges_are_not_taken() -> None:
    function = tracked("if ok { print(1) } else { print(2) }; print(3)")
    answer = find_path(
        function.graph, function.tracker, Point(0), to=lambda op: is_mark(3, op),
        avoiding=lambda op: is_mark(1, op), barred=lambda edge: edge.kind is EdgeKind.FALSE,
    )  # fmt: skip
    assert way(function, answer) == "none"


def test_any_operation_will_do() -> None:
    function = tracked("print(1); print(2)")
    answer = find_path(function.graph, function.tracker, Point(0), to=always)
    assert way(function, answer) == "1"


def test_beyond_the_budget_nobody_knows() -> None:
    branches = "; ".join(f"if c{number} {{ call() }}" for number in range(MAX_STATES))
    function = tracked(f"{branches}; print(1)")
    answer = find_path(function.graph, function.tracker, Point(0), to=lambda op: is_mark(1, op))
    assert way(function, answer) == "unknown"


def test_a_path_within_the_budget_is_found_though_much_lies_beyond() -> None:
    branches = "; ".join(f"if c{number} {{ call() }}" for number in range(MAX_STATES))
    function = tracked(f"if ok {{ print(1) }}; {branches}")
    answer = find_path(function.graph, function.tracker, Point(0), to=lambda op: is_mark(1, op))
    assert way(function, answer) == "true:ok 1"
