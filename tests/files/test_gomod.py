"""What go.mod and go.work files say, also where they are broken."""

import pytest

from goleaklint.files.gomod import parse_go_mod, parse_go_work
from goleaklint.files.selection import Replace, Require

WHOLE = """\
// Deprecated: a comment before the module line
module "example.com/quoted/m" // and one after it

go 1.22.3
toolchain go1.23rc1

require example.com/one v1.2.3
require (
\texample.com/two/v2 v2.0.0-20240101000000-abcdef012345 // indirect
\t`example.com/three` v0.1.0+incompatible

\t// a comment of its own
)
exclude example.com/bad v1.0.0
retract [v1.0.0, v1.0.5] // a mistake
replace example.com/one => ../one
replace (
\texample.com/two/v2 v2.0.0 => example.com/fork/v2 v2.1.0
)
ignore ./node_modules
ignore (
\tstatic
\tcontent/html
)
tool example.com/one/cmd
"""


def test_a_whole_go_mod_is_read() -> None:
    mod = parse_go_mod(WHOLE, "go.mod")
    assert mod.notifications == ()
    assert (mod.module, mod.go_version, mod.toolchain) == ("example.com/quoted/m", "1.22.3", "go1.23rc1")
    assert mod.requires == (
        Require("example.com/one", "v1.2.3"),
        Require("example.com/two/v2", "v2.0.0-20240101000000-abcdef012345"),
        Require("example.com/three", "v0.1.0+incompatible"),
    )
    assert mod.replaces == (
        Replace("example.com/one", "", "../one"),
        Replace("example.com/two/v2", "v2.0.0", "example.com/fork/v2", "v2.1.0"),
    )
    assert mod.ignores == ("./node_modules", "static", "content/html")


def test_windows_line_ends_and_the_block_form_of_module() -> None:
    mod = parse_go_mod("module (\r\n\texample.com/m\r\n)\r\ngo 1.20\r\n", "go.mod")
    assert (mod.module, mod.go_version, mod.notifications) == ("example.com/m", "1.20", ())


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("go one.two", "cannot read this go directive"),
        ("go 1.22 1.23", "cannot read this go directive"),
        ("requier example.com/a v1.0.0", "unknown directive: requier"),
        ("require example.com/a", "cannot read this require directive"),
        ("<<<<<<< HEAD", "unknown directive: <<<<<<<"),
        ("replace example.com/a ../a", "cannot read this replace directive"),
        ('module "example.com/other', "this line cannot be read"),
        ("module example.com/second", "cannot read this module directive"),
        ("/* no such comment */", "this line cannot be read"),
        (")", "unknown directive: )"),
    ],
)
def test_a_broken_line_is_told_and_the_rest_counts(line: str, message: str) -> None:
    mod = parse_go_mod(f"module example.com/m\n{line}\nrequire example.com/b v1.0.0\n", "sub/go.mod")
    assert [(n.rule, n.path, n.line, n.message) for n in mod.notifications] == [("GL900", "sub/go.mod", 2, message)]
    assert (mod.module, mod.requires) == ("example.com/m", (Require("example.com/b", "v1.0.0"),))


def test_conflict_markers_in_a_block_leave_the_requirements_around_them() -> None:
    text = "require (\n<<<<<<< HEAD\na.com/x v1.0.0\n=======\na.com/x v1.1.0\n>>>>>>> theirs\n)\ngo 1.21\n"
    mod = parse_go_mod(text, "go.mod")
    assert [n.line for n in mod.notifications] == [2, 4, 6]
    assert [r.version for r in mod.requires] == ["v1.0.0", "v1.1.0"]
    assert mod.go_version == "1.21"


def test_a_block_that_is_never_closed_is_told_at_its_beginning() -> None:
    mod = parse_go_mod("module m\n\nrequire (\n\ta.com/x v1.0.0\n", "go.mod")
    assert [(n.line, n.message) for n in mod.notifications] == [
        (3, "the block of require that begins here is not closed")
    ]
    assert mod.requires == (Require("a.com/x", "v1.0.0"),)


def test_go_work_gives_its_uses_with_their_lines() -> None:
    work = parse_go_work(
        "go 1.22\nuse ./a\nuse (\n\t./b // why\n\t../c\n)\nreplace x.com/y => ./y\nrequire a v1\n", "w"
    )
    assert [(use.directory, use.line) for use in work.uses] == [("./a", 2), ("./b", 4), ("../c", 5)]
    assert work.replaces == (Replace("x.com/y", "", "./y"),)
    assert [(n.line, n.message) for n in work.notifications] == [(8, "unknown directive: require")]


@pytest.mark.parametrize("line", ['"' + "\\\\" * 200_000, '\\"' * 200_000, "`" + '"' * 200_001, "(" * 200_000])
def test_a_hostile_line_takes_time_in_proportion_to_its_length(line: str) -> None:
    mod = parse_go_mod(f"{line}\nmodule example.com/m\n", "go.mod")
    assert mod.module == "example.com/m"
    assert [n.line for n in mod.notifications] == [1]
