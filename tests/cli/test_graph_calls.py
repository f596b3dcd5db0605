"""`goleaklint graph calls` and `goleaklint show --stage calls`."""

from pathlib import Path

import pytest
from command import goleaklint, module

SOURCE = """package run

import "sync"

func Main() {
	var once sync.Once
	once.Do(setUp)
	go serve()
}

func setUp() {}
func serve() { defer setUp() }
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return module(tmp_path, run__run_go=SOURCE)


def test_formats(root: Path) -> None:
    assert goleaklint(root, "graph", "calls").out.startswith("digraph calls {\n")
    assert goleaklint(root, "graph", "calls", "--format", "mermaid").out.startswith("flowchart LR\n")
    assert goleaklint(root, "graph", "calls", "--format", "graphml").out.startswith("<graphml ")


def test_a_part_of_it(root: Path) -> None:
    done = goleaklint(
        root, "graph", "calls", "./run", "--format", "mermaid", "--root", "Main", "--depth", "1", "--kind", "go"
    )
    assert done.out.splitlines() == [
        "flowchart LR",
        '  f0["example.com/m/run.Main"]',
        '  f1["example.com/m/run.serve"]',
        '  f0 ==>|"go"| f1',
    ]


def test_only_some_kinds_of_the_whole(root: Path) -> None:
    out = goleaklint(root, "graph", "calls", "--kind", "defer").out
    assert ("serve" in out, "Main" in out) == (True, False)


def test_into_a_file(root: Path) -> None:
    done = goleaklint(root, "graph", "calls", "--output", "calls.dot")
    assert (done.code, done.out) == (0, "")
    assert (root / "calls.dot").read_text().startswith("digraph")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--root", "none"], "no function none in these packages"),
        (["--depth", "2"], "--depth counts from a --root"),
        (["--kind", "goto"], "--kind goto: calls are call, go, defer"),
        (["./none"], "none"),
    ],
)
def test_wrong_usage(root: Path, arguments: list[str], message: str) -> None:
    done = goleaklint(root, "graph", "calls", *arguments)
    assert done.code == 2
    assert message in done.err


def test_what_is_around_a_function(root: Path) -> None:
    done = goleaklint(root, "show", "--stage", "calls", "run/run.go:setUp")
    assert done.out.splitlines() == [
        "func setUp",
        "  called by example.com/m/run.Main (call, callback) at run/run.go:7",
        "  called by example.com/m/run.serve (defer, static) at run/run.go:12",
    ]


def test_what_is_around_a_function_drawn_from_elsewhere(root: Path) -> None:
    done = goleaklint(root / "run", "show", "--stage", "calls", "run.go:serve", "--format", "mermaid")
    assert done.out.count("-->") == 0
    assert '==>|"go"|' in done.out
    assert '-.->|"defer"|' in done.out


def test_a_function_that_is_not_there(root: Path) -> None:
    done = goleaklint(root, "show", "--stage", "calls", "run/run.go:none")
    assert done.code == 2
    assert "run/run.go has no function none; it has: Main, setUp, serve" in done.err
