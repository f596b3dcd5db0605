"""What is new since a revision: what a change breaks, wherever that shows, and nothing that was there before."""

import shutil
from pathlib import Path

import pytest
from git_project import commit, copy, git, leaking, new, repository, since
from go_project import LEAK, analyse

from goleaklint.config import Config
from goleaklint.files.patterns import StandardInput
from goleaklint.pipeline.since import RevisionError

OLD_LEAK = leaking(copy(name="Old"))
MADE = """package made

import "os"

func Make(path string) (*os.File, error) { return os.Open(path) }

func Drop(f *os.File) { f.Close() }
"""
USER = """package {package}

import (
	"os"

	"example.com/m/{imported}"
)

func Use(path string) error {{
	f, err := os.Open(path)
	if err != nil {{
		return err
	}}
	{imported}.Drop(f)
	return nil
}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one old leak in p/old.go."""
    return repository(tmp_path / "repo", {"p/p.go": copy(), "p/old.go": OLD_LEAK, "q/q.go": copy("q")})


def test_without_a_change_nothing_is_analysed(root: Path) -> None:
    result = since(root)
    assert new(result) == []
    assert result.statistics["files skipped: not touched"] == result.statistics["files"] == 3


def test_a_release_that_is_deleted_is_reported_and_only_that(root: Path) -> None:
    assert new(since(root)) == []
    (root / "p/p.go").write_text(leaking(copy()))
    result = since(root)
    assert new(result) == ["GL401 p/p.go:9"]
    assert [each.span.path for each in result.outcome.known] == ["p/old.go"]
    assert result.hints == ("1 finding is in HEAD already",)
    assert result.statistics["findings in HEAD already"] == 1
    assert result.statistics["files analysed"] == 2


def test_a_leak_stays_new_until_the_revision_has_it(root: Path) -> None:
    (root / "p/p.go").write_text(leaking(copy()))
    git(root, "add", "--all")
    assert new(since(root)) == ["GL401 p/p.go:9"]
    commit(root)
    assert new(since(root)) == []
    assert new(since(root, "HEAD~1")) == ["GL401 p/p.go:9"]


def moved_lines(root: Path) -> None:
    (root / "p/old.go").write_text(OLD_LEAK.replace("func Old", "// moved\n\n\nfunc Old"))


def renamed_file(root: Path) -> None:
    (root / "p/old.go").rename(root / "p/renamed.go")


def renamed_and_staged(root: Path) -> None:
    git(root, "mv", "p/old.go", "p/renamed.go")


def function_in_another_file(root: Path) -> None:
    (root / "p/old.go").write_text("package p\n")
    (root / "p/p.go").write_text(copy() + OLD_LEAK.partition(")\n")[2])


def formatted(root: Path) -> None:
    (root / "p/old.go").write_text(OLD_LEAK.replace("os.Open(path)", "os.Open( path )").replace("\t", "    "))


def other_line_endings(root: Path) -> None:
    (root / "p/old.go").write_text(OLD_LEAK.replace("\n", "\r\n"), newline="")


def renamed_without_a_leak(root: Path) -> None:
    (root / "q/q.go").rename(root / "q/other.go")


def literal_before(root: Path) -> None:
    """A function literal before the leaking one, which had been the first."""
    inside = OLD_LEAK.replace("error {\n", "error {\n\treturn func() error {\n", 1).replace(
        "err\n}\n", "err\n\t}()\n}\n"
    )
    (root / "p/old.go").write_text(inside)
    commit(root)
    assert [each.function for each in since(root, "HEAD~1").outcome.findings] == []
    (root / "p/old.go").write_text(inside.replace("\treturn func", "\tfunc() {}()\n\treturn func", 1))


@pytest.mark.parametrize(
    "change",
    [
        moved_lines,
        renamed_file,
        renamed_and_staged,
        function_in_another_file,
        formatted,
        other_line_endings,
        literal_before,
        renamed_without_a_leak,
    ],
)
def test_what_only_moves_is_nothing_new(root: Path, change: object) -> None:
    assert callable(change)
    change(root)
    assert new(since(root)) == []


def test_a_file_that_git_does_not_know_is_new(root: Path) -> None:
    (root / "new").mkdir()
    (root / "new/new.go").write_text(leaking(copy("new")))
    assert new(since(root)) == ["GL401 new/new.go:9"]


def test_a_file_that_git_ignores_is_no_change(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {".gitignore": "made.go\n", "p/p.go": copy()})
    (root / "p/made.go").write_text(OLD_LEAK)
    assert new(since(root)) == []
    (root / "p/p.go").write_text(leaking(copy()))
    assert new(since(root)) == ["GL401 p/p.go:9"]


def test_a_comment_that_no_longer_suppresses_makes_the_finding_new(tmp_path: Path) -> None:
    line = "f, err := os.Open(path)"
    commented = OLD_LEAK.replace(line, f"{line} //goleaklint:ignore GL401 -- meant")
    root = repository(tmp_path / "r", {"p/p.go": commented})
    (root / "p/p.go").write_text(OLD_LEAK)
    assert new(since(root)) == ["GL401 p/p.go:9"]


@pytest.mark.parametrize("between", [False, True])
def test_a_change_shows_in_the_packages_that_import_it(tmp_path: Path, between: bool) -> None:
    files = {"made/made.go": MADE, "user/user.go": USER.format(package="user", imported="made"), "q/q.go": copy("q")}
    if between:
        passed = (
            'package mid\n\nimport (\n\t"os"\n\n\t"example.com/m/made"\n)\n\nfunc Drop(f *os.File) { made.Drop(f) }\n'
        )
        files |= {"mid/mid.go": passed, "user/user.go": USER.format(package="user", imported="mid")}
    root = repository(tmp_path / "r", files)
    (root / "made/made.go").write_text(MADE.replace("{ f.Close() }", "{ _ = f.Name() }"))
    result = since(root)
    assert new(result) == new(analyse(root, config=Config(select=("GL401", "GL502"), pedantic=True)))
    assert [line.partition(":")[0] for line in new(result)] == ["GL401 user/user.go"]
    assert result.statistics["files skipped: not touched"] == 1
    assert new(since(root, "HEAD", "./user")) == new(result)


def test_a_changed_go_mod_touches_its_module(root: Path) -> None:
    (root / "go.mod").write_text("module example.com/m\n\ngo 1.23\n")
    result = since(root)
    assert result.statistics["files analysed"] == 3
    assert new(result) == []


def test_a_changed_test_touches_nothing_unless_tests_are_read(root: Path) -> None:
    (root / "p/p_test.go").write_text(leaking(copy(name="Tested")))
    assert since(root).statistics["files analysed"] == 0
    tested = Config(select=("GL401",), pedantic=True, tests=True)
    assert [line.split()[1] for line in new(since(root, config=tested))] == ["p/p_test.go:9"]
    assert since(root, config=tested).statistics["files analysed"] == 3


def test_paths_and_patterns_count_from_the_working_directory(root: Path) -> None:
    (root / "p/p.go").write_text(leaking(copy()))
    assert new(since(root / "p")) == ["GL401 p.go:9"]
    assert new(since(root, "HEAD", "./q")) == []
    assert new(since(root, "HEAD", str(root / "p"))) == ["GL401 p/p.go:9"]
    assert new(since(root, "HEAD", f"{root}/...")) == ["GL401 p/p.go:9"]
    assert new(since(root, "HEAD", "p/p.go")) == ["GL401 p/p.go:9"]
    assert new(since(root, "HEAD", "example.com/m/...")) == ["GL401 p/p.go:9"]


def test_a_package_that_was_not_there_is_new_beside_one_that_was(root: Path) -> None:
    (root / "n").mkdir()
    (root / "n/n.go").write_text(leaking(copy("n")))
    (root / "p/p.go").write_text(f"{copy()}\n")
    assert new(since(root, "HEAD", "./n", "./p")) == ["GL401 n/n.go:9"]


def test_standard_input_is_a_change(root: Path) -> None:
    stdin = StandardInput(leaking(copy()).encode(), "p/p.go")
    assert new(since(root, "HEAD", "-", stdin=stdin)) == ["GL401 p/p.go:9"]


def test_a_module_below_the_root_and_one_without_go_mod(tmp_path: Path) -> None:
    files = {"sub/go.mod": "module example.com/sub\n", "sub/p/p.go": copy(), "sub/p/old.go": OLD_LEAK}
    root = repository(tmp_path / "r", files)
    (root / "sub/p/p.go").write_text(leaking(copy()))
    assert new(since(root / "sub")) == ["GL401 p/p.go:9"]
    git(root, "rm", "--quiet", "-f", "go.mod", "sub/go.mod")
    commit(root)
    (root / "sub/p/p.go").write_text(copy())
    assert new(since(root / "sub")) == []
    (root / "sub/p/p.go").write_text(leaking(copy(name="Another")))
    assert new(since(root / "sub")) == ["GL401 p/p.go:9"]


def test_a_working_directory_behind_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    (root / "p/p.go").write_text(leaking(copy()))
    assert new(since(tmp_path / "link")) == ["GL401 p/p.go:9"]


def test_a_pattern_that_leads_through_a_link(root: Path) -> None:
    (root / "link").symlink_to("p")
    commit(root)
    (root / "p/p.go").write_text(leaking(copy()))
    assert new(since(root, "HEAD", "./link")) == ["GL401 link/p.go:9"]


def test_the_merge_base_is_where_the_branches_parted(root: Path) -> None:
    git(root, "switch", "--quiet", "--create", "feature")
    (root / "p/p.go").write_text(leaking(copy()))
    commit(root)
    git(root, "switch", "--quiet", "main")
    (root / "q/q.go").write_text(leaking(copy("q")))
    commit(root)
    git(root, "switch", "--quiet", "feature")
    assert new(since(root, "main", merge_base=True)) == ["GL401 p/p.go:9"]
    git(root, "switch", "--quiet", "main")
    assert new(since(root, "feature", merge_base=True)) == ["GL401 q/q.go:9"]


def test_what_could_not_be_read_then_is_told(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {"p/p.go": OLD_LEAK.removesuffix("}\n")})
    (root / "p/p.go").write_text(OLD_LEAK)
    result = since(root)
    assert new(result) == ["GL401 p/p.go:9"]
    assert [hint for hint in result.hints if "taken for new" in hint]


@pytest.mark.parametrize("revision", ["nowhere", "--help", "-q", "HEAD:p", ""])
def test_an_unknown_revision_is_wrong_usage(root: Path, revision: str) -> None:
    with pytest.raises(RevisionError, match="git knows no revision") as caught:
        since(root, revision)
    assert caught.value.usage


def test_outside_of_a_repository(tmp_path: Path) -> None:
    repository(tmp_path / "r", {"p/p.go": copy()})
    shutil.rmtree(tmp_path / "r/.git")
    with pytest.raises(RevisionError, match="no git repository") as caught:
        since(tmp_path / "r")
    assert caught.value.usage


def test_unrelated_branches_have_no_merge_base(root: Path) -> None:
    git(root, "switch", "--quiet", "--orphan", "other")
    git(root, "commit", "--quiet", "--allow-empty", "--message=x")
    git(root, "switch", "--quiet", "main")
    with pytest.raises(RevisionError, match="no commit in common") as caught:
        since(root, "other", merge_base=True)
    assert caught.value.usage


def test_a_shallow_clone_says_how_to_get_the_rest(root: Path, tmp_path: Path) -> None:
    first = git(root, "rev-parse", "HEAD")
    (root / "p/p.go").write_text(leaking(copy()))
    commit(root)
    git(tmp_path, "clone", "--quiet", "--depth=1", root.as_uri(), "shallow")
    with pytest.raises(RevisionError, match="fetch-depth: 0") as caught:
        since(tmp_path / "shallow", first)
    assert not caught.value.usage


def test_without_git(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RevisionError, match="not on PATH") as caught:
        since(root)
    assert not caught.value.usage


def test_nothing_that_the_repository_names_is_run(root: Path, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    script.chmod(0o755)
    for hook in ("post-checkout", "post-index-change", "pre-commit"):
        shutil.copy(script, root / ".git/hooks" / hook)
    for key in ("core.fsmonitor", "diff.external", "core.pager", "diff.x.textconv", "diff.x.command", "core.editor"):
        git(root, "config", key, str(script))
    for key in ("filter.x.clean", "filter.x.smudge", "filter.y.process"):
        git(root, "config", key, str(script))
    git(root, "config", "filter.x.required", "true")
    (root / ".gitattributes").write_text("*.go diff=x filter=x export-ignore\nq/*.go filter=y\n")
    (root / "q/q.go").touch()
    (root / "p/p.go").write_text(leaking(copy()))
    assert new(since(root)) == ["GL401 p/p.go:9"]
    assert not mark.exists()


def test_settings_of_the_user_change_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    for key, value in {
        "diff.noprefix": "true",
        "diff.relative": "true",
        "core.quotepath": "true",
        "diff.renames": "copies",
    }.items():
        git(root, "config", key, value)
    (root / "größe x").mkdir()
    (root / "größe x/p.go").write_text(leaking(copy()))
    (root / "p/p.go").write_text(leaking(copy()))
    assert new(since(root / "p")) == ["GL401 p.go:9"]
    assert new(since(root)) == ["GL401 größe x/p.go:9", "GL401 p/p.go:9"]


def test_the_temporary_directory_is_gone_afterwards(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (root / "p/p.go").write_text(leaking(copy()))
    since(root)
    assert [path.name for path in tmp_path.iterdir()] == ["repo"]


def test_an_old_finalizer_leak_is_known_beside_a_new_one(tmp_path: Path) -> None:
    root = repository(tmp_path / "r", {"good/good.go": LEAK})
    (root / "good/other.go").write_text(LEAK.replace("Spool", "Other"))
    assert new(since(root)) == ["GL502 good/other.go:12"]
