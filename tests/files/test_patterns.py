"""Which files the patterns mean that a user types."""

from pathlib import Path

import pytest
from go_tree import grow, paths, reported

from goleaklint.files.discovery import select
from goleaklint.files.patterns import PatternError, StandardInput

TREE = "go.mod a.go b.go pkg/p.go pkg/q.go pkg/deep/d.go pkg2/r.go cmd/tool/main.go"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("./...", "a.go b.go cmd/tool/main.go pkg/deep/d.go pkg/p.go pkg/q.go pkg2/r.go"),
        ("...", "a.go b.go cmd/tool/main.go pkg/deep/d.go pkg/p.go pkg/q.go pkg2/r.go"),
        (".", "a.go b.go"),
        ("./pkg", "pkg/p.go pkg/q.go"),
        ("./pkg/", "pkg/p.go pkg/q.go"),
        ("pkg", "pkg/p.go pkg/q.go"),
        ("./pkg/...", "pkg/deep/d.go pkg/p.go pkg/q.go"),
        ("pkg/...", "pkg/deep/d.go pkg/p.go pkg/q.go"),
        ("./pkg/../pkg2", "pkg2/r.go"),
        ("./pkg...", "pkg/deep/d.go pkg/p.go pkg/q.go pkg2/r.go"),
        ("./.../deep", "pkg/deep/d.go"),
        ("./p.../...", "pkg/deep/d.go pkg/p.go pkg/q.go pkg2/r.go"),
        ("example.com/m", "a.go b.go"),
        ("example.com/m/pkg", "pkg/p.go pkg/q.go"),
        ("example.com/m/pkg/...", "pkg/deep/d.go pkg/p.go pkg/q.go"),
        ("example.com/m/cmd/...", "cmd/tool/main.go"),
        ("example.com/...", "a.go b.go cmd/tool/main.go pkg/deep/d.go pkg/p.go pkg/q.go pkg2/r.go"),
    ],
)
def test_directories_and_import_paths(tmp_path: Path, pattern: str, expected: str) -> None:
    selection = select([pattern], cwd=grow(tmp_path, TREE))
    assert paths(selection) == reported(selection) == expected.split()


def test_no_pattern_means_everything_below(tmp_path: Path) -> None:
    assert select([], cwd=grow(tmp_path, TREE)) == select(["./..."], cwd=tmp_path)


def test_a_file_brings_its_package_in_without_reporting_it(tmp_path: Path) -> None:
    selection = select(["pkg/q.go"], cwd=grow(tmp_path, TREE))
    assert paths(selection) == ["pkg/p.go", "pkg/q.go"]
    assert reported(selection) == ["pkg/q.go"]


def test_several_files_in_two_directories(tmp_path: Path) -> None:
    selection = select(["b.go", "pkg/p.go", "pkg/q.go"], cwd=grow(tmp_path, TREE))
    assert paths(selection) == ["a.go", "b.go", "pkg/p.go", "pkg/q.go"]
    assert reported(selection) == ["b.go", "pkg/p.go", "pkg/q.go"]


def test_a_directory_named_beside_its_file_is_reported_whole(tmp_path: Path) -> None:
    grow(tmp_path, TREE)
    for patterns in (["pkg/q.go", "./pkg"], ["./pkg", "pkg/q.go"], ["pkg/q.go", "./pkg/..."]):
        assert "pkg/p.go" in reported(select(patterns, cwd=tmp_path))


def test_absolute_paths_are_shown_relative_below_the_working_directory(tmp_path: Path) -> None:
    grow(tmp_path / "here", TREE)
    grow(tmp_path / "elsewhere", "x.go")
    selection = select([f"{tmp_path}/here/pkg/...", f"{tmp_path}/elsewhere/x.go"], cwd=tmp_path / "here")
    outside = (tmp_path / "elsewhere" / "x.go").as_posix()
    assert sorted(paths(selection)) == sorted([outside, "pkg/deep/d.go", "pkg/p.go", "pkg/q.go"])
    assert all(Path(file.absolute).is_absolute() for file in selection.files)


def test_a_parent_directory_is_shown_absolute(tmp_path: Path) -> None:
    grow(tmp_path, TREE)
    selection = select(["../pkg2"], cwd=tmp_path / "pkg")
    assert paths(selection) == [(tmp_path / "pkg2" / "r.go").as_posix()]
    assert selection.files[0].package == "example.com/m/pkg2"


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    grow(tmp_path, {**dict.fromkeys(("a.go", "docs/sub/s.go"), "package p\n"), "go.mod": "module m\n", "README": ""})
    (tmp_path / "empty").mkdir()
    wrong = ["./nope", "a.go", "README", "./docs", "./empty/...", "./z...", "nope.go", "other.org/x", ""]
    with pytest.raises(PatternError) as caught:
        select(wrong, cwd=tmp_path)
    assert set(caught.value.mistakes) == {
        "./nope: no such file or directory",
        "README: not a Go file",
        "./docs: no Go files in this directory",
        "./empty/...: no Go files match",
        "./z...: no Go files match",
        "nope.go: no such file or directory, and no package of m",
        "other.org/x: no such file or directory, and no package of m",
        "empty pattern: no such file or directory, and no package of m",
    }


def test_what_matches_only_files_passed_over_is_no_mistake(tmp_path: Path) -> None:
    grow(tmp_path, "go.mod only/x_test.go tree/vendor/v.go")
    assert select(["./only"], cwd=tmp_path).skipped == {"test": 1}
    assert select(["./tree/..."], cwd=tmp_path).skipped == {"vendored": 1}


def test_standard_input_takes_the_place_of_its_file(tmp_path: Path) -> None:
    grow(tmp_path, TREE)
    selection = select(["-"], cwd=tmp_path, stdin=StandardInput(b"package changed\n", "pkg/q.go"))
    assert paths(selection) == ["pkg/p.go", "pkg/q.go"]
    assert [file.data for file in selection.files] == [None, b"package changed\n"]
    assert reported(selection) == ["pkg/q.go"]
    assert selection.files[1].package == "example.com/m/pkg"


@pytest.mark.parametrize(("path", "beside"), [("pkg/new.go", 2), ("pkg/none/new.go", 0)])
def test_standard_input_for_a_file_not_yet_on_disk(tmp_path: Path, path: str, beside: int) -> None:
    selection = select(["-"], cwd=grow(tmp_path, TREE), stdin=StandardInput(b"package pkg\n", path))
    assert len(selection.files) == beside + 1
    assert reported(selection) == [path]


def test_standard_input_without_a_name_stands_alone(tmp_path: Path) -> None:
    selection = select(["-"], cwd=grow(tmp_path, TREE), stdin=StandardInput(b"package x\n"))
    assert paths(selection) == ["stdin.go"]
    assert selection.files[0].data == b"package x\n"


def test_standard_input_must_be_given_and_be_go(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match="no standard input is given"):
        select(["-"], cwd=tmp_path)
    with pytest.raises(PatternError, match=r"notes\.txt"):
        select(["-"], cwd=tmp_path, stdin=StandardInput(b"", "notes.txt"))


def test_the_order_of_patterns_does_not_matter(tmp_path: Path) -> None:
    grow(tmp_path, TREE + " pkg/testdata/t.go pkg/vendor/v.go")
    patterns = ["./pkg/testdata/...", "./...", "pkg/p.go", "./pkg2"]
    assert select(patterns, cwd=tmp_path) == select(patterns[::-1], cwd=tmp_path)
