"""What is passed over below `...`, what is read when it is named, and that every file is accounted for."""

import os
from pathlib import Path

import pytest
from go_tree import grow, paths, reported

from goleaklint.files.discovery import select

SKIPPED = {
    "hidden or underscored": "_under/u.go .hidden/h.go _file.go .dot.go _under/deep/e.go .x/vendor/y.go",
    "vendored": "vendor/example.org/v/v.go pkg/vendor/w.go vendor/x/testdata/t.go vendor/x/_y/z_test.go",
    "testdata": "testdata/t.go pkg/testdata/src/a/a.go testdata/vendor/v.go",
    "test": "a_test.go pkg/p_test.go",
    "nested module": "nested/n.go nested/sub/s.go nested/vendor/v.go",
    "ignored by go.mod": "static/s.go web/deep/gen/g.go",
}
READ = "a.go pkg/p.go web/w.go web/deep/d.go pkg/static/kept.go node_modules/n.go internal/i.go dir.go/inside.go"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    grow(tmp_path, " ".join((READ, *SKIPPED.values())))
    return grow(
        tmp_path,
        {
            "go.mod": "module example.com/m\ngo 1.25\nignore ./static\nignore deep/gen\n",
            "nested/go.mod": "module example.com/nested\n",
            ".git/refs/heads/fix.go": "0123\n",
        },
    )


def go_files_on_disk(root: Path) -> int:
    """The .go files below the root, without following symlinks and without version control's own."""
    return sum(
        name.endswith(".go") and not (Path(directory) / name).is_dir()
        for directory, directories, names in os.walk(root)
        if ".git" not in Path(directory).parts
        for name in (*names, *directories)
    )


def test_every_file_is_read_or_counted_under_its_reason(tree: Path) -> None:
    selection = select(["./..."], cwd=tree)
    assert paths(selection) == sorted(READ.split())
    assert selection.skipped == {reason: len(names.split()) for reason, names in SKIPPED.items()}
    assert len(selection.files) + sum(selection.skipped.values()) == go_files_on_disk(tree)
    assert selection.notifications == ()


@pytest.mark.parametrize(
    "patterns",
    [
        ["./...", "./testdata/..."],
        ["./...", "./testdata"],
        ["./vendor/x/...", "./..."],
        ["./...", "./nested/...", "./nested/vendor"],
        ["./...", "_file.go", "./_under/deep"],
        ["./...", "./testdata/vendor/..."],
    ],
)
def test_overlapping_patterns_count_each_file_once(tree: Path, patterns: list[str]) -> None:
    selection = select(patterns, cwd=tree)
    assert len(selection.files) >= len(READ.split())
    assert len(selection.files) + sum(selection.skipped.values()) == go_files_on_disk(tree)
    assert len(set(paths(selection))) == len(selection.files)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("./testdata", "testdata/t.go"),
        ("./testdata/...", "testdata/t.go"),
        ("./pkg/testdata/...", "pkg/testdata/src/a/a.go"),
        ("./_under", "_under/u.go"),
        ("./_under/...", "_under/deep/e.go _under/u.go"),
        ("./vendor/example.org/v", "vendor/example.org/v/v.go"),
        ("./static/...", "static/s.go"),
        ("./nested", "nested/n.go"),
        ("./nested/...", "nested/n.go nested/sub/s.go"),
        ("_file.go", "_file.go a.go"),
    ],
)
def test_what_is_named_is_read(tree: Path, pattern: str, expected: str) -> None:
    assert paths(select([pattern], cwd=tree)) == expected.split()


def test_the_working_directory_is_read_whatever_its_name(tree: Path) -> None:
    assert paths(select(["./..."], cwd=tree / "_under")) == ["deep/e.go", "u.go"]
    assert paths(select(["./..."], cwd=tree / "testdata")) == ["t.go"]


def test_ignore_lines_count_from_the_module_even_below_it(tree: Path) -> None:
    selection = select(["./..."], cwd=tree / "web")
    assert paths(selection) == ["deep/d.go", "w.go"]
    assert selection.skipped == {"ignored by go.mod": 1}


def test_tests_are_read_when_asked_for(tree: Path) -> None:
    selection = select(["./..."], cwd=tree, tests=True)
    assert [file.path for file in selection.files if file.is_test] == ["a_test.go", "pkg/p_test.go"]
    assert "test" not in selection.skipped


def test_a_named_test_file_is_counted_and_hinted_at(tree: Path) -> None:
    selection = select(["pkg/p_test.go"], cwd=tree)
    assert (paths(selection), reported(selection)) == (["pkg/p.go"], [])
    assert selection.skipped == {"test": 1}
    assert selection.hints == ("1 named test file skipped (--tests reads it)",)
    assert reported(select(["pkg/p_test.go"], cwd=tree, tests=True)) == ["pkg/p_test.go"]


def test_configuration_excludes_by_shown_path_but_not_what_is_named(tree: Path) -> None:
    asked: list[str] = []

    def excluded(path: str) -> bool:
        asked.append(path)
        return path.startswith("pkg/")

    selection = select(["./..."], cwd=tree, excluded=excluded)
    assert not any(path.startswith("pkg/") for path in paths(selection))
    assert selection.skipped["excluded by configuration"] == 2
    assert set(asked) == set(READ.split())
    assert paths(select(["pkg/p.go"], cwd=tree, excluded=excluded)) == ["pkg/p.go"]
    assert paths(select(["pkg/p.go"], cwd=tree, excluded=excluded, force_exclude=True)) == []


def test_a_symlink_to_a_read_file_is_counted_and_others_are_read(tmp_path: Path) -> None:
    grow(tmp_path / "m", "go.mod z.go sub/s.go")
    grow(tmp_path / "else", "outside.go")
    (tmp_path / "m" / "a.go").symlink_to("z.go")
    (tmp_path / "m" / "b.go").symlink_to(tmp_path / "else" / "outside.go")
    (tmp_path / "m" / "sub" / "c.go").symlink_to(tmp_path / "else" / "outside.go")
    (tmp_path / "m" / "dangling.go").symlink_to("nowhere")
    selection = select(["./..."], cwd=tmp_path / "m")
    assert paths(selection) == ["b.go", "sub/s.go", "z.go"]
    assert selection.skipped == {"symlink": 3}
    assert paths(select(["./sub"], cwd=tmp_path / "m")) == ["sub/c.go", "sub/s.go"]
    assert reported(select(["a.go"], cwd=tmp_path / "m")) == ["z.go"]


def test_linked_directories_are_not_entered_unless_named(tmp_path: Path) -> None:
    grow(tmp_path, "go.mod a.go sub/s.go")
    (tmp_path / "sub" / "loop").symlink_to("..")
    (tmp_path / "sub" / "loop.go").symlink_to("..")
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "link").symlink_to("sub")
    selection = select(["./..."], cwd=tmp_path)
    assert (paths(selection), selection.skipped) == (["a.go", "sub/s.go"], {})
    assert paths(select(["./link"], cwd=tmp_path)) == ["link/s.go"]
    assert paths(select(["./link/...", "./..."], cwd=tmp_path)) == ["a.go", "sub/s.go"]


def test_an_unreadable_directory_is_one_notification(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    grow(tmp_path, "go.mod a.go closed/c.go")
    # Permissions do not bind the superuser, as whom tests may run; so the refusal is made here.
    scandir = os.scandir

    def refusing(path: str) -> "os._ScandirIterator[str]":
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    for patterns in (["./..."], ["./closed"], ["./closed/...", "./...", "./closed"]):
        selection = select(patterns, cwd=tmp_path)
        assert [(n.rule, n.path, n.message) for n in selection.notifications] == [
            ("GL900", "closed", "this directory cannot be read: Permission denied")
        ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    grow(tmp_path, "go.mod a.go")
    os.mkfifo(tmp_path / "pipe.go")
    selection = select(["./..."], cwd=tmp_path)
    assert (paths(selection), selection.skipped) == (["a.go"], {})


def test_a_name_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    grow(tmp_path, "go.mod a.go")
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.go")).write_text("package p\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    selection = select(["./..."], cwd=tmp_path)
    assert paths(selection) == ["a.go"]
    assert selection.skipped == {"name is not UTF-8": 1}
    assert [n.rule for n in selection.notifications] == ["GL900"]
