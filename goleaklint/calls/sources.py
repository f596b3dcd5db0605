"""Where the functions under analysis can be read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Sources:
    """Which functions can be read again: those in the files of the packages under analysis, absolute, by import path,
    and in all files below `roots`, the directories of their modules.

    `shown` has the path that users are shown for each, `data` the text of those that are not on disk. `endings` are the
    names of functions that look as if they never returned.
    """

    files: Mapping[str, Sequence[str]] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, bytes] = field(default_factory=dict)
    endings: frozenset[str] = frozenset()
    roots: tuple[str, ...] = ()
