"""Which deferred calls run where a function ends, and what the literals among them find."""

import pytest
from go_facts import Tracked, facts_text, marker, tracked

from goleaklint.flow import ops
from goleaklint.flow.exits import DeferredCall, deferred_calls
from goleaklint.flow.lower import lower
from goleaklint.flow.paths import Path, Point, find_path
from goleaklint.knowledge.pack import NoReturn
from goleaklint.syntax import ast

LOOK = "defer func() { if err != nil || res != nil || ok { call() } }()"


def path_to(function: Tracked, end: int) -> Path:
    found = find_path(function.graph, function.tracker, Point(0), exits=frozenset((end,))).path
    assert found is not None
    return found


def run_at(function: Tracked, end: int) -> tuple[DeferredCall, ...]:
    """The calls that run at the end of the shortest path to an end of the function."""
    return deferred_calls(path_to(function, end), function.graph, function.tracker)


def shown(each: DeferredCall) -> str:
    """The number of a marker; of a literal the facts that it finds."""
    call = each.op.node.call
    return (
        f"[{facts_text(each.facts)}]"
        if each.is_conditional
        else str(marker(ops.Call(call)) if isinstance(call, ast.Call) else "")
    )


@pytest.mark.parametrize(
    ("body", "calls"),
    [
        ("call()", ""),
        ("defer print(1)", "1"),
        ("defer print(1); defer print(2); defer print(3)", "3 2 1"),
        ("defer print(1); if ok { return }; defer print(2)", "1"),
        (f"{LOOK}; err = nil", "[err == nil]"),
        (f"{LOOK}; err = ErrA; return 0, err", "[err != nil; res != nil]"),
        (f"{LOOK}; return 0, ErrA", "[res != nil]"),
        (f"{LOOK}; return 0, nil", "[res == nil]"),
        (f"err = ErrA; {LOOK}; err = nil", "[err == nil]"),  # it looks when it runs
        (f"{LOOK}; defer print(1); ok = true", "1 [ok]"),
        (f"{LOOK}; defer func() {{ ok = false }}(); ok = true", "[ok] []"),  # the one that runs first may set it
        ("defer func(err error) { if err != nil { call() } }(err); err = nil", "[]"),  # its own err
        ("{ ok := true; defer func() { if ok { call() } }() }", "[ok]"),
        ("for { ok := n == 1; defer func() { if ok { call() } }(); ok = true; break }", "[]"),
        ("again: odd := n == 1; defer func() { if odd { call() } }(); odd = true; if n == m { goto again }", "[]"),
    ],
)
def test_the_calls_at_a_return(body: str, calls: str) -> None:
    function = tracked(body)
    assert " ".join(map(shown, run_at(function, function.graph.returned))) == calls


def test_deferred_calls_run_after_a_panic() -> None:
    function = tracked(f"{LOOK}; err = nil; panic(1)")
    assert [shown(each) for each in run_at(function, function.graph.panicked)] == ["[err == nil]"]


@pytest.mark.parametrize(
    ("ending", "calls"),
    [(NoReturn.GOROUTINE, ["2", "1"]), (NoReturn.PROCESS, list[str]())],
    ids=["goroutine", "process"],
)
def test_deferred_calls_run_where_the_goroutine_ends_and_not_where_the_process_ends(
    ending: NoReturn, calls: list[str]
) -> None:
    function = tracked("defer print(1); defer print(2); call()")
    graph = lower(
        function.body, lambda call: ending if isinstance(call.fun, ast.Ident) and call.fun.name == "call" else None
    )
    end = graph.unwound if ending is NoReturn.GOROUTINE else graph.stopped
    path = find_path(graph, function.tracker, Point(0), exits=frozenset((end,))).path
    assert path is not None
    assert [shown(each) for each in deferred_calls(path, graph, function.tracker)] == calls


def test_nothing_runs_where_a_path_does_not_end_the_function() -> None:
    function = tracked("defer print(1); print(2)")
    path = find_path(function.graph, function.tracker, Point(0), to=lambda op: marker(op) == 2).path
    assert path is not None
    assert path.deferred != ()
    assert deferred_calls(path, function.graph, function.tracker) == ()
