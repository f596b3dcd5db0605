"""Failures of the tool's own code in; one notification for each culprit out, however many functions it failed in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goleaklint.model import Notification

TOOL = "goleaklint"
"""The culprit where it is no rule."""


@dataclass(frozen=True, slots=True, order=True)
class Crash:
    """A rule (by its id), or the tool, raised `problem` when it looked into a function; `line` is the function's."""

    path: str
    line: int
    culprit: str
    function: str
    problem: str


def crash_of(problem: Exception, culprit: str, function: str, path: str, line: int) -> Crash:
    """The record of an exception; exceptions themselves do not pass between processes well."""
    return Crash(path, line, culprit, function, f"{type(problem).__name__}: {problem}")


def crash_notifications(crashes: Iterable[Crash]) -> Iterator[Notification]:
    """One GL901 for each culprit, at the first place where it crashed."""
    by_culprit: dict[str, list[Crash]] = defaultdict(list)
    for crash in sorted(crashes):
        by_culprit[crash.culprit].append(crash)
    for culprit, (first, *others) in sorted(by_culprit.items()):
        more = f" (and in {len(others)} more function{'s' if len(others) > 1 else ''})" if others else ""
        message = f"{culprit} crashed in {first.function}{more}: {first.problem}"
        yield Notification("GL901", message, first.path, first.line)
