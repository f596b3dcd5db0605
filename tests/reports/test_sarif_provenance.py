from pathlib import Path

import pytest
from sarif_sample import git

from goleaklint.reports import provenance
from goleaklint.reports.provenance import Provenance, analysed_part, public_uri, read_provenance


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "größe 1"
    (root / "sub").mkdir(parents=True)
    git(root, "init", "--quiet", "--initial-branch=trunk")
    git(root, "commit", "--quiet", "--allow-empty", "--message=first")
    return root.resolve()


@pytest.mark.parametrize(
    ("remote", "uri"),
    [
        ("https://github.com/golang/go.git", "https://github.com/golang/go"),
        ("https://user:secret@github.com/golang/go", "https://github.com/golang/go"),
        ("https://x-access-token:ghs_1@github.com/golang/go/", "https://github.com/golang/go"),
        ("https://example.org:8443/a/b?token=secret#secret", "https://example.org:8443/a/b"),
        ("git@github.com:golang/go.git", "https://github.com/golang/go"),
        ("github.com:golang/go", "https://github.com/golang/go"),
        ("ssh://git@GitHub.com:22/golang/go.git", "https://github.com/golang/go"),
        ("git://example.org/a.git", "https://example.org/a"),
        ("https://example.org/two words", "https://example.org/two%20words"),
        ("/srv/git/secret.git", ""),
        ("../other", ""),
        ("file:///srv/git/secret.git", ""),
        (r"C:\repos\secret", ""),
        ("ext::secret", ""),
        ("https://[broken", ""),
        ("https://example.org", ""),
        ("", ""),
    ],
)
def test_public_uri(remote: str, uri: str) -> None:
    assert public_uri(remote) == uri


def test_repository_is_described_from_any_directory(repository: Path) -> None:
    git(repository, "remote", "add", "fork", "git@example.org:a/fork.git")
    git(repository, "remote", "add", "origin", "https://me:secret@example.org/a/b.git")
    expected = Provenance(repository, "https://example.org/a/b", git(repository, "rev-parse", "HEAD"), "trunk")
    assert read_provenance(repository) == expected
    assert read_provenance(repository / "sub") == expected
    git(repository, "remote", "remove", "origin")
    assert read_provenance(repository).repository_uri == "https://example.org/a/fork"


def test_detached_head_has_no_branch(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--detach")
    found = read_provenance(repository)
    assert (found.branch, found.repository_uri) == ("", "")
    assert len(found.revision) == 40


def test_repository_without_a_commit_has_no_revision(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=trunk")
    assert read_provenance(tmp_path) == Provenance(tmp_path.resolve(), branch="trunk")


def test_outside_a_repository_the_directory_is_the_root(tmp_path: Path) -> None:
    assert read_provenance(tmp_path) == Provenance(tmp_path.resolve())


def test_hook_variables_do_not_mislead(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    assert read_provenance(repository / "sub").root == repository


@pytest.mark.parametrize("program", [None, "git.EXE", "/nowhere/git"])
def test_without_git_only_the_root_is_known(
    repository: Path, monkeypatch: pytest.MonkeyPatch, program: str | None
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: program)
    assert read_provenance(repository / "sub") == Provenance(repository)


def test_a_slow_git_is_given_up(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provenance, "_TIMEOUT_SECONDS", 0.0)
    assert read_provenance(repository) == Provenance(repository)


@pytest.mark.parametrize(
    ("go_mod", "part"),
    [
        ("// a comment\nmodule example.org/node/v2 // trailing\n\ngo 1.22\n", "example.org/node/v2"),
        ('module "example.org/quoted"\n', "example.org/quoted"),
        ("go 1.22\n", "."),
        (None, "."),
    ],
)
def test_analysed_part_is_the_module(tmp_path: Path, go_mod: str | None, part: str) -> None:
    if go_mod is not None:
        (tmp_path / "go.mod").write_text(go_mod, encoding="utf-8")
    assert analysed_part(tmp_path, tmp_path.resolve()) == part


def test_analysed_part_is_the_nearest_module_and_else_the_directory(tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module outside\n", encoding="utf-8")
    root = tmp_path.resolve() / "repository"
    (root / "a" / "b").mkdir(parents=True)
    assert analysed_part(root / "a" / "b", root) == "a/b"
    (root / "a" / "go.mod").write_text("module inner\n", encoding="utf-8")
    assert analysed_part(root / "a" / "b", root) == "inner"
