"""What a run is told to do, whoever said it: which rules, which paths, which packs; and the questions asked of it."""

import enum
from dataclasses import dataclass

from goleaklint.config.globs import PathGlob
from goleaklint.model import Confidence, Severity


class Modules(enum.StrEnum):
    """Which Go modules below a pattern are read: the one the pattern lies in, or the nested ones too."""

    NEAREST = "nearest"
    ALL = "all"


class FailOn(enum.StrEnum):
    """The least severity of a finding that makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"

    def fails(self, severity: Severity) -> bool:
        """Reports whether a finding of this severity makes the exit code 1."""
        order = [*Severity]
        return self is not FailOn.NEVER and order.index(severity) <= order.index(Severity(self.value))


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one run; its defaults are what holds without configuration file and options.

    `path` is the file they come from, as shown to the user, "" if there is none. `select` and `ignore` hold rule ids or
    starts of rule ids; an empty `select` means every rule. `packs` are absolute paths. `go_version` ("1.22") replaces
    what go.mod says, "" leaves it. `confidence` is the lowest that is shown; None leaves that to `pedantic`. `baseline`
    is the absolute path of the file with the findings that are left out, "" if there is none.
    """

    path: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_path_ignores: tuple[tuple[PathGlob, tuple[str, ...]], ...] = ()
    exclude: tuple[PathGlob, ...] = ()
    packs: tuple[str, ...] = ()
    tests: bool = False
    go_version: str = ""
    pedantic: bool = False
    modules: Modules = Modules.NEAREST
    fail_on: FailOn = FailOn.NOTE
    confidence: Confidence | None = None
    baseline: str = ""

    def selects(self, rule: str) -> bool:
        """Reports whether the rule of this id is to run: what names it more exactly wins, and `ignore` in a tie."""
        selected = _exactness(self.select, rule) if self.select else 0
        return selected > _exactness(self.ignore, rule)

    def ignores_at(self, rule: str, path: str) -> bool:
        """Reports whether findings of this rule are to be left out in the file at `path`."""
        return any(_exactness(rules, rule) >= 0 and glob.matches(path) for glob, rules in self.per_path_ignores)

    def excludes(self, path: str) -> bool:
        """Reports whether the file at `path` is not to be read."""
        return any(glob.matches(path) for glob in self.exclude)


def _exactness(starts: tuple[str, ...], rule: str) -> int:
    """How many characters of the id the longest fitting start names; -1 where none fits."""
    return max((len(start) for start in starts if rule.startswith(start)), default=-1)
