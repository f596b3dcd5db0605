"""What a piece of a report is in, its colour out; without colour every function gives its text unchanged."""

from dataclasses import dataclass
from typing import Final

from goleaklint.model import Severity

_LEVEL: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


@dataclass(frozen=True, slots=True)
class Paint:
    """ANSI colours, or none. Only the eight basic ones, which every theme keeps readable on its background."""

    color: bool

    def level(self, text: str, severity: Severity) -> str:
        """A severity, and what is underlined with it."""
        return self._styled(text, f"1;{_LEVEL[severity]}")

    def strong(self, text: str) -> str:
        """What the eye should find first: places, rule ids, headings."""
        return self._styled(text, "1")

    def faint(self, text: str) -> str:
        """What is there for orientation: line numbers, bars."""
        return self._styled(text, "2")

    def remedy(self, text: str) -> str:
        """How to mend it."""
        return self._styled(text, "32")

    def _styled(self, text: str, codes: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self.color and text else text
