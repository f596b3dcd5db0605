"""Types as api/*.txt writes them, with package names, in; the same with names that a file's imports give out.

Package names are not unique: which package is meant follows from who exports the type that is asked for.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from goleaklint.index.package import assumed_name

_QUALIFIED = re.compile(r"(?<![\w$])([a-z]\w*)\.([A-Z]\w*)")

# Where two packages of one name both export the type, by using package and qualifier.
_MEANT: Mapping[tuple[str, str], str] = {
    ("math/big", "rand"): "math/rand",
    ("testing/quick", "rand"): "math/rand",
}


class Exports:
    """Which packages there are of each name, and which types they export."""

    def __init__(self, types: Mapping[str, Iterable[str]]) -> None:
        self._types = {path: frozenset(names) for path, names in types.items()}
        self._by_name: dict[str, list[str]] = {}
        for path in self._types:
            self._by_name.setdefault(assumed_name(path), []).append(path)

    def path_of(self, user: str, qualifier: str, name: str) -> str:
        """The import path that `qualifier.name` means in package `user`. Raises ValueError if none or several fit."""
        fitting = [p for p in self._by_name.get(qualifier, ()) if p != user and name in self._types[p]]
        meant = _MEANT.get((user, qualifier))
        if meant is not None and meant in fitting:
            return meant
        if len(fitting) != 1:
            raise ValueError(f"{user}: {qualifier}.{name} is a type of {fitting or 'no package'}")
        return fitting[0]


class Imports:
    """The imports of one package's stub, gathered while its types are written."""

    def __init__(self, user: str, exports: Exports) -> None:
        self._user = user
        self._exports = exports
        self._names: dict[str, str] = {}

    def written(self, text: str) -> str:
        """`text` with each qualifier as this file's imports know it."""
        return _QUALIFIED.sub(self._name, text)

    def lines(self) -> Sequence[str]:
        """The import specs, by path; only what shares its name with another one is renamed."""
        return [
            f'import "{path}"' if name == assumed_name(path) else f'import {name} "{path}"'
            for path, name in sorted(self._names.items())
        ]

    def _name(self, match: re.Match[str]) -> str:
        path = self._exports.path_of(self._user, match[1], match[2])
        if path not in self._names:
            plain = assumed_name(path)
            taken = plain in self._names.values()
            self._names[path] = path.replace("/", "_") if taken else plain
        return f"{self._names[path]}.{match[2]}"
