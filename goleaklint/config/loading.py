"""A directory to start from, or a file, comes in; the Config written in the file goes out, or all its mistakes."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from goleaklint.config.globs import PathGlob, glob_complaint
from goleaklint.config.rule_names import RuleNames
from goleaklint.config.settings import Config, FailOn, Modules
from goleaklint.model import Confidence
from goleaklint.toml_source import Mistake, MistakesError, Table, quoted, read_toml, shown_path

FILE_NAMES = ("goleaklint.toml", ".goleaklint.toml")

_REPOSITORY_MARKS = (".git", ".hg", ".jj", ".svn")
_MODULE_MARKS = ("go.mod", "go.work")
_GO_VERSION = re.compile(r"1\.\d+(?:\.\d+|(?:rc|beta)\d+)?")


def load_config(start: Path, rules: RuleNames, *, file: Path | None = None) -> Config:
    """The configuration that holds for `start`, a directory; or what `file` says, whatever lies around.

    Raises MistakesError with every mistake. Without a configuration file the defaults are returned.
    """
    found = file if file is not None else find_config(start)
    return Config() if found is None else read_config(found, rules)


def find_config(start: Path) -> Path | None:
    """The nearest configuration file from the directory `start` upwards.

    The search ends at the root of the repository, else at the topmost directory with a go.mod or go.work, else with
    `start` itself: what lies above belongs to somebody else. Raises MistakesError where one directory has two files.
    """
    for directory in _own_directories(Path(os.path.abspath(start))):  # noqa: PTH100 - links are not to be followed
        found = [directory / name for name in FILE_NAMES if _lies(directory / name)]
        if len(found) > 1:
            message = f"{FILE_NAMES[0]} lies beside it, and only one of them can hold; remove one"
            raise MistakesError([Mistake(shown_path(found[1]), 0, message)])
        if found:
            return found[0]
    return None


def read_config(path: Path, rules: RuleNames) -> Config:
    """The Config that a file describes. Raises MistakesError with every mistake in it."""
    document = read_toml(path)
    reader = _Reader(Table(document), os.path.dirname(os.path.abspath(path)), rules)  # noqa: PTH100, PTH120 - see above
    config = reader.config()
    if reader.top.mistakes:
        raise MistakesError(reader.top.mistakes)
    return config


def go_version_complaint(text: str) -> str:
    """What is wrong with a Go version; empty if nothing is."""
    return "" if _GO_VERSION.fullmatch(text) else f'a Go version looks like "1.22", not {quoted(text)}'


def _own_directories(start: Path) -> list[Path]:
    upwards = [start, *start.parents]
    for at, directory in enumerate(upwards):
        if any(_lies(directory / mark) for mark in _REPOSITORY_MARKS):
            return upwards[: at + 1]
    modules = [at for at, directory in enumerate(upwards) if any(_lies(directory / mark) for mark in _MODULE_MARKS)]
    return upwards[: modules[-1] + 1] if modules else [start]


def _lies(path: Path) -> bool:
    """Reports whether something lies there that we may look at: a directory above may be closed to us."""
    try:
        return path.exists()
    except OSError:
        return False


class _Reader:
    """Reads the keys of one configuration file; `base` is its directory, from which its paths count."""

    def __init__(self, top: Table, base: str, rules: RuleNames) -> None:
        self.top = top
        self._base = base
        self._rules = rules

    def config(self) -> Config:
        config = Config(
            path=self.top.document.path,
            select=self._selected(),
            ignore=self._rule_ids(self.top, "ignore"),
            per_path_ignores=self._per_path_ignores(),
            exclude=self._exclude(),
            packs=self._packs(),
            tests=self.top.flag("tests"),
            go_version=self._go_version(),
            pedantic=self.top.flag("pedantic"),
            modules=Modules(self.top.choice("modules", Modules, Modules.NEAREST)),
            fail_on=FailOn(self.top.choice("fail-on", FailOn, FailOn.NOTE)),
            confidence=self._confidence(),
            baseline=self._baseline(),
        )
        self.top.reject_unknown()
        return config

    def _selected(self) -> tuple[str, ...]:
        selected = self._rule_ids(self.top, "select")
        if self.top.is_empty_list("select"):
            self.top.note("select names no rule; leave the key out to run all of them", "select")
        return selected

    def _rule_ids(self, table: Table, key: str) -> tuple[str, ...]:
        ids = []
        for at, written in enumerate(table.texts(key)):
            rule = self._rules.resolve(written)
            if rule is None:
                table.note(self._rules.complaint(written), key, at)
            else:
                ids.append(rule)
        return tuple(ids)

    def _per_path_ignores(self) -> tuple[tuple[PathGlob, tuple[str, ...]], ...]:
        table = self.top.table("per-path-ignores")
        if table is None:
            return ()
        patterns = table.names()
        self._check_globs(table, ((pattern, (pattern,)) for pattern in patterns))
        return tuple((PathGlob(pattern, self._base), self._rule_ids(table, pattern)) for pattern in patterns)

    def _exclude(self) -> tuple[PathGlob, ...]:
        patterns = self.top.texts("exclude")
        self._check_globs(self.top, ((pattern, ("exclude", at)) for at, pattern in enumerate(patterns)))
        return tuple(PathGlob(pattern, self._base) for pattern in patterns)

    def _check_globs(self, table: Table, globs: Iterable[tuple[str, tuple[str | int, ...]]]) -> None:
        for pattern, key in globs:
            complaint = glob_complaint(pattern)
            if complaint:
                table.note(f"the pattern {quoted(pattern)} {complaint}", *key)

    def _packs(self) -> tuple[str, ...]:
        packs = []
        for at, written in enumerate(self.top.texts("packs")):
            pack = Path(self._base, written)
            if pack.suffix != ".toml":
                self.top.note(f"a pack is a .toml file, and {quoted(written)} is none", "packs", at)
            elif not pack.is_file():
                self.top.note(f"there is no pack {quoted(written)} (looked for beside this file)", "packs", at)
            packs.append(os.path.normpath(pack))
        return tuple(packs)

    def _confidence(self) -> Confidence | None:
        written = self.top.choice("confidence", Confidence)
        return Confidence(written) if written else None

    def _baseline(self) -> str:
        """The baseline's path. `baseline write` writes there, so it must not lead out of the file's own directory."""
        written = self.top.text("baseline", like="goleaklint-baseline.json")
        if not written:
            return ""
        path = os.path.normpath(os.path.join(self._base, written))  # noqa: PTH118 - links are not to be followed
        if not path.startswith(self._base.rstrip(os.sep) + os.sep):
            self.top.note(
                f"the baseline must lie below this file's directory, and {quoted(written)} does not", "baseline"
            )
        return path

    def _go_version(self) -> str:
        version = self.top.text("go-version", like="1.22")
        if isinstance(self.top.document.data.get("go-version"), str) and (complaint := go_version_complaint(version)):
            self.top.note(complaint, "go-version")
        return version
