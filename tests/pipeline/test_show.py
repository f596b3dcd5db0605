"""What `goleaklint show` makes of a file, stage by stage."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from go_project import project

from goleaklint.files.patterns import PatternError
from goleaklint.pipeline.show import show_stage

SOURCE = """//go:build linux

package p

import "os"

type T struct{ f *os.File }

func (t *T) Close() error {
	if t.f == nil {
		return nil
	}
	return t.f.Close()
}

func run() {
	go func() { os.Exit(1) }()
}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(
        tmp_path, {"p/x.go": SOURCE, "p/deep.go": f"package p\n\nfunc deep() {{ {'{' * 5_000}{'}' * 5_000} }}\n"}
    )


@pytest.mark.parametrize(
    ("stage", "target", "lines"),
    [
        ("files", "p/x.go", ["path: p/x.go", "package: example.com/m/p", "go version: 1.22", "generated: false"]),
        ("syntax", "p/x.go", ["File p 1:1"]),
        ("syntax", "p/x.go:run", ["FuncBody 16:12", "    stmts 1: Go 17:2"]),
        ("index", "p/x.go", ["package p", "import os = os", "7: type T", "9: func (*T).Close", "16: func run"]),
        (
            "names",
            "p/x.go:Close",
            ["func (*T).Close", "9:7 t: param declared at line 9", "10:5 t: param declared at line 9"],
        ),
        ("names", "p/x.go:run", ["func run", "17:14 os: import os"]),
        (
            "flow",
            "p/x.go:(*T).Close",
            ["func (*T).Close", "block 0 entry", "  11: Return return nil", "  13: Call t.f.Close()"],
        ),
        ("flow", "p/x.go:run", ["func run", "func run.func1", "  17: Call os.Exit(1)", "block 3 stopped"]),
    ],
)
def test_each_stage_has_a_page(root: Path, stage: str, target: str, lines: list[str]) -> None:
    page = show_stage(stage, target, root).splitlines()
    assert [line for line in lines if line not in page] == []


def test_the_types_in_a_function(root: Path) -> None:
    assert "*os.File" in show_stage("types", "p/x.go:Close", root)


def test_the_flow_as_a_drawing(root: Path) -> None:
    page = show_stage("flow", "p/x.go:run", root, mermaid=True)
    assert page.startswith("%% func run\nflowchart TD\n")


@pytest.fixture
def fresh() -> Iterator[None]:
    """As in a process that has just begun: with Python's own limit of recursion."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1_000)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("stage", ["files", "syntax", "index", "names", "types", "flow"])
def test_deep_syntax_is_shown_as_far_as_it_is_read(root: Path, stage: str) -> None:
    assert show_stage(stage, "p/deep.go", root)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("p/none.go", "p/none.go: no such file or directory"),
        ("p/x.go:none", "p/x.go has no function none; it has: (*T).Close, run"),
        ("go.mod", "go.mod: not a Go file"),
    ],
)
def test_what_is_not_there_is_told(root: Path, target: str, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        show_stage("flow", target, root)
    assert caught.value.mistakes[0].startswith(message)
