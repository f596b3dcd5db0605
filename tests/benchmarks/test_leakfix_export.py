"""What is taken out of a repository to analyse one package, and how one case is run from end to end."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
if not (ROOT / "benchmarks" / "leakfix").is_dir():
    pytest.skip("the benchmarks are not part of this distribution", allow_module_level=True)
sys.path.append(str(ROOT))  # at the end: an installed goleaklint is to be the one under test

from benchmarks.leakfix import __main__ as leakfix  # noqa: E402
from benchmarks.leakfix.analysis import report_package  # noqa: E402
from benchmarks.leakfix.cases import read_cases  # noqa: E402
from benchmarks.leakfix.export import exported  # noqa: E402
from benchmarks.leakfix.history import repository  # noqa: E402
from benchmarks.leakfix.scoring import AnalysisError  # noqa: E402

DAY = "2020-03-01T12:00:00Z"

FILES = {
    "README.md": "x",
    "a/a.go": 'package a\n\nimport (\n\t"ex.org/m/b"\n\tz "third.org/v"\n\t"fmt"\n)\n',
    "a/a_test.go": "package a\n",
    "b/b.go": 'package b\n\nimport "ex.org/m/c"\n',
    "c/c.go": 'package c\n\nimport "ex.org/m/d"\n',
    "d/d.go": "package d\n",
    "e/e.go": "package e\n",
    "vendor/third.org/v/v.go": "package v\n",
    "vendor/third.org/w/w.go": "package w\n",
}
"""A leads to b, to c, to d, which is too far away; nobody needs e."""

LEAKS = """package a

import "os"

func load(names []string) {
\tfor _, name := range names {
\t\tif f, err := os.Open(name); err == nil {
\t\t\tdefer f.Close()
\t\t}
\t}
}
"""
MENDED = LEAKS.replace("defer ", "")


def commit(mirror: Path, files: dict[str, str]) -> str:
    """Commit files as the state of owner/name in a mirror; the commit's name."""
    directory = repository(mirror, "owner/name")
    for name, text in files.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text, encoding="utf-8")
    who = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {
        **os.environ,
        **who,
        "GIT_AUTHOR_DATE": DAY,
        "GIT_COMMITTER_DATE": DAY,
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    for words in ["init", "-q"], ["add", "-A", "-f"], ["commit", "-q", "-m", "x"]:
        subprocess.run(["git", *words], cwd=directory, env=environment, check=True)
    said = subprocess.run(["git", "rev-parse", "HEAD"], cwd=directory, capture_output=True, text=True, check=True)
    return said.stdout.strip()


def names(tree: Path) -> set[str]:
    return {file.relative_to(tree).as_posix() for file in tree.rglob("*") if file.is_file()}


def test_package_comes_with_what_it_imports(tmp_path: Path) -> None:
    sha = commit(tmp_path, {**FILES, "go.mod": "module ex.org/m\n\ngo 1.20\n"})
    tree = exported(tmp_path, tmp_path / "work", "owner/name", sha, "a")
    assert names(tree) == {"go.mod", "a/a.go", "a/a_test.go", "b/b.go", "c/c.go", "vendor/third.org/v/v.go"}


def test_module_is_inferred_where_there_is_none(tmp_path: Path) -> None:
    sha = commit(tmp_path, FILES)
    tree = exported(tmp_path, tmp_path / "work", "owner/name", sha, "a")
    assert (tree / "go.mod").read_text(encoding="utf-8") == "module ex.org/m\n\ngo 1.14\n"
    assert (tree / "c" / "c.go").exists()


def test_module_below_the_root_is_known(tmp_path: Path) -> None:
    files = {f"sub/{name}": text for name, text in FILES.items()} | {"sub/go.mod": "module ex.org/m\n"}
    tree = exported(tmp_path, tmp_path / "work", "owner/name", commit(tmp_path, files), "sub/a")
    assert {"sub/b/b.go", "sub/c/c.go"} <= names(tree)
    assert not (tree / "go.mod").exists()


def test_tree_is_made_once(tmp_path: Path) -> None:
    sha = commit(tmp_path, FILES)
    first = exported(tmp_path, tmp_path / "work", "owner/name", sha, "a")
    (first / "mark").touch()
    assert exported(tmp_path, tmp_path / "work", "owner/name", sha, "a") == first
    assert (first / "mark").exists()
    assert [each.name for each in first.parent.iterdir()] == ["a"]


def test_failed_export_leaves_nothing(tmp_path: Path) -> None:
    commit(tmp_path, FILES)
    with pytest.raises(subprocess.CalledProcessError):
        exported(tmp_path, tmp_path / "work", "owner/name", "0" * 40, "a")
    assert names(tmp_path / "work") == set()
    assert list((tmp_path / "work").rglob("0*/*")) == []


def test_case_from_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = commit(tmp_path, {"go.mod": "module ex.org/m\n", "a/a.go": LEAKS})
    fix = commit(tmp_path, {"a/a.go": MENDED})
    label = {"id": "x-1", "repo": "owner/name", "before": before, "fix": fix, "file": "a/a.go", "func": "load"}
    label |= {"category": "defer-in-loop", "evidence": "local", "what": "ignored"}
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps({**label, "func_start": 5, "func_end": 11, "line": 8}) + "\n", encoding="utf-8")
    places = ["--mirror", str(tmp_path), "--work", str(tmp_path / "work"), "--cases", str(cases)]
    assert leakfix.main([*places, "--list", "--only", "x-1", "--jobs", "1"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "x-1  defer-in-loop  local  RESOLVED  GL418"
    assert lines[-1].split() == ["all", "1", "1", "1", "1", "(100%)", "1", "0"]


def test_missing_repositories_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert leakfix.main(["--mirror", str(tmp_path), "--only", read_cases()[0].id]) == 3
    assert "dgraph-io/badger" in capsys.readouterr().err


def test_analysis_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(*_: object, **__: object) -> None:
        while True:
            pass

    monkeypatch.setattr("benchmarks.leakfix.analysis.report", forever)
    with pytest.raises(AnalysisError, match="timeout"):
        report_package(tmp_path, "", 1)


def test_directory_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AnalysisError):
        report_package(tmp_path, "gone", 10)
