"""The bytes of a TOML file come in; its values and the lines they stand on go out, or its syntax error as a mistake."""

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from goleaklint.toml_source.lines import KeyPath, key_lines
from goleaklint.toml_source.mistakes import Mistake, MistakesError, quoted

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


class TomlDocument:
    """A TOML file that could be read. `path` is what the user is shown for it.

    Lines are looked for only when one is asked for: a file without mistakes is never scanned a second time.
    """

    def __init__(self, path: str, text: str, data: Mapping[str, object]) -> None:
        self.path = path
        self.text = text
        self.data = data

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        return key_lines(self.text)

    def line_of(self, *key: str | int) -> int:
        """The line of the value at this path, or of the innermost table around it that is written down; else 1."""
        while key:
            if key in self._lines:
                return self._lines[key]
            key = key[:-1]
        return 1

    def mistake(self, message: str, *key: str | int) -> Mistake:
        """A mistake about the value at this path."""
        return Mistake(self.path, self.line_of(*key), message)


def shown_path(path: Path) -> str:
    """The path as users are to see it: relative to the working directory where it lies below, with slashes."""
    here = Path.cwd()
    absolute = here / path
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else str(path)


def read_toml(path: Path) -> TomlDocument:
    """Reads a file. Raises MistakesError with one mistake."""
    name = shown_path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MistakesError([Mistake(name, 0, f"cannot be read: {error.strerror or error}")]) from error
    return parse_toml(data, name)


def parse_toml(data: bytes, path: str) -> TomlDocument:
    """Reads TOML (UTF-8, with or without byte order mark). Raises MistakesError with one mistake."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise MistakesError([Mistake(path, line, f"not UTF-8: byte {data[error.start]:#04x}")]) from error
    try:
        return TomlDocument(path, text, tomllib.loads(text))
    except RecursionError as error:
        raise MistakesError([Mistake(path, 0, "nested too deeply")]) from error
    except ValueError as error:  # tomllib.TOMLDecodeError, or a number of thousands of digits
        raise MistakesError([_syntax_mistake(path, text, str(error))]) from error


def _syntax_mistake(path: str, text: str, message: str) -> Mistake:
    place = _PLACE.search(message)
    if place is None:
        return Mistake(path, 0, f"not valid TOML: {quoted(message)[1:-1]}")
    reason = message[: place.start()]
    reason = reason[:1].lower() + reason[1:]
    if place["line"] is None:
        return Mistake(path, text.rstrip("\n").count("\n") + 1, f"not valid TOML at the end of the file: {reason}")
    return Mistake(path, int(place["line"]), f"not valid TOML at column {place['column']}: {reason}")
