"""Marks in Go files: what is to be reported on their line, what is still missed, what is still reported wrongly."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from goleaklint.model import Finding

_MARK = re.compile(r'//\s*(want|missed|wrong)\s+(GL\d{3})\s+"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Mark:
    """`want`: must be reported, and its message holds the text. `missed`: a leak not yet reported, and why. `wrong`:
    reported although nothing leaks, and why."""

    line: int
    kind: str
    rule: str
    text: str


def marks(file: Path) -> Iterator[Mark]:
    """The marks of a Go file; several can stand on one line."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        yield from (Mark(number, *found) for found in _MARK.findall(line))


def complaints(expected: Iterable[Mark], findings: Iterable[Finding]) -> Iterator[str]:
    """Everything in which the marks of one file and the findings in it disagree."""
    left = list(findings)
    for mark in expected:
        found = next((each for each in left if (each.span.line, each.rule) == (mark.line, mark.rule)), None)
        if found is not None:
            left.remove(found)
        if mark.kind == "missed" and found is not None:
            yield f"line {mark.line}: {mark.rule} is now reported: turn `missed` into `want`"
        elif mark.kind == "wrong" and found is None:
            yield f"line {mark.line}: {mark.rule} is no longer reported: take the `wrong` away, name it ok..."
        elif mark.kind == "want" and found is None:
            yield f"line {mark.line}: {mark.rule} is not reported"
        elif mark.kind == "want" and found is not None and mark.text not in found.message:
            yield f"line {mark.line}: {mark.rule} says {found.message!r}, not {mark.text!r}"
    yield from (f"line {each.span.line}: {each.rule} is reported, unmarked: {each.message}" for each in left)
