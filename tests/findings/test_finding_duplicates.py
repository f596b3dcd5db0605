"""One finding per rule and primary location, and the order of reports."""

import random

from finding_sample import finding, step

from goleaklint.findings.duplicates import merged
from goleaklint.findings.order import in_order
from goleaklint.model import Confidence, Severity, StepKind


def test_the_graver_wins_and_one_path_is_told() -> None:
    first = finding("GL401", 5, severity=Severity.NOTE, steps=(step(5), step(8)), message="A first.")
    second = finding("GL401", 5, confidence=Confidence.MEDIUM, steps=(step(5), step(9)), message="B second.")
    [one] = merged([second, first])
    assert (one.message, one.severity, one.confidence) == ("A first.", Severity.ERROR, Confidence.HIGH)
    assert one.steps == (step(5), step(8))


def test_merging_does_not_depend_on_order() -> None:
    same = [finding("GL401", 5, steps=(step(line),)) for line in range(6, 12)]
    shuffled = random.Random(1).sample(same, k=len(same))  # noqa: S311 - not a secret
    assert merged(shuffled) == merged(same)
    assert len(merged(same)) == 1


def test_other_rule_column_or_file_stays() -> None:
    apart = [finding("GL401", 5), finding("GL402", 5), finding("GL401", 5, 2), finding("GL401", 5, path="b.go")]
    assert merged(apart) == apart


def test_one_goroutine_may_ignore_its_context_at_two_operations() -> None:
    one = finding("GL102", 5, steps=(step(8, StepKind.BLOCKED),))
    two = finding("GL102", 5, steps=(step(9, StepKind.BLOCKED),))
    assert merged([one, two, one]) == [one, two]


def test_report_order() -> None:
    wanted = [
        finding("GL202", 2),
        finding("GL203", 2),
        finding("GL203", 2, message="Later in the alphabet."),
        finding("GL101", 2, 3),
        finding("GL101", 10),
        finding("GL101", 1, path="b.go"),
    ]
    assert in_order(reversed(wanted)) == wanted
