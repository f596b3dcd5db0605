"""What a run is told to do, whoever said it: which rules, which paths, which packs; and the questions asked of it."""

import enum
from dataclasses import dataclass

from goleaklint.config.globs import PathGlob


class Modules(enum.StrEnum):
    """Which Go modules below a pattern are read: the one the pattern lies in, or the nested ones too."""

    NEAREST = "nearest"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one run; its defaults are what holds without configuration file and options.

    `path` is the file they come from, as shown to the user, "" if there is none. `select` and `ignore` hold rule ids or
    starts of rule ids; an empty `select` means every rule. `packs` are absolute paths. `go_version` ("1.22") replaces
    what go.mod says, "" leaves it.
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
