"""How the terminal is: colour or not, and how wide."""

import os
import shutil
import sys
from typing import TextIO

NARROWEST, WIDEST, ELSEWHERE = 40, 160, 80
"""Columns: narrower than 40 nothing reads well, wider than 160 neither; what is no terminal gets 80."""


def wants_color(choice: str, stream: TextIO) -> bool:
    """Reports whether to colour: as `--color` says, else NO_COLOR, FORCE_COLOR, a CI log, or a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("GITHUB_ACTIONS") == "true":
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width(stream: TextIO) -> int:
    """Columns to write in."""
    if not stream.isatty():
        return ELSEWHERE
    return max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))


def progress(message: str) -> None:
    """Say on standard error what is going on, if a person is watching; an empty message wipes the line."""
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        sys.stderr.write(f"\r\x1b[K{message}")
        sys.stderr.flush()
