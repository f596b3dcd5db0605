"""A table of a TOML document comes in; its values go out with the types asked for, and mistakes pile up on the way."""

import datetime
from collections.abc import Iterable, Mapping
from typing import TypeGuard

from goleaklint.toml_source.document import TomlDocument
from goleaklint.toml_source.mistakes import Mistake, closest, quoted


class Table:
    """A view of one table. Each reader returns the value, or the default after noting a mistake.

    `mistakes` is shared with the tables inside, so that one reading ends with all mistakes of a file. After all keys
    were asked for, `reject_unknown` notes those that nobody asked for.
    """

    def __init__(
        self,
        document: TomlDocument,
        data: Mapping[str, object] | None = None,
        key: tuple[str | int, ...] = (),
        mistakes: list[Mistake] | None = None,
    ) -> None:
        self.document = document
        self.key = key
        self.mistakes: list[Mistake] = [] if mistakes is None else mistakes
        self._data = document.data if data is None else data
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def is_empty_list(self, key: str) -> bool:
        """Reports whether a list is written under this key that has no entries."""
        return self._data.get(key) == []

    def names(self) -> tuple[str, ...]:
        """The keys as written, in their order; they count as asked for."""
        self._asked.update(self._data)
        return tuple(self._data)

    def note(self, message: str, *key: str | int) -> None:
        """Notes a mistake about a key of this table, or about the table itself."""
        self.mistakes.append(self.document.mistake(message, *self.key, *key))

    def text(self, key: str, default: str = "", *, like: str = "") -> str:
        """A string; `like` is an example for the mistake of another type."""
        value = self._get(key)
        if value is None or isinstance(value, str):
            return default if value is None else value
        self._wrong_type(f"a string such as {quoted(like)}" if like else "a string", value, key)
        return default

    def flag(self, key: str, default: bool = False) -> bool:
        value = self._get(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        self._wrong_type("true or false", value, key)
        return default

    def index(self, key: str, default: int = 0) -> int:
        """A whole number from 0 on."""
        value = self._get(key)
        if value is None:
            return default
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self._wrong_type("a whole number from 0 on", value, key)
        return default

    def choice(self, key: str, choices: Iterable[str], default: str = "") -> str:
        """One of a few words."""
        known = tuple(choices)
        value = self._get(key)
        if value is None:
            return default
        if not isinstance(value, str):
            self._wrong_type(f"one of {_words(known)}", value, key)
        elif value not in known:
            self.note(f"{key} must be one of {_words(known)}, not {quoted(value)}{closest(value, known)}", key)
        else:
            return value
        return default

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; entries of another type are noted and left out."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            self._wrong_type("a list of strings", value, key)
            return ()
        for position, entry in enumerate(value):
            if not isinstance(entry, str):
                self._wrong_type("a list of strings", entry, key, position)
        return tuple(entry for entry in value if isinstance(entry, str))

    def text_or_texts(self, key: str) -> tuple[str, ...]:
        """A string or a list of strings."""
        value = self._get(key)
        return (value,) if isinstance(value, str) else self.texts(key)

    def indexes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers from 0 on."""
        value = self._get(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(type(entry) is int and entry >= 0 for entry in value):
            return tuple(value)
        self._wrong_type("a list of whole numbers from 0 on", value, key)
        return ()

    def table(self, key: str) -> "Table | None":
        """The table under a key; None where there is none."""
        value = self._get(key)
        if value is None:
            return None
        if _is_table(value):
            return Table(self.document, value, (*self.key, key), self.mistakes)
        self._wrong_type("a table", value, key)
        return None

    def tables(self, key: str) -> "tuple[Table, ...]":
        """The tables under a key that is written `[[key]]`."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(map(_is_table, value)):
            self._wrong_type(f"a list of tables, written [[{key}]]", value, key)
            return ()
        path = (*self.key, key)
        return tuple(Table(self.document, entry, (*path, at), self.mistakes) for at, entry in enumerate(value))

    def require(self, *keys: str) -> bool:
        """Reports whether all these keys are there, and notes those that are not."""
        absent = [key for key in keys if key not in self._data]
        for key in absent:
            self.note(f"{key} is missing")
        return not absent

    def reject_unknown(self) -> None:
        """Notes every key that no reader was asked for."""
        for key in self._data:
            if key not in self._asked:
                self.note(f"unknown key {quoted(key)}{closest(key, self._asked)}", key)

    def _get(self, key: str) -> object:
        self._asked.add(key)
        return self._data.get(key)

    def _wrong_type(self, expected: str, found: object, *key: str | int) -> None:
        self.note(f"{key[0]} must be {expected}, not {_found(found)}", *key)


def _is_table(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _words(words: Iterable[str]) -> str:
    *most, last = map(quoted, words)
    return f"{', '.join(most)} or {last}" if most else last


def _found(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"the string {quoted(value)}"
        case int():
            return "a very large number" if value.bit_length() > 64 else f"the number {value}"
        case float():
            return f"the number {value}"
        case list():
            return "a list"
        case dict():
            return "a table"
        case datetime.date() | datetime.time():
            return "a date or time"
    return "something else"
