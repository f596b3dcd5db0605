"""The lowest confidence that is shown, by itself and beside `--pedantic`."""

import pytest
from finding_sample import RULES, Wish, finding

from goleaklint.findings.selection import selected
from goleaklint.model import Confidence, Severity

ALL = [finding("GL202", line, confidence=confidence) for line, confidence in enumerate(Confidence, start=1)]
HIGH, MEDIUM, LOW = Confidence


@pytest.mark.parametrize(
    ("lowest", "pedantic", "shown"),
    [
        (None, False, [HIGH, MEDIUM]),
        (None, True, [HIGH, MEDIUM, LOW]),
        (HIGH, False, [HIGH]),
        (HIGH, True, [HIGH]),
        (MEDIUM, True, [HIGH, MEDIUM]),
        (LOW, False, [HIGH, MEDIUM, LOW]),
    ],
)
def test_the_lowest_confidence_shown(lowest: Confidence | None, pedantic: bool, shown: list[Confidence]) -> None:
    found = selected(ALL, Wish(confidence=lowest, pedantic=pedantic), RULES)
    assert [each.confidence for each in found] == shown


def test_notes_stay_hidden_whatever_their_confidence() -> None:
    note = finding("GL202", 1, severity=Severity.NOTE)
    assert selected([note], Wish(confidence=LOW), RULES) == []
