"""Random functions, compiled and run by Go: every trace of a run must be a way through our graphs, by our facts."""

from collections.abc import Callable

import pytest
from go_runs import Traces, mismatches, source_of, traces_of, walkers
from random_go import RandomFunction
from trace_walker import Everything, Walker

from goleaklint.flow.facts import FactTracker

SEEDS = range(120)
ENDINGS = {"returned", "panicked", "stopped", "cut"}


@pytest.fixture(scope="module")
def traces(go: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Traces:
    return traces_of(SEEDS, tmp_path_factory.mktemp("traces"), go)


def test_every_run_is_a_way_through_the_graphs_with_all_facts(traces: Traces) -> None:
    assert "\n\n".join(map(str, mismatches(traces, Everything))) == ""


def test_every_run_is_a_way_through_the_graphs_with_the_facts_that_are_kept(traces: Traces) -> None:
    some = {seed: traces[seed] for seed in SEEDS[::10]}
    assert "\n\n".join(map(str, mismatches(some, FactTracker))) == ""


def test_the_functions_end_in_every_way(traces: Traces) -> None:
    assert {ending for runs in traces.values() for ending, _ in runs} == ENDINGS


def test_the_functions_hold_what_is_hard() -> None:
    text = "\n".join(RandomFunction(seed).text("f") for seed in SEEDS)
    words = "defer func() {; recover(); goto ; break L; continue L; fallthrough; select {; range each; .(type) {"
    assert [word for word in words.split("; ") if word not in text] == []


def walker_of(body: str, results: str = "(n int, err error)") -> Walker:
    """A walker through one function that uses the markers."""
    source = source_of(())
    (walker,) = walkers(f"{source}\nfunc f() {results} {{\n{body}\n}}\n", Everything)
    return walker


BRANCH = "m(1)\nif q(2) {\n\tm(3)\n}\nreturn k(4), nil"
DEFERRED = "defer m(1)\ndefer func() { rec(2, recover()) }()\nif q(3) { panic(4) }\nerr = ErrA\nreturn"
NAMED = "defer func() { if err != nil { m(1) } else { m(2) } }()\nif q(3) { return 0, ErrA }\nreturn 0, nil"
FACTS = "err = give1(m)\nif err != nil { m(1) }\nm(2)\nif err != nil { m(3) }\nreturn"
SEEN = "err = nil\nif q(1) { err = ErrA }\nsee(2, err != nil)\nreturn"


@pytest.mark.parametrize(
    ("body", "ending", "trace", "wrong"),
    [
        (BRANCH, "returned", "1 2t 3 4", ""),
        (BRANCH, "cut", "1 2t", ""),
        (BRANCH, "returned", "1 2t 4", "1 2t -> 4"),
        (BRANCH, "returned", "1 2f 3 4", "1 2f -> 3"),
        (BRANCH, "panicked", "1 2f 4", "1 2f 4 -> panicked"),
        (DEFERRED, "returned", "3t 2t 1", ""),
        (DEFERRED, "returned", "3f 2f 1", ""),
        (DEFERRED, "panicked", "3t 2t 1", "3t 2t 1 -> panicked"),
        (DEFERRED, "returned", "3t 2f 1", "3t -> 2f"),
        (DEFERRED, "returned", "3f 1 2f", "3f -> 1"),
        (NAMED, "returned", "3t 1", ""),
        (NAMED, "returned", "3f 2", ""),
        (NAMED, "returned", "3t 2", "3t -> 2"),
        (NAMED, "returned", "3f 1", "3f -> 1"),
        (FACTS, "returned", "1 2 3", ""),
        (FACTS, "returned", "1 2", "1 2 -> returned"),
        (FACTS, "returned", "2 3", "2 -> 3"),
        (SEEN, "returned", "1t 2t", ""),
        (SEEN, "returned", "1t 2f", "1t -> 2f"),
        (SEEN, "returned", "1f 2t", "1f -> 2t"),
    ],
)
def test_a_wrong_trace_is_noticed(body: str, ending: str, trace: str, wrong: str) -> None:
    assert walker_of(body).first_wrong(ending, tuple(trace.split())) == wrong
