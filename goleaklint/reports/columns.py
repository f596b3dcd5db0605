"""Text in, terminal columns out: how wide text is on a screen, where its positions stand, and where to break it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from goleaklint.reports.escape import unsafe_characters, visible

# Go indents with tabs; at the customary eight columns two levels of nesting would eat a fifth of a terminal.
TAB_WIDTH = 4


@dataclass(frozen=True, slots=True)
class Columns:
    """A line as a terminal shows it.

    `cells` holds what is printed in each column, combining marks with their base; it is empty for the second half of
    a wide character. `starts` gives the column, from 0, of each UTF-16 code unit of the line, and of the line's end.
    """

    cells: Sequence[str]
    starts: Sequence[int]

    def column(self, unit: int) -> int:
        """The column of a UTF-16 code unit counted from 1; a unit past the end of the line stands at its end."""
        return self.starts[min(max(unit, 1), len(self.starts)) - 1]

    @property
    def indentation(self) -> int:
        """How many blank columns the line starts with."""
        return next((at for at, cell in enumerate(self.cells) if cell != " "), len(self.cells))


def columns(line: str) -> Columns:
    """The columns of one line of source, safe to print."""
    if line.isascii() and line.isprintable() and "::" not in line and "##[" not in line:
        return Columns(line, range(len(line) + 1))
    escapes = unsafe_characters(line)
    cells: list[str] = []
    starts: list[int] = []
    for at, character in enumerate(line):
        base = _base(cells) if _combines(character) else -1
        if base >= 0:
            cells[base] += character
        starts += [base if base >= 0 else len(cells)] * (2 if ord(character) > 0xFFFF else 1)
        if base < 0:
            cells += _cells(character, escapes.get(at), len(cells))
    return Columns(cells, [*starts, len(cells)])


def width(text: str) -> int:
    """How many columns `text`, already visible, takes."""
    return len(text) if text.isascii() else len(columns(text).cells)


def wrap(text: str, room: int, first: int | None = None) -> list[str]:
    """The words of `text` in lines of at most `room` columns, the first line `first`; a longer word is left whole."""
    lines: list[str] = []
    current, used, limit = "", 0, room if first is None else first
    for word in map(visible, text.split()):
        size = width(word)
        if current and used + 1 + size > limit:
            lines.append(current)
            current, used, limit = word, size, room
        else:
            current, used = (f"{current} {word}", used + 1 + size) if current else (word, size)
    return [*lines, current] if current else lines


def _combines(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Me")


def _base(cells: list[str]) -> int:
    """The cell a combining mark belongs to; -1 at the start of a line, where it has none."""
    return len(cells) - 1 if not cells or cells[-1] else len(cells) - 2


def _cells(character: str, escape: str | None, at: int) -> list[str]:
    if character == "\t":
        return [" "] * (TAB_WIDTH - at % TAB_WIDTH)
    if escape is not None:
        return list(escape)
    if _combines(character):
        return list(f"\\u{ord(character):04x}")
    return [character, ""] if unicodedata.east_asian_width(character) in "WF" else [character]
