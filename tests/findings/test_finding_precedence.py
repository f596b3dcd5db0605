"""One defect, one finding: which of two rules stays, and what counts as one defect."""

import pytest
from finding_sample import finding, step

from goleaklint.findings.precedence import one_per_defect
from goleaklint.model import StepKind


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        ("GL105", "GL203"),
        ("GL105", "GL101"),
        ("GL203", "GL103"),
        ("GL103", "GL102"),
        ("GL102", "GL101"),
        ("GL201", "GL202"),
        ("GL301", "GL302"),
        ("GL201", "GL102"),
        ("GL202", "GL102"),
        ("GL203", "GL102"),
        ("GL418", "GL704"),
        ("GL706", "GL701"),
        ("GL401", "GL416"),
        ("GL413", "GL417"),
    ],
)
def test_stronger_rule_stays_whatever_the_order(winner: str, loser: str) -> None:
    strong, weak = finding(winner, 5, 1), finding(loser, 5, 9)
    assert one_per_defect([weak, strong]) == [strong]
    assert one_per_defect([strong, weak]) == [strong]


@pytest.mark.parametrize(
    ("one", "other"), [("GL202", "GL203"), ("GL414", "GL416"), ("GL416", "GL417"), ("GL101", "GL101")]
)
def test_unrelated_rules_stay_both(one: str, other: str) -> None:
    both = [finding(one, 5), finding(other, 5, 3)]
    assert one_per_defect(both) == both


def test_other_line_or_file_is_another_defect() -> None:
    apart = [finding("GL201", 5), finding("GL202", 6), finding("GL202", 5, path="b.go")]
    assert one_per_defect(apart) == apart


def test_blocked_operation_in_another_function_is_the_same_defect() -> None:
    strong = finding("GL105", 5, function="(*Peer).Start", steps=(step(20, StepKind.BLOCKED),))
    weak = finding("GL203", 20, function="(*Peer).loop")
    assert one_per_defect([weak, strong]) == [strong]


def test_acquisition_as_step_of_the_weaker_is_the_same_defect() -> None:
    strong = finding("GL407", 5, function="f")
    weak = finding("GL417", 9, function="g", steps=(step(5, StepKind.ACQUIRE),))
    assert one_per_defect([weak, strong]) == [strong]


@pytest.mark.parametrize(
    ("function", "stays"), [("f", False), ("f.func1", False), ("f.func2.1", False), ("f.function", True)]
)
def test_other_steps_count_within_one_function_and_its_closures(function: str, stays: bool) -> None:
    strong = finding("GL203", 20, function=function)
    weak = finding("GL101", 5, function="f", steps=(step(20, StepKind.CALL),))
    assert (weak in one_per_defect([weak, strong])) is stays


def test_common_step_alone_is_not_one_defect() -> None:
    shared = (step(3, StepKind.BLOCKED),)
    apart = [finding("GL203", 20, steps=shared), finding("GL101", 5, steps=shared)]
    assert one_per_defect(apart) == apart


def test_chain_leaves_only_the_strongest() -> None:
    strong = finding("GL105", 5, steps=(step(20, StepKind.BLOCKED),))
    middle = finding("GL203", 20, steps=(step(30, StepKind.BLOCKED),))
    weak = finding("GL101", 30)
    assert one_per_defect([weak, middle, strong]) == [strong]
