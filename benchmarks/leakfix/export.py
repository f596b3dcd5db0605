"""A commit and a directory in it in; out comes a tree with that package, and what it needs to be understood.

That is the package itself, what it imports from its own module (two levels), what it imports from vendor (one level),
go.mod and go.work. Where there is no go.mod, one is written: the module's path is inferred from its imports, the
version of Go from the day of the commit.
"""

import posixpath
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .history import Commit, read_commit, repository

FORM = 1
"""Goes up when trees are made otherwise, so that old ones are not taken for new."""

LEVELS = 2
"""Types of fields and results are rarely further away."""

_RELEASES = {
    "2017-02": "1.8", "2017-08": "1.9", "2018-02": "1.10", "2018-08": "1.11", "2019-02": "1.12", "2019-09": "1.13",
    "2020-02": "1.14", "2020-08": "1.15", "2021-02": "1.16", "2021-08": "1.17", "2022-03": "1.18", "2022-08": "1.19",
    "2023-02": "1.20", "2023-08": "1.21",
}  # fmt: skip
"""When versions of Go came out, in order."""

_IMPORT = re.compile(r'^\s*(?:import\s+)?(?:[\w.]+\s+)?"([^"]+)"', re.MULTILINE)
_MODULE = re.compile(r"^module\s+\"?([^\s\"]+)", re.MULTILINE)
_HEAD = 20_000
"""So many characters of a file hold its imports."""

_VOTERS = 40
_VOTES = 4
"""The module's path is inferred from so many directories, and so many files of each."""


def exported(mirror: Path, work: Path, repo: str, sha: str, directory: str) -> Path:
    """The tree of a package in a commit, kept below `work` for the next time.

    Raises subprocess.CalledProcessError if git fails.
    """
    kept = work / f"trees-{FORM}" / repo.replace("/", "+") / sha / (directory.replace("/", "+") or "+")
    if not kept.is_dir():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=kept.parent, prefix="."))
        try:
            _Export(read_commit(repository(mirror, repo), sha), made).package(directory, f"github.com/{repo}")
            _give_name(made, kept)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return kept


def _give_name(made: Path, kept: Path) -> None:
    """Rename a directory, so that it is there whole or not at all; another process may have been first."""
    try:
        made.rename(kept)
    except OSError:
        if not kept.is_dir():
            raise


@dataclass(frozen=True, slots=True)
class _Export:
    """A commit, and the directory that its files are written to."""

    commit: Commit
    to: Path

    def package(self, directory: str, fallback: str) -> None:
        """Write a package and what it needs; `fallback` is the module's path if no import gives it away."""
        directories: dict[str, list[str]] = {}
        for path in self.commit.files:
            directories.setdefault(posixpath.dirname(path), []).append(path)
        modules = self._modules()
        if "" not in modules.values():
            path = self._inferred(directories, directory) or fallback
            if not modules:
                (self.to / "go.mod").write_text(f"module {path}\n\ngo {self._go_version()}\n", encoding="utf-8")
            modules[path] = ""
        self._with_imports(directory, directories, modules)

    def _modules(self) -> dict[str, str]:
        """The directories of the modules by their paths; their go.mod are written."""
        files = [path for path in self.commit.files if not path.endswith(".go")]
        self.commit.write(files, self.to)
        named = ((_MODULE.search(self._text(file)), file) for file in files if file.endswith("go.mod"))
        return {found[1]: posixpath.dirname(file) for found, file in named if found}

    def _inferred(self, directories: Mapping[str, list[str]], directory: str) -> str:
        """The prefix of imports whose rest is most often a directory; "" if there is none."""
        votes: Counter[str] = Counter()
        for voter in dict.fromkeys([directory, *list(directories)[:_VOTERS]]):
            files = directories.get(voter, [])[:_VOTES]
            self.commit.write(files, self.to)
            for file in files:
                if not file.startswith("vendor/"):
                    votes.update(filter(None, (_prefix(path, directories) for path in self._imports(file))))
        return votes.most_common(1)[0][0] if votes else ""

    def _go_version(self) -> str:
        day = self.commit.day
        return next((version for since, version in reversed(_RELEASES.items()) if day >= since), "1.8")

    def _with_imports(self, start: str, directories: Mapping[str, list[str]], modules: Mapping[str, str]) -> None:
        todo, seen = [(start, 0)], set[str]()
        while todo:
            directory, level = todo.pop()
            if directory in seen:
                continue
            seen.add(directory)
            files = directories.get(directory, [])
            self.commit.write(files, self.to)
            if level == LEVELS:
                continue
            for path in (path for file in files for path in self._imports(file)):
                if level == 0:
                    self.commit.write(directories.get(f"vendor/{path}", []), self.to)
                todo.extend((each, level + 1) for each in _own(path, modules))

    def _imports(self, file: str) -> list[str]:
        return _IMPORT.findall(self._text(file)[:_HEAD])

    def _text(self, file: str) -> str:
        at = self.to / file
        return at.read_text(encoding="utf-8", errors="replace") if at.exists() else ""


def _prefix(path: str, directories: Mapping[str, list[str]]) -> str:
    """What is left of an import when the longest end that is a directory is taken away; "" if none is."""
    parts = path.split("/")
    if "." not in parts[0]:
        return ""
    ends = (at for at in range(2, len(parts)) if "/".join(parts[at:]) in directories)
    return next(("/".join(parts[:at]) for at in ends), "")


def _own(path: str, modules: Mapping[str, str]) -> Iterator[str]:
    """The directories that an import can mean in these modules."""
    for module, root in modules.items():
        if path == module or path.startswith(f"{module}/"):
            directory = posixpath.normpath(posixpath.join(root, path[len(module) :].lstrip("/")))
            yield "" if directory == "." else directory
