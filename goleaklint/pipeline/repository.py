"""A directory in; out comes what git knows of the repository around it: revisions, what changed since, old files.

git is only asked to read. No hook, monitor, pager, external diff or text filter of the repository is run.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from goleaklint.pipeline.since import RevisionError
from goleaklint.reports.provenance import git_environment, git_program

_HARMLESS = ("-c", "core.fsmonitor=", "-c", f"core.hooksPath={os.devnull}")
_SOURCES = (":(top,glob)**/*.go", ":(top,glob)**/go.mod", ":(top,glob)**/go.work")
_DEEPEN = "fetch the history, too: `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout"

_REGULAR, _LINK = ("100644", "100755"), "120000"


@dataclass(frozen=True, slots=True)
class _OldFile:
    mode: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository's working tree. `root` is its resolved top directory; paths count from it, with slashes."""

    root: Path
    program: str

    @classmethod
    def around(cls, directory: Path) -> "Repository":
        """The repository that `directory` lies in. Raises RevisionError."""
        program = git_program()
        if not program:
            raise RevisionError("git is needed to compare with a revision, and is not on PATH")
        done = cls(directory, program)._run("rev-parse", "--show-toplevel")
        shown = os.fsdecode(done.stdout).rstrip("\r\n")
        if done.returncode != 0 or not shown:
            reason = _complaint(done) if b"dubious ownership" in done.stderr else "this is no git repository"
            raise RevisionError(f"{reason}, so there is no revision to compare with", usage=True)
        return cls(Path(os.path.realpath(shown)), program)

    def commit(self, revision: str) -> str:
        """The id of the commit that `revision` names. Raises RevisionError."""
        # What begins with a dash would be an option; git allows no such name.
        found = "" if revision.startswith("-") else self._id("rev-parse", "-q", "--verify", f"{revision}^{{commit}}")
        if found:
            return found
        if self._is_shallow:
            raise RevisionError(f"there is no revision {revision} in this shallow clone; {_DEEPEN}")
        raise RevisionError(f"git knows no revision {revision} here", usage=True)

    def merge_base(self, branch: str) -> str:
        """The id of the commit at which HEAD and `branch` parted. Raises RevisionError."""
        found = self._id("merge-base", self.commit("HEAD"), self.commit(branch))
        if found:
            return found
        if self._is_shallow:
            raise RevisionError(f"this clone is too shallow to hold where {branch} and HEAD parted; {_DEEPEN}")
        raise RevisionError(f"{branch} and HEAD have no commit in common", usage=True)

    def changed_since(self, commit: str) -> frozenset[str]:
        """The Go files, go.mod and go.work that are other in the working tree than in `commit`, on either side."""
        options = ("--name-only", "-z", "--no-renames", "--no-relative", "--no-ext-diff", "--no-textconv")
        arguments = ("diff", *options, "--ignore-submodules=all", commit, "--", *_SOURCES)
        changed = self._paths(*self._without_filters(), *arguments)
        return frozenset(changed) | frozenset(
            self._paths("ls-files", "-z", "-o", "--exclude-standard", "--", *_SOURCES)
        )

    def lay_out(self, commit: str, directory: Path) -> None:
        """Write the Go files, go.mod and go.work of `commit` below `directory`, as they lie below the root.

        Files that git ignores are part of the surroundings, not of the change: they are taken as they are now.
        Raises RevisionError.
        """
        old = list(self._files_of(commit))
        regular = [file for file in old if file.mode in _REGULAR]
        for file, data in zip(regular, self._contents(regular), strict=True):
            _write(directory / file.path, data)
        for name in self._paths("ls-files", "-z", "-o", "-i", "--exclude-standard", "--", *_SOURCES):
            if _is_plain(name) and (self.root / name).is_file() and not (directory / name).exists():
                with suppress(OSError):  # unreadable, or below what was a file then
                    _write(directory / name, (self.root / name).read_bytes())
        # Links come last, so that nothing is written through one.
        links = [file for file in old if file.mode == _LINK]
        for file, data in zip(links, self._contents(links), strict=True):
            _link(directory / file.path, os.fsdecode(data), directory)

    def _without_filters(self) -> list[str]:
        """Options that take the programs from all filters: git would send files through them to compare them."""
        asked = self._run("config", "-z", "--name-only", "--get-regexp", r"^filter\..*\.(clean|process|required)$")
        names = [os.fsdecode(name) for name in asked.stdout.split(b"\0") if name]
        return [part for name in names for part in ("-c", f"{name}=")]

    @property
    def _is_shallow(self) -> bool:
        return self._id("rev-parse", "--is-shallow-repository") == "true"

    def _files_of(self, commit: str) -> Iterator[_OldFile]:
        for line in self._paths("ls-tree", "-r", "-z", "--full-tree", commit):
            facts, _, path = line.partition("\t")
            mode, _, name = facts.split(" ")
            # Links to directories count, too: patterns may lead through them.
            wanted = mode == _LINK or path.endswith(".go") or PurePosixPath(path).name in ("go.mod", "go.work")
            if wanted and _is_plain(path) and mode in (*_REGULAR, _LINK):
                yield _OldFile(mode, name, path)

    def _contents(self, files: Iterable[_OldFile]) -> Iterator[bytes]:
        """The bytes of each file, in order, by one process."""
        with tempfile.TemporaryFile() as names:
            names.write("".join(f"{file.name}\n" for file in files).encode())
            names.seek(0)
            command = [self.program, *_HARMLESS, "cat-file", "--batch"]
            environment = git_environment(os.environ)
            with subprocess.Popen(  # noqa: S603 - the program is looked up, the arguments are constants
                command, cwd=self.root, env=environment, stdin=names, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            ) as process:
                if process.stdout is None:
                    raise AssertionError("a pipe was asked for")
                for file in files:
                    yield _blob(process.stdout, file.path)

    def _paths(self, *arguments: str) -> list[str]:
        done = self._run(*arguments)
        if done.returncode != 0:
            command = next((word for word in arguments if word[0] != "-" and "=" not in word), "")
            raise RevisionError(f"git {command} failed: {_complaint(done)}")
        return [os.fsdecode(part) for part in done.stdout.split(b"\0") if part]

    def _id(self, *arguments: str) -> str:
        done = self._run(*arguments)
        return done.stdout.decode("ascii", "replace").strip() if done.returncode == 0 else ""

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(  # noqa: S603 - the program is looked up; what the user gives is never an option
            [self.program, "--no-pager", *_HARMLESS, *arguments],
            cwd=self.root,
            env={**git_environment(os.environ), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )


def _blob(stream: IO[bytes], path: str) -> bytes:
    """The next answer of `git cat-file --batch`."""
    head = stream.readline().split()
    if len(head) != 3:
        raise RevisionError(f"git no longer has the text of {path} at that revision")
    data = stream.read(int(head[2]))
    stream.read(1)
    return data


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _link(link: Path, target: str, within: Path) -> None:
    """Make a link, unless it or its directory leads out; what is no path, as git keeps anything, is left out."""
    if Path(target).is_absolute() or not link.parent.resolve().is_relative_to(within.resolve()):
        return
    with suppress(OSError, ValueError):
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)


def _is_plain(path: str) -> bool:
    """Reports whether a path stays where it counts from: a tree made by hand may hold others."""
    pure = PurePosixPath(path)
    return not pure.is_absolute() and not {"..", ".git"} & set(pure.parts) and "\\" not in path


def _complaint(done: "subprocess.CompletedProcess[bytes]") -> str:
    return done.stderr.decode("utf-8", "replace").strip().split("\n")[0] or f"exit code {done.returncode}"
