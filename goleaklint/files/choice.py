"""The directories that were read in, the files of them to analyse out; the others are counted by reason."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from goleaklint.files.patterns import StandardInput
from goleaklint.files.walk import Directory, Reason

# What standard input is called where nobody says which file it stands for.
_NAMELESS = "stdin.go"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to read, but for its names in Go. `link` is set for a symlink; `real` is where the text lies."""

    path: str
    absolute: str
    real: str
    link: bool
    reported: bool
    is_test: bool
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user asked for, applied to one directory after the other."""

    shown: Callable[[str], str]
    tests: bool
    excluded: Callable[[str], bool]
    force_exclude: bool

    def of(self, directory: Directory, skipped: Counter[str]) -> Iterator[Candidate]:
        """The files of the directory to read; the others are added to `skipped`."""
        skipped[Reason.SYMLINK] += directory.dangling
        shown = self.shown(directory.absolute)
        for name, link in (*((n, False) for n in directory.files), *((n, True) for n in directory.links)):
            named = name in directory.named
            path = name if shown == "." else f"{shown.rstrip('/')}/{name}"
            reason = self._reason_to_skip(name, path, named=named)
            if reason is not None:
                skipped[reason] += 1
                continue
            real = os.path.join(directory.real, name)
            yield Candidate(
                path=path,
                absolute=os.path.join(directory.absolute, name),
                real=os.path.realpath(real) if link else real,
                link=link,
                reported=named or directory.whole,
                is_test=is_test(name),
            )

    def with_input(
        self, candidates: list[Candidate], stdin: StandardInput, cwd: str, skipped: Counter[str]
    ) -> list[Candidate]:
        """The candidates and standard input, which takes the place of the file it stands for."""
        absolute = os.path.abspath(os.path.join(cwd, stdin.path or _NAMELESS))
        real = os.path.realpath(absolute)
        name = os.path.basename(absolute)
        if any(c.real == real for c in candidates) and stdin.path:
            return [replace(c, data=stdin.data) if c.real == real else c for c in candidates]
        path = self.shown(absolute)
        reason = self._reason_to_skip(name, path, named=True)
        if reason is not None:
            # A file that lies on disk as well was counted in its directory.
            skipped[reason] += not (stdin.path and os.path.isfile(absolute))
            return candidates
        return [*candidates, Candidate(path, absolute, real, False, True, is_test(name), stdin.data)]

    def _reason_to_skip(self, name: str, path: str, *, named: bool) -> Reason | None:
        if name[0] in "._" and not named:
            return Reason.HIDDEN
        if not self.tests and is_test(name):
            return Reason.TEST
        if (self.force_exclude or not named) and self.excluded(path):
            return Reason.EXCLUDED
        return None if _is_utf8(path) else Reason.NAME


def without_repeated_links(candidates: list[Candidate], skipped: Counter[str]) -> list[Candidate]:
    """The candidates without symlinks to others of them; who asked for the link asked for the file."""
    if not any(c.link for c in candidates):
        return candidates
    chosen: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: (c.link, c.path)):
        first = chosen.setdefault(candidate.real, candidate)
        if first is not candidate:
            skipped[Reason.SYMLINK] += 1
            chosen[candidate.real] = replace(first, reported=first.reported or candidate.reported)
    return list(chosen.values())


def is_test(name: str) -> bool:
    """Reports whether a file of this name is part of the tests of its package."""
    return name.endswith("_test.go")


def _is_utf8(path: str) -> bool:
    """Reports whether the path, as the system spells it, is text; if not, Python has put surrogates in it."""
    return path.isascii() or not any("\udc80" <= character <= "\udcff" for character in path)
