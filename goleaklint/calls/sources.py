"""Where the functions under analysis can be read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sources:
    """Which functions can be read again: those in the files of the packages under analysis, absolute, by import path,
    and in all files below `roots`, the directories of their modules.

    `around` are the other files of those modules, by import path: what calls functions under analysis may stand there,
    too, so that a package that is checked alone is checked as it is in a run over its whole module.

    `shown` has the path that users are shown for each, `data` the text of those that are not on disk. `endings` are the
    names of functions that look as if they never returned.
    """

    files: Mapping[str, Sequence[str]] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, bytes] = field(default_factory=dict)
    endings: frozenset[str] = frozenset()
    roots: tuple[str, ...] = ()
    around: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def packages(self) -> list[str]:
        """The import paths of all packages in which functions under analysis may be used."""
        return sorted({*self.files, *self.around})

    def of_package(self, path: str) -> Sequence[str]:
        """The files of a package, tests left out."""
        return (*self.files.get(path, ()), *self.around.get(path, ()))
