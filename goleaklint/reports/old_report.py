"""What a report says that is read back: findings as they were written, with their fingerprints.

Byte offsets are in no report: those of the spans are made up so that places compare as they did. What SARIF does not
hold (the rest of a span over several lines) stays lost.
"""

from dataclasses import dataclass
from typing import Final

from goleaklint.model import Finding, Notification, Span, Suppression

_LINE_ROOM: Final = 1 << 24
"""No line has more columns, so made-up offsets of different places differ."""


@dataclass(frozen=True, slots=True)
class Written:
    """A finding as a report has it, with its fingerprint and the name of its rule."""

    finding: Finding
    fingerprint: str
    name: str = ""
    known: bool = False
    suppression: Suppression | None = None


@dataclass(frozen=True, slots=True)
class OldReport:
    """What one report says. `statistics` is None where the format has none; `compared` as in `Report`."""

    version: str
    written: tuple[Written, ...]
    notifications: tuple[Notification, ...]
    statistics: dict[str, int] | None
    compared: bool = False


class ForeignReportError(ValueError):
    """Why a text is no report that can be read back, as the end of a sentence that begins with its name."""


def made_up_span(path: str, line: int, column: int, end_line: int, end_column: int) -> Span:
    """A span of which only lines and columns are known."""
    start, end = line * _LINE_ROOM + column, end_line * _LINE_ROOM + end_column
    return Span(path, line, column, end_line, end_column, start, end)
