"""A case, and what is reported before and after its fix, in; out comes whether the leak was found, and then gone."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.reported import Place, Reported

from .cases import Case, Range

NEAR = 3
"""A report at most so many lines from the labelled one is about the same statement."""


class AnalysisError(Exception):
    """The analysis did not do its work; says why."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out of one case.

    `hit`: a fitting rule reports the leaking function. `exact`: near the labelled line. `resolved`: the fix takes a
    hit away; `resolved_exact`: an exact one. `rules` are those that hit. `crash` is why there is no result, or "".
    """

    case: Case
    rules: tuple[str, ...] = ()
    exact: bool = False
    resolved: bool = False
    resolved_exact: bool = False
    crash: str = ""

    @property
    def hit(self) -> bool:
        return bool(self.rules)


@dataclass(frozen=True, slots=True)
class Tree:
    """One side of a case: gives what is reported in the package, and the text of the leak's file ("" without one).

    `report` raises AnalysisError.
    """

    report: Callable[[], Sequence[Reported]]
    text: Callable[[], str]


def judge(case: Case, before: Tree, after: Tree) -> Verdict:
    """Hold what is reported against the case. The tree after the fix is asked for only where there is a hit."""
    try:
        hits = [each for each in before.report() if is_hit(case, each, case.range)]
    except AnalysisError as problem:
        return Verdict(case, crash=str(problem))
    rules = tuple(sorted({each.rule for each in hits}))
    exact = [each for each in hits if any(_near(case, place) for place in (each.at, *each.steps))]
    if not hits:
        return Verdict(case)
    try:
        left = after.report()
    except AnalysisError as problem:
        return Verdict(case, rules, bool(exact), crash=str(problem))
    gone = _gone(case, hits, left, function_range(after.text(), case.func))
    return Verdict(case, rules, bool(exact), bool(gone), any(each.rule in gone for each in exact))


def is_hit(case: Case, found: Reported, lines: Range | None) -> bool:
    """Reports whether a finding is about the function, which has these lines (None: it is not there).

    Where the leak shows only in the package or beyond, a step in the function will do.
    """
    spots = [found.at] if case.evidence == "local" else [found.at, *found.steps]
    return lines is not None and case.fits(found.rule) and any(_within(case, place, lines) for place in spots)


def _within(case: Case, place: Place, lines: Range) -> bool:
    return place[0] == case.file and lines[0] <= place[1] <= lines[1]


def _near(case: Case, place: Place) -> bool:
    return place[0] == case.file and abs(place[1] - case.line) <= NEAR


def _gone(case: Case, hits: Sequence[Reported], after: Iterable[Reported], lines: Range | None) -> set[str]:
    """The rules of which less is reported in the function after the fix: fewer findings, or ways of leaking."""
    rules = {each.rule for each in hits}
    if lines is None:
        return rules
    left = [each for each in after if is_hit(case, each, lines)]
    return {rule for rule in rules if _weight(case, left, rule, lines) < _weight(case, hits, rule, case.range)}


def _weight(case: Case, found: Iterable[Reported], rule: str, lines: Range) -> tuple[int, int]:
    """How many findings a rule has, and how many different steps of them lie in the function."""
    mine = [each for each in found if each.rule == rule]
    return len(mine), sum(_within(case, place, lines) for each in mine for place in set(each.steps))


def function_range(text: str, name: str) -> Range | None:
    """The lines of a top-level function or method ("(*T).Close") in a gofmt-clean file; None if it is not there."""
    receiver = re.match(r"\(?\*?(\w+)", name) if "." in name else None
    bare = re.sub(r"^\(?\*?(\w+)(\[[^\]]*\])?\)?\.", "", name)
    head = rf"^func\s+\(\s*\w*\s*\*?{receiver[1]}\b[^)]*\)\s*{bare}\b" if receiver else rf"^func\s+{bare}\b"
    lines = text.splitlines()
    for start, line in enumerate(lines):
        if re.match(head, line):
            if line.rstrip().endswith("}") and line.count("{") == line.count("}"):
                return start + 1, start + 1
            ends = (at for at in range(start, len(lines)) if lines[at].startswith("}"))
            return next(((start + 1, end + 1) for end in ends), None)
    return None
