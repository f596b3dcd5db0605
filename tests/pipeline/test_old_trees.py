"""The Go files of a revision, laid out in a directory: all that is asked for, and nothing outside of it."""

import subprocess
from pathlib import Path

import pytest
from git_project import commit, copy, git, repository

from goleaklint.pipeline.repository import Repository


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository(tmp_path / "repo", {"p/p.go": copy(), "q/q.go": copy("q")})


def laid_out(root: Path, revision: str, target: Path) -> list[str]:
    """What is in the directory afterwards, and is no directory itself."""
    Repository.around(root).lay_out(revision, target)
    return sorted(
        path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_symlink() or path.is_file()
    )


def test_no_file_of_a_revision_leads_out_of_the_directory_it_is_laid_out_in(root: Path, tmp_path: Path) -> None:
    (root / "p/link.go").symlink_to("../../../outside.go")
    (root / "p/absolute.go").symlink_to("/outside.go")
    (root / "p/beside.go").symlink_to("p.go")
    target = tmp_path / "laid out"
    assert laid_out(root, commit(root), target) == ["go.mod", "p/beside.go", "p/link.go", "p/p.go", "q/q.go"]
    assert (target / "p/p.go").read_text() == copy()
    assert (target / "p/beside.go").readlink() == Path("p.go")


def tree(root: Path, *entries: tuple[str, str, str, str]) -> str:
    """The id of a tree made by hand: git asks nothing about its entries."""
    lines = "".join(f"{mode} {kind} {name}\t{path}\n" for mode, kind, name, path in entries)
    done = subprocess.run(["git", "-C", str(root), "mktree"], input=lines, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def blob(root: Path, text: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(root), "hash-object", "-w", "--stdin"],
        input=text, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


def test_no_link_is_made_through_another(root: Path, tmp_path: Path) -> None:
    """A tree in which one name is a link that leads out, and a directory with a link in it."""
    (tmp_path / "outside").mkdir()
    below = tree(root, ("120000", "blob", blob(root, "x.go"), "x.go"))
    up = blob(root, "../outside")
    made = tree(root, ("120000", "blob", up, "a.go"), ("040000", "tree", below, "a.go"))
    revision = git(root, "commit-tree", "-m", "x", made)
    laid_out(root, revision, tmp_path / "laid out")
    assert list((tmp_path / "outside").iterdir()) == []


@pytest.mark.parametrize("target", ["", "a\0b", "x" * 5000])
def test_a_link_that_is_no_path_is_left_out(root: Path, tmp_path: Path, target: str) -> None:
    made = tree(root, ("120000", "blob", blob(root, target), "a.go"), ("100644", "blob", blob(root, "x"), "b.go"))
    revision = git(root, "commit-tree", "-m", "x", made)
    assert laid_out(root, revision, tmp_path / "laid out") == ["b.go"]


def test_an_ignored_file_below_what_was_a_file_is_left_out(root: Path, tmp_path: Path) -> None:
    (root / "made.go").write_text("package m\n")
    before = commit(root)
    (root / "made.go").unlink()
    (root / "made.go").mkdir()
    (root / "made.go/x.go").write_text("package m\n")
    (root / ".gitignore").write_text("x.go\n")
    assert laid_out(root, before, tmp_path / "laid out") == ["go.mod", "made.go", "p/p.go", "q/q.go"]


def test_a_directory_link_is_laid_out(root: Path, tmp_path: Path) -> None:
    (root / "link").symlink_to("p")
    assert "link" in laid_out(root, commit(root), tmp_path / "laid out")
