"""The text of one file: bytes in, lines and positions out. The one place where byte offsets become columns."""

from bisect import bisect_right
from functools import cached_property

from goleaklint.model import Span


class SourceText:
    """A file's bytes (UTF-8, checked by whoever loads them) and the path the user is shown for them."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        at = self.data.find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.data.find(b"\n", at + 1)
        return starts

    @property
    def line_count(self) -> int:
        """How many lines there are; a final newline does not start another line, and an empty file has one."""
        starts = self._line_starts
        return max(1, len(starts) - (starts[-1] == len(self.data)))

    def line_of(self, offset: int) -> int:
        """The line, from 1, that the byte at `offset` stands in."""
        return bisect_right(self._line_starts, offset)

    def line_start(self, line: int) -> int:
        """The byte offset at which `line` starts."""
        return self._line_starts[line - 1]

    def line(self, number: int) -> str:
        """The text of a line without its line ending; empty for a line that does not exist."""
        starts = self._line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.data)
        return self.data[starts[number - 1] : end].decode("utf-8", "replace").rstrip("\r\n")

    def span(self, start: int, end: int) -> Span:
        """The span of the bytes from `start` up to `end`."""
        line, column = self._position(start)
        end_line, end_column = self._position(end)
        return Span(self.path, line, column, end_line, end_column, start, end)

    def _position(self, offset: int) -> tuple[int, int]:
        line = self.line_of(offset)
        before = self.data[self._line_starts[line - 1] : offset]
        if before.isascii():
            return line, len(before) + 1
        return line, len(before.decode("utf-8", "replace").encode("utf-16-le")) // 2 + 1
