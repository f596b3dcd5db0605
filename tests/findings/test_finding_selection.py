"""Which findings the user's choice shows, and which lie in files that are reported."""

import pytest
from finding_sample import RULES, Wish, finding, step

from goleaklint.findings.reported import touching
from goleaklint.findings.selection import selected
from goleaklint.model import Confidence, Finding, Severity

SURE = finding("GL202", 1)
UNSURE = finding("GL202", 2, confidence=Confidence.LOW)
NOTED = finding("GL202", 3, severity=Severity.NOTE)
MINOR = finding("GL305", 4, severity=Severity.NOTE)
ELSEWHERE = finding("GL401", 5, path="b.go")
ALL = [SURE, UNSURE, NOTED, MINOR, ELSEWHERE]


@pytest.mark.parametrize(
    ("wish", "shown"),
    [
        (Wish(), [SURE, ELSEWHERE]),
        (Wish(pedantic=True), ALL),
        (Wish(select=("GL4",)), [ELSEWHERE]),
        (Wish(ignored=("GL202",)), [ELSEWHERE]),
        (Wish(ignored=("GL202",), pedantic=True), [MINOR, ELSEWHERE]),
        (Wish(here=("GL401", "GL202")), [SURE]),
        (Wish(select=("GL305", "GL202")), [SURE, MINOR]),
        (Wish(select=("GL3",)), []),
    ],
)
def test_choice(wish: Wish, shown: list[Finding]) -> None:
    assert selected(ALL, wish, RULES) == shown


def test_low_confidence_of_a_rule_named_exactly_stays_hidden() -> None:
    unsure = finding("GL305", 4, severity=Severity.NOTE, confidence=Confidence.LOW)
    assert selected([unsure], Wish(select=("GL305",)), RULES) == []


def test_finding_of_an_unlisted_rule_passes() -> None:
    foreign = finding("XY100", 1)
    assert selected([foreign], Wish(), RULES) == [foreign]


def test_step_in_a_reported_file_is_enough() -> None:
    by_step = finding("GL202", 1, steps=(step(7, path="b.go"),))
    other = finding("GL202", 2, steps=(step(8, path="c.go"),))
    assert touching([by_step, other, ELSEWHERE], lambda path: path == "b.go") == [by_step, ELSEWHERE]
