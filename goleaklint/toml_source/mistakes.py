"""What is wrong in a file the user wrote, where, and in words that are safe to print."""

from collections.abc import Iterable
from dataclasses import dataclass

# Enough to recognise one's own text by, short enough for one line of a terminal.
_QUOTED_LENGTH = 60


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One mistake. `line` counts from 1; 0 stands for the file as a whole."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        return f"{_printable(where)}: {self.message}"


class MistakesError(Exception):
    """Everything that is wrong in the configuration and the packs, ordered by file and line, without repetitions."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        return "\n".join(map(str, self.mistakes))


def quoted(text: str) -> str:
    """The text in double quotes, cut to a line's length and with control characters made visible."""
    short = text if len(text) <= _QUOTED_LENGTH else text[:_QUOTED_LENGTH] + "…"
    return f'"{_printable(short)}"'


def closest(word: str, known: Iterable[str]) -> str:
    """`; did you mean "..."?` with the known word nearest to `word`, or nothing if none is near."""
    from difflib import get_close_matches  # only a mistake needs it

    near = get_close_matches(word, sorted(known))
    # Letters in the wrong order are the commonest slip: GL481 is rather GL418 than GL419.
    near.sort(key=lambda each: sorted(each) != sorted(word))
    return f"; did you mean {quoted(near[0])}?" if near else ""


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
