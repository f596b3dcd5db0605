"""What nothing in a program leads to, and what something does, or may."""

import textwrap
from pathlib import Path

from goleaklint.calls.uncalled import is_uncalled
from goleaklint.pipeline.calls import call_program

FILES = {
    "cmd/main.go": """
        package main

        import "example.com/m/part"

        func main() { part.Called() }
    """,
    "part/part.go": """
        package part

        func Called() { helps() }
        func helps()  {}

        func Left()      { LeftToo() }
        func LeftToo()   { ofLeft() }
        func ofLeft()    { ofLeft() }

        func Kept()      {}
        var table = []func(){Kept}

        type Thing struct{}
        func (Thing) Serve() { ofThing() }
        func ofThing()       {}
    """,
}

UNCALLED = {"Left", "LeftToo", "ofLeft"}


def uncalled(root: Path, files: dict[str, str]) -> set[str]:
    """The names of the functions of package part that nothing leads to."""
    (root / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
    functions = call_program(("./...",), root).analysis()
    scope = functions.declared.program.package("example.com/m/part")
    assert scope is not None
    return {each.function.name for each in functions.in_package(scope) if is_uncalled(each)}


def test_what_only_uncalled_functions_call(tmp_path: Path) -> None:
    assert uncalled(tmp_path, FILES) == UNCALLED


def test_of_a_library_everything_may_be_called(tmp_path: Path) -> None:
    """The only program is a tool beside it."""
    assert uncalled(tmp_path, {"tools/main.go": FILES["cmd/main.go"], "part/part.go": FILES["part/part.go"]}) == set()
