"""Build constraints: what they parse to, what satisfies them, and which exclude each other."""

import msgspec
import pytest

from goleaklint.files.constraints import (
    All,
    Any,
    Expression,
    Not,
    Tag,
    build_tags,
    conjunction,
    exclusive,
    parse_go_build,
    parse_plus_build,
    satisfied,
    suffix_constraint,
)
from goleaklint.files.platforms import suffix_tags

A, B, C = Tag("a"), Tag("b"), Tag("c")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", A),
        (" a&&b ", All((A, B))),
        ("a || b && !c", Any((A, All((B, Not(C)))))),
        ("(a || b) && c", All((Any((A, B)), C))),
        ("!(a && b)", Not(All((A, B)))),
        ("go1.21", Tag("go1.21")),
        ("", None),
        ("a b", None),
        ("a &&", None),
        ("(a", None),
        ("a)", None),
        ("a & b", None),
        ("|| a", None),
        ("(" * 100_000, None),
        ("!" * 100_000 + "a", None),
    ],
)
def test_go_build_lines(text: str, expected: Expression | None) -> None:
    assert parse_go_build(text) == expected


def test_lines_longer_than_the_go_command_takes_are_no_constraint() -> None:
    assert satisfied(parse_go_build(" || ".join(f"t{n}" for n in range(500))), {"t499"})
    assert parse_go_build(" || ".join(f"t{n}" for n in range(501))) is None
    assert parse_plus_build(["linux", " ".join(f"t{n}" for n in range(101))]) == Tag("linux")


def test_plus_build_lines_join_by_and_their_options_by_or() -> None:
    assert parse_plus_build(["linux,!cgo darwin", "amd64", ""]) == All(
        (Any((All((Tag("linux"), Not(Tag("cgo")))), Tag("darwin"))), Tag("amd64"))
    )
    assert parse_plus_build([]) is None


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("x_linux.go", ("linux",)),
        ("x_linux_test.go", ("linux",)),
        ("x_arm64.go", ("arm64",)),
        ("x_linux_arm64.go", ("linux", "arm64")),
        ("x_windows_amd64_test.go", ("windows", "amd64")),
        ("x_amd64_linux.go", ("linux",)),
        ("x_linux.pb.go", ("linux",)),
        ("linux.go", ()),
        ("linux_test.go", ()),
        ("linux_amd64.go", ("amd64",)),
        ("x_unix.go", ()),
        ("x_linux_more.go", ()),
        ("xlinux.go", ()),
        ("x_test.go", ()),
    ],
)
def test_file_name_suffixes(name: str, tags: tuple[str, ...]) -> None:
    assert suffix_tags(name) == tags


def test_an_expression_survives_the_cache() -> None:
    expression = parse_go_build("(linux || !cgo) && go1.20")
    data = msgspec.msgpack.encode(expression)
    assert msgspec.msgpack.decode(data, type=Expression | None) == expression


def test_a_build_has_the_tags_that_its_system_implies() -> None:
    tags = build_tags("android", "arm64", go_minor=21, extra=("cgo",))
    assert {"android", "linux", "unix", "arm64", "go1.1", "go1.21", "cgo"} <= tags
    assert not {"go1.22", "darwin", "windows"} & tags
    assert "unix" not in build_tags("plan9", "386")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("linux", "windows", True),
        ("linux", "!linux", True),
        ("linux", "linux", False),
        ("linux", "amd64", False),
        ("amd64", "arm64", True),
        ("unix", "windows", True),
        ("unix", "plan9 || js", True),
        ("unix", "linux || windows", False),
        ("!unix", "darwin", True),
        ("!unix && !windows", "plan9", False),
        ("linux", "android", False),
        ("linux && !android", "android", True),
        ("darwin", "ios", False),
        ("solaris && !illumos", "illumos", True),
        ("linux && amd64", "linux && !amd64", True),
        ("linux && amd64", "linux && !arm64", False),
        ("cgo", "!cgo", True),
        ("cgo", "netgo", False),
        ("cgo && linux", "!cgo || windows", True),
        ("go1.21", "!go1.21", True),
        ("go1.22", "!go1.21", True),
        ("go1.21", "!go1.22", False),
        ("gc", "gccgo", True),
        ("ignore", "linux", True),
        ("linux && windows", "foo", True),
        ("foo || bar", "!foo && !bar", True),
    ],
)
def test_exclusive_constraints(a: str, b: str, expected: bool) -> None:
    first, second = parse_go_build(a), parse_go_build(b)
    assert first is not None
    assert second is not None
    assert exclusive(first, second) is exclusive(second, first) is expected


def test_no_constraint_excludes_nothing_that_can_be_built() -> None:
    assert not exclusive(None, None)
    assert not exclusive(Tag("linux"), None)
    assert exclusive(None, parse_go_build("linux && windows"))


def test_file_name_and_build_line_count_together() -> None:
    one = conjunction((suffix_constraint("poll_linux.go"), parse_go_build("!arm64")))
    other = conjunction((suffix_constraint("poll_linux_arm64.go"), None))
    assert exclusive(one, other)


def test_too_many_tags_are_not_tried() -> None:
    many = " && ".join(f"tag{n}" for n in range(40))
    assert not exclusive(parse_go_build(many), parse_go_build("!tag0"))
