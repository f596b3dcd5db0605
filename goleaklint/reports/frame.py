"""A span and the text it lies in, in; the lines of source to print, cut to the terminal's width, out."""

from dataclasses import dataclass

from goleaklint.files.text import SourceText
from goleaklint.model import Severity, Span
from goleaklint.reports.columns import Columns, columns
from goleaklint.reports.paint import Paint

# A span that goes over more lines than this (a `go func() { ... }`) is shown by its beginning.
_MOST_LINES = 3
_CUT = "..."


@dataclass(frozen=True, slots=True)
class _Window:
    """The columns of a line that are printed, from `start` up to `end`, and whether the line goes on on either side."""

    start: int
    end: int
    cut_left: bool = False
    cut_right: bool = False

    def text(self, line: Columns) -> list[str]:
        """The printed cells, with marks where the line is cut; of a wide character cut in half a blank remains."""
        mark = len(_CUT)
        shown = list(line.cells[self.start : self.end])
        if self.cut_left:
            shown[:mark] = _CUT
            shown[mark] = shown[mark] or " "
        if self.cut_right:
            halved = not shown[-mark]
            shown[-mark:] = _CUT
            shown[-mark - 1] = " " if halved else shown[-mark - 1]
        return shown


def frame(text: SourceText, span: Span, severity: Severity, paint: Paint, room: int) -> list[str]:
    """The line a span starts on between its neighbours, a caret under each column of the span.

    No line is wider than `room` columns. Empty if the file no longer has that line.
    """
    if not 1 <= span.line <= text.line_count:
        return []
    numbers = _numbers(text, span)
    lines = {number: columns(text.line(number).rstrip()) for number in numbers}
    digits = len(str(numbers[-1]))
    start, end = _extent(lines[span.line], span)
    left = min([start, *(line.indentation for line in lines.values() if line.cells)])
    window = _window(lines[span.line], left, start, end, room - digits - 3)
    if window.cut_left:  # the neighbours would not stand where the eye expects them
        lines = {span.line: lines[span.line]}
    shown: list[str] = []
    for number, line in lines.items():
        own = window if number == span.line else _window(line, left, left, left, room - digits - 3)
        shown.append(_row(f"{number:>{digits}}", "".join(own.text(line)), paint))
        if number == span.line:
            carets = "^" * (min(end, window.end) - start)
            shown.append(_row(" " * digits, " " * (start - window.start) + paint.level(carets, severity), paint))
    if span.end_line >= span.line + _MOST_LINES and not window.cut_left:
        shown.append(_row(" " * digits, _CUT, paint))
    return shown


def excerpt(text: SourceText, span: Span, severity: Severity, paint: Paint, room: int) -> str:
    """The line a span starts on, without its indentation and at most `room` columns wide; empty if there is none."""
    if not 1 <= span.line <= text.line_count:
        return ""
    line = columns(text.line(span.line).rstrip())
    start, end = _extent(line, span)
    window = _window(line, min(line.indentation, start), start, end, room)
    cells = window.text(line)
    first, last = start - window.start, min(end, window.end) - window.start
    return "".join(cells[:first]) + paint.level("".join(cells[first:last]), severity) + "".join(cells[last:])


def _numbers(text: SourceText, span: Span) -> list[int]:
    """The lines to show: those of the span, and for a span on one line its neighbours that hold something."""
    if span.end_line > span.line:
        return list(range(span.line, min(span.end_line, span.line + _MOST_LINES - 1, text.line_count) + 1))
    around = range(max(1, span.line - 1), min(span.line + 1, text.line_count) + 1)
    return [number for number in around if number == span.line or text.line(number).strip()]


def _extent(line: Columns, span: Span) -> tuple[int, int]:
    """The columns of a span on its first line: at least one, so that there is something to point at."""
    start = line.column(span.column)
    end = line.column(span.end_column) if span.end_line == span.line else len(line.cells)
    return start, max(end, start + 1)


def _window(line: Columns, left: int, start: int, end: int, room: int) -> _Window:
    """What to print of a line from column `left` on in `room` columns.

    The column `start` is in it, and all up to `end` if that fits.
    """
    total = max(len(line.cells), end)
    if total - left <= room:
        return _Window(left, total)
    spare = room - 2 * len(_CUT) - (end - start)
    first = min(start - len(_CUT) - max(0, spare // 2), total - room)
    if end - left <= room - len(_CUT) or first <= left:
        return _Window(left, left + room, cut_right=True)
    return _Window(first, first + room, cut_left=True, cut_right=first + room < total)


def _row(number: str, content: str, paint: Paint) -> str:
    return f"{paint.faint(f'{number} |')} {content}".rstrip()
