"""The text of a TOML file that tomllib accepts comes in; the line of every key, table and array entry goes out."""

import re
import tomllib
from bisect import bisect_right

KeyPath = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
# A closing triple quote may follow up to two quotes that belong to the string.
_STRING = re.compile(
    r'''"""(?:[^"\\]|\\.|"(?!""))*"""(?:"{1,2}(?!"))?|\'\'\'(?:[^']|'(?!''))*\'\'\'(?:'{1,2}(?!'))?'''
    r"""|"(?:[^"\\]|\\.)*"|'[^']*'""",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]+")


def key_lines(text: str) -> dict[KeyPath, int]:
    """Line numbers, from 1, keyed by the path of each value; entries of arrays are keyed by their index.

    `text` must be valid TOML with "\\n" line ends. Where a table is opened in several places, the first counts.
    """
    locator = _Locator(text)
    locator.read_document()
    return locator.lines


class _Locator:
    """A scanner over valid TOML: it tells values apart only as far as it must to know where the next key starts."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._text = text
        self._at = 0
        self._newlines = [at for at, char in enumerate(text) if char == "\n"]
        self._entries: dict[KeyPath, int] = {}  # arrays of tables, with how many entries were opened so far

    def read_document(self) -> None:
        table: KeyPath = ()
        while self._next() is not None:
            if self._looking_at("["):
                table = self._read_header()
            else:
                self._read_pair(table)

    def _read_header(self) -> KeyPath:
        start = self._at
        repeated = self._looking_at("[[")
        self._at += 2 if repeated else 1
        parts = self._read_key()
        self._at += 2 if repeated else 1
        table: KeyPath = ()
        for part in parts[:-1]:
            table = self._open(table, part, start)
        if not repeated:
            return self._open(table, parts[-1], start)
        array = (*table, parts[-1])
        self._mark(array, start)
        self._entries[array] = self._entries.get(array, 0) + 1
        entry = (*array, self._entries[array] - 1)
        self._mark(entry, start)
        return entry

    def _open(self, table: KeyPath, part: str, start: int) -> KeyPath:
        """The path of `part` in `table`: of its newest entry, where it is an array of tables."""
        path = (*table, part)
        self._mark(path, start)
        entries = self._entries.get(path)
        return path if entries is None else (*path, entries - 1)

    def _read_pair(self, table: KeyPath) -> None:
        start = self._at
        path = table
        for part in self._read_key():
            path = (*path, part)
            self._mark(path, start)
        self._at += 1  # the equals sign
        self._at = self._end_of(_SPACE)
        self._read_value(path)

    def _read_key(self) -> list[str]:
        """The parts of a dotted key; stops at the character after the key and its white space."""
        parts: list[str] = []
        while True:
            self._at = self._end_of(_SPACE)
            end = self._end_of(_KEY_PART)
            parts.append(_key_text(self._text[self._at : end]))
            self._at = end
            self._at = self._end_of(_SPACE)
            if not self._looking_at("."):
                return parts
            self._at += 1

    def _read_value(self, path: KeyPath) -> None:
        if self._looking_at("["):
            self._read_array(path)
        elif self._looking_at("{"):
            self._read_inline_table(path)
        else:
            self._at = self._end_of(_STRING if self._looking_at('"') or self._looking_at("'") else _SCALAR)

    def _read_array(self, path: KeyPath) -> None:
        self._at += 1
        index = 0
        while self._next() != "]":
            entry = (*path, index)
            self._mark(entry, self._at)
            self._read_value(entry)
            index += 1
            if self._next() == ",":
                self._at += 1
        self._at += 1

    def _read_inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while self._next() != "}":
            self._read_pair(path)
            if self._next() == ",":
                self._at += 1
        self._at += 1

    def _next(self) -> str | None:
        """The next character that is neither white space nor comment, without taking it; None at the end."""
        self._at = self._end_of(_BLANK)
        return self._text[self._at] if self._at < len(self._text) else None

    def _looking_at(self, text: str) -> bool:
        return self._text.startswith(text, self._at)

    def _end_of(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self._text, self._at)
        if match is None:
            raise ValueError(f"not valid TOML at character {self._at}")
        return match.end()

    def _mark(self, path: KeyPath, at: int) -> None:
        self.lines.setdefault(path, bisect_right(self._newlines, at - 1) + 1)


def _key_text(written: str) -> str:
    if written[0] not in "\"'":
        return written
    value = tomllib.loads(f"key = {written}")["key"]
    return str(value)
