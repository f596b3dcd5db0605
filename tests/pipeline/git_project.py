"""Go modules in temporary git repositories, and what is new in them since a revision."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from go_project import project

from goleaklint.config import Config
from goleaklint.files.patterns import StandardInput
from goleaklint.pipeline.run import Request, Result, run
from goleaklint.pipeline.since import Since

COPY = """package {package}

import (
	"io"
	"os"
)

func {name}(path string, w io.Writer) error {{
	f, err := os.Open(path)
	if err != nil {{
		return err
	}}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}}
"""
"""A function that gives back what it takes; without its `defer` it is a GL401 in its line 9."""


def copy(package: str = "p", name: str = "Copy") -> str:
    return COPY.format(package=package, name=name)


def leaking(text: str) -> str:
    """The text without what closes the file."""
    return text.replace("\tdefer f.Close()\n", "")


def git(root: Path, *arguments: str) -> str:
    """Runs git with no one's settings but its own."""
    environment = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "x@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    done = subprocess.run(
        ["git", "-C", str(root), *arguments], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def repository(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """A repository with one commit, of a module."""
    project(root, files)
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    return root


def commit(root: Path) -> str:
    """Commits all there is; the commit's id."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=x")
    return git(root, "rev-parse", "HEAD")


def since(
    cwd: Path,
    revision: str = "HEAD",
    *patterns: str,
    merge_base: bool = False,
    config: Config | None = None,
    stdin: StandardInput | None = None,
) -> Result:
    """What a run finds that compares with a revision."""
    settings = config or Config(select=("GL401", "GL502"), pedantic=True)
    return run(Request(patterns, cwd, settings, 1, stdin=stdin, since=Since(revision, merge_base)))


def new(result: Result) -> list[str]:
    """Rule, path and line of each finding."""
    return [f"{each.rule} {each.span.path}:{each.span.line}" for each in result.outcome.findings]
