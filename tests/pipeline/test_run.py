"""Whole runs: broken input loses nothing but itself, every file is accounted for, findings stand where they should."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from go_project import LEAK, PLACE, analyse, found, project, said
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goleaklint.config import Config
from goleaklint.files.load import MAX_BYTES
from goleaklint.files.patterns import PatternError, StandardInput

GOOD = [("GL502", "good/good.go", *PLACE)]

# A file that is broken, the line of its one notification, and how the message begins.
BROKEN: dict[str, tuple[str | bytes, int, str]] = {
    "cut in a function": (LEAK[:200], 15, "syntax error; NewSpool is not analysed"),
    "empty": ("", 1, "no package clause"),
    "no package clause": ("func f() {}\n", 1, "no package clause"),
    "only a comment": ("// nothing\n", 1, "no package clause"),
    "binary": (bytes(range(256)), 1, "contains a NUL byte"),
    "a NUL byte": (LEAK + "\0", 17, "contains a NUL byte"),
    "Latin-1": (LEAK.encode() + b"// caf\xe9\n", 17, "not UTF-8 (looks like Latin-1)"),
    "UTF-16": (LEAK.encode("utf-16"), 1, "not UTF-8 (looks like UTF-16)"),
    "too large": (LEAK.encode() + b"\n" * MAX_BYTES, 0, "larger than 8 MiB"),
    "parentheses": (f"package p\n\nvar x = {'(' * 20_000}1{')' * 20_000}\n", 0, "nested too deeply"),
    "open parentheses": (f"package p\n\nvar x = {'(' * 20_000}\n", 1, "syntax error"),
    "parentheses in a function": (
        LEAK.replace("return s", f"_ = {'(' * 20_000}1{')' * 20_000}\n\treturn s"),
        10,
        "nested too deeply to be read; NewSpool is not analysed",
    ),
    "blocks": (LEAK.replace("return s", "{" * 5_000 + "}" * 5_000 + "\n\treturn s"), 10, "nested too deeply"),
    "a long sum": (LEAK.replace("return s", "_ = " + " + ".join(['"x"'] * 3_000) + "\n\treturn s"), 10, "nested"),
    "statements outside of functions": ("package p\n\nx := 1\n", 3, "syntax error"),
    "a function without a name": ("package p\n\nfunc (t *T) {\n}\n", 3, "syntax error"),
}


@pytest.mark.parametrize(("content", "line", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told_once_and_the_rest_is_analysed(
    tmp_path: Path, content: str | bytes, line: int, message: str
) -> None:
    project(tmp_path, {"good/good.go": LEAK, "bad/bad.go": content})
    started = time.process_time()
    result = analyse(tmp_path)
    assert time.process_time() - started < 2
    assert found(result) == GOOD
    ((rule, path, where, text),) = said(result)
    assert (rule, path, where) == ("GL900", "bad/bad.go", line)
    assert text.startswith(message)


@pytest.mark.parametrize("name", ["cut in a function", "Latin-1", "parentheses", "blocks"])
def test_a_broken_file_keeps_no_other_of_its_package_from_being_analysed(tmp_path: Path, name: str) -> None:
    project(tmp_path, {"good/good.go": LEAK, "good/bad.go": BROKEN[name][0]})
    assert found(analyse(tmp_path)) == GOOD


def test_what_lies_beside_a_syntax_error_in_the_same_file_is_analysed(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": f"{LEAK}\nfunc broken() {{\n\tx := )\n}}\n"})
    result = analyse(tmp_path)
    assert found(result) == GOOD
    assert [text for *_, text in said(result)] == ["syntax error; broken is not analysed"]


def test_nothing_is_reported_of_a_function_with_a_syntax_error(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": LEAK.replace("return s", "return s )")})
    result = analyse(tmp_path)
    assert found(result) == []
    assert [note[0] for note in said(result)] == ["GL900"]


def test_a_directory_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path, {"good/good.go": LEAK, "locked/x.go": LEAK})
    scandir = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    result = analyse(tmp_path)
    assert found(result) == GOOD
    assert [(note[0], note[1]) for note in said(result)] == [("GL900", "locked")]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": LEAK})
    (tmp_path / "gone.go").symlink_to(tmp_path / "nowhere.go")
    assert found(analyse(tmp_path)) == GOOD


def test_a_loop_of_symbolic_links(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": LEAK})
    (tmp_path / "good" / "again").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    result = analyse(tmp_path)
    assert (found(result), said(result)) == (GOOD, [])


def test_without_go_mod(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": LEAK})
    (tmp_path / "go.mod").unlink()
    result = analyse(tmp_path)
    assert (found(result), said(result)) == (GOOD, [])
    assert any("no go.mod" in hint for hint in result.hints)


def test_a_go_mod_with_a_syntax_error(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": LEAK, "go.mod": "module example.com/m\n\nrequire broken\n"})
    result = analyse(tmp_path)
    assert found(result) == GOOD
    assert {(note[0], note[1]) for note in said(result)} == {("GL900", "go.mod")}
    assert len(said(result)) == 1


EMOJI = '_ = "größe 😀"; '  # one column more than characters: columns count UTF-16 units
WRITTEN = {
    "CRLF": (LEAK.replace("\n", "\r\n"), PLACE),
    "byte order mark": (b"\xef\xbb\xbf" + LEAK.encode(), PLACE),
    "no final newline": (LEAK.removesuffix("\n"), PLACE),
    "beyond ASCII": (LEAK.replace("runtime.Set", f"{EMOJI}runtime.Set"), (PLACE[0], PLACE[1] + len(EMOJI) + 1)),
}


@pytest.mark.parametrize(("content", "place"), WRITTEN.values(), ids=WRITTEN)
def test_findings_stand_where_they_should(tmp_path: Path, content: str | bytes, place: tuple[int, int]) -> None:
    project(tmp_path, {"good/good.go": content})
    assert found(analyse(tmp_path)) == [("GL502", "good/good.go", *place)]


def test_two_packages_in_one_directory(tmp_path: Path) -> None:
    other = LEAK.replace("package good", "package other")
    project(tmp_path, {"good/a.go": LEAK, "good/b.go": other, "good/a_test.go": LEAK.replace("good", "good_test", 1)})
    places = [("GL502", f"good/{name}", *PLACE) for name in ("a.go", "a_test.go", "b.go")]
    assert found(analyse(tmp_path, config=Config(tests=True))) == places
    assert analyse(tmp_path).statistics["packages"] == 2


def test_a_file_argument_reports_that_file_only(tmp_path: Path) -> None:
    project(tmp_path, {"good/a.go": LEAK, "good/b.go": LEAK.replace("Spool", "Other")})
    assert found(analyse(tmp_path, "good/b.go")) == [("GL502", "good/b.go", *PLACE)]


def test_standard_input_stands_for_a_file(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": "package good\n", "good/other.go": LEAK.replace("Spool", "Other")})
    result = analyse(tmp_path, "-", stdin=StandardInput(LEAK.encode(), "good/good.go"))
    assert found(result) == GOOD


def test_an_unknown_pattern_is_no_run(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": LEAK})
    with pytest.raises(PatternError) as caught:
        analyse(tmp_path, "./good", "./nowhere", "x.go")
    assert len(caught.value.mistakes) == 2
    assert not caught.value.found_nothing


def test_every_go_file_is_in_exactly_one_row(tmp_path: Path) -> None:
    generated = "// Code generated by hand. DO NOT EDIT.\n\n"
    project(
        tmp_path,
        {
            "good/good.go": LEAK,
            "good/x_test.go": LEAK,
            "good/_x.go": LEAK,
            "good/gen.go": generated + LEAK,
            "part/p.go": f"{LEAK}func broken() {{ x := ) }}\n",
            "deep/d.go": BROKEN["blocks"][0],
            "bad/b.go": b"\0",
            "empty/e.go": "",
            "vendor/v/v.go": LEAK,
            "testdata/t.go": LEAK,
            "nested/n.go": LEAK,
            "nested/go.mod": "module example.com/n\n",
            "excluded/x.go": LEAK,
        },
    )
    statistics = analyse(tmp_path).statistics
    rows = {name: count for name, count in statistics.items() if name.startswith("files ")}
    assert sum(rows.values()) == statistics["files"] == 12
    assert rows["files analysed"] == 2
    assert rows["files analysed in part"] == 2
    assert rows["files not analysed"] == 2
    assert rows["files skipped: generated"] == 1
    assert statistics["functions with syntax errors"] == 1
    assert statistics["findings"] == statistics["findings GL502"] == 3


SUPPRESSED = {
    "at the end of the line": ("runtime.SetFinalizer(s, func(_ *Spool) { //goleaklint:ignore GL502 -- meant", 0, 1),
    "on the line above": ("//goleaklint:ignore GL502 -- meant\n\truntime.SetFinalizer(s, func(_ *Spool) {", 0, 1),
    "by name": (
        "//goleaklint:ignore finalizer-keeps-object-alive -- so\n\truntime.SetFinalizer(s, func(_ *Spool) {",
        0,
        1,
    ),
    "nolint": ("runtime.SetFinalizer(s, func(_ *Spool) { //nolint:goleaklint // meant", 0, 1),
    "another rule": ("runtime.SetFinalizer(s, func(_ *Spool) { //nolint:errcheck // meant", 1, 0),
}


@pytest.mark.parametrize(("line", "reported", "suppressed"), SUPPRESSED.values(), ids=SUPPRESSED)
def test_a_comment_suppresses_a_finding(tmp_path: Path, line: str, reported: int, suppressed: int) -> None:
    project(tmp_path, {"good/good.go": LEAK.replace("runtime.SetFinalizer(s, func(_ *Spool) {", line)})
    result = analyse(tmp_path)
    assert [each.rule for each in result.outcome.findings] == ["GL502"] * reported
    assert result.statistics["findings suppressed"] == suppressed


def test_a_suppression_of_nothing_is_told(tmp_path: Path) -> None:
    project(tmp_path, {"good/good.go": "package good\n\nfunc f() {} //goleaklint:ignore GL502 -- why\n"})
    assert found(analyse(tmp_path)) == [("GL902", "good/good.go", 3, 13)]


@pytest.fixture(scope="module")
def mutated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield project(tmp_path_factory.mktemp("mutated"), {"good/good.go": LEAK})


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(LEAK)),
            st.integers(0, 40),
            st.sampled_from([*"(){}[]\"'`;,.:=<-\n/*", "func ", "\xff", "0"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_damage_to_a_file_makes_a_run_fail(mutated: Path, edits: list[tuple[int, int, str]]) -> None:
    data = LEAK.encode()
    for at, length, text in edits:
        data = data[:at] + text.encode("latin-1") + data[at + length :]
    (mutated / "good" / "bad.go").write_bytes(data)
    result = analyse(mutated)
    assert GOOD[0] in found(result)
    assert {rule for rule, *_ in said(result)} <= {"GL900"}
    assert len(said(result)) <= 1
