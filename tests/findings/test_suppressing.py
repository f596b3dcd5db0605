"""Which findings a comment suppresses, and what is said of comments that suppress nothing or do not say why."""

import pytest
from finding_sample import RULES, Wish, finding, span, suppression

from goleaklint.findings.suppressions import suppress
from goleaklint.findings.unexplained import unexplained
from goleaklint.findings.unused import malformed, unused
from goleaklint.model import Suppression
from goleaklint.syntax.directives import DirectiveMistake

LEAK = finding("GL202", 5)


@pytest.mark.parametrize(
    ("comment", "hits"),
    [
        (suppression("GL202", lines=(5, 5)), True),
        (suppression("gl202", lines=(3, 9)), True),
        (suppression("Abandoned-Send", lines=(5, 5)), True),
        (suppression("GL2*", lines=(5, 5)), True),
        (suppression("GL101", "GL202", lines=(5, 5)), True),
        (suppression(lines=(5, 5)), True),
        (suppression("GL202", lines=(900, 900), whole_file=True), True),
        (suppression("GL2", lines=(5, 5)), False),
        (suppression("GL203", lines=(5, 5)), False),
        (suppression("GL202", lines=(6, 6)), False),
        (suppression("GL202", lines=(4, 4)), False),
        (suppression("GL202", lines=(5, 5), path="b.go"), False),
    ],
)
def test_suppress(comment: Suppression, hits: bool) -> None:
    kept, suppressed = suppress([LEAK], [comment], RULES)
    assert kept == ([] if hits else [LEAK])
    assert suppressed == ([(LEAK, comment)] if hits else [])


def test_comment_that_says_most_is_named() -> None:
    nolint = suppression(lines=(5, 5), general=True, reason="legacy")
    silent = suppression("GL202", lines=(5, 5), reason="")
    wide = suppression("GL202", lines=(1, 9), at=20)
    close = suppression("GL202", lines=(4, 6))
    _, [(_, chosen)] = suppress([LEAK], [nolint, silent, wide, close], RULES)
    assert chosen == close


def complaints(comment: Suppression, *found: str, wish: Wish = Wish()) -> list[str]:  # noqa: B008 - frozen
    results = unused([comment], [finding(rule, 5) for rule in found], wish, RULES)
    assert all(result.rule == "GL902" and result.span == comment.span for result in results)
    return [result.message for result in results]


HERE = (5, 5)


@pytest.mark.parametrize(
    ("comment", "found", "wish"),
    [
        pytest.param(suppression("GL202", lines=HERE), ["GL202"], Wish(), id="used"),
        pytest.param(suppression("GL202", lines=HERE), [], Wish(ignored=("GL202",)), id="rule ignored"),
        pytest.param(suppression("GL202", lines=HERE, path="b.go"), [], Wish(here=("GL202",)), id="ignored in path"),
        pytest.param(suppression("GL2*", lines=HERE), [], Wish(select=("GL202",)), id="not every rule of the glob ran"),
        pytest.param(suppression(lines=HERE), [], Wish(select=("GL2",)), id="not every rule ran"),
        pytest.param(suppression(lines=HERE), ["GL101"], Wish(), id="all, used"),
        pytest.param(suppression(lines=HERE, general=True), [], Wish(), id="general"),
        pytest.param(suppression("*", lines=HERE, general=True), [], Wish(), id="general glob"),
        pytest.param(suppression("GL902", lines=HERE, whole_file=True), [], Wish(), id="about suppressions"),
    ],
)
def test_nothing_is_said(comment: Suppression, found: list[str], wish: Wish) -> None:
    assert complaints(comment, *found, wish=wish) == []


@pytest.mark.parametrize(
    ("comment", "found", "message"),
    [
        (suppression("GL202", lines=HERE), ["GL203"], "This comment suppresses nothing: GL202 finds nothing here."),
        (suppression("GL101", "GL203", "GL401", lines=HERE), [], "nothing: GL101, GL203 and GL401 find nothing here."),
        (
            suppression("GL202", "GL203", lines=HERE),
            ["GL203"],
            "A part of this comment suppresses nothing: GL202 finds",
        ),
        (suppression(lines=HERE), [], "This comment suppresses nothing: no rule finds anything here."),
        (suppression("GL2[0]*", lines=HERE), [], "GL2(0)* finds nothing"),
        (suppression("GL2020", lines=HERE), [], 'There is no such rule as GL2020; did you mean "GL202"?'),
        (suppression("abandonned-send", lines=HERE), [], 'did you mean "abandoned-send"?'),
        (
            suppression("because", lines=HERE, reason=""),
            [],
            "no such rule as because; the reason stands after two dash",
        ),
    ],
)
def test_what_is_said(comment: Suppression, found: list[str], message: str) -> None:
    [said] = complaints(comment, *found)
    assert message in said


def test_unknown_rule_beside_a_used_one() -> None:
    [said] = complaints(suppression("GL202", "ZZ", lines=HERE), "GL202")
    assert said == "There is no such rule as ZZ."


def test_two_stretches_of_one_comment_are_judged_as_one() -> None:
    parts = [suppression("GL202", lines=(line, line), at=7) for line in (5, 7)]
    assert unused(parts, [LEAK], Wish(), RULES) == []
    assert len(unused(parts, [finding("GL202", 6)], Wish(), RULES)) == 1


def test_malformed_message_has_no_brackets() -> None:
    [said] = malformed([DirectiveMistake(span(3), "write //lint:ignore GL2[01]* reason")])
    assert said.message == "This comment suppresses nothing: write //lint:ignore GL2(01)* reason."
    assert (said.rule, said.span) == ("GL902", span(3))


def test_missing_reason() -> None:
    parts = [suppression("GL202", lines=(line, line), at=7, reason="") for line in (5, 7)]
    nolint = suppression(lines=(9, 9), reason="", text="// nolint:goleaklint")
    general = suppression(lines=(11, 11), reason="", general=True)
    explained = suppression("GL202", lines=(13, 13))
    results = unexplained([*parts, nolint, general, explained])
    assert [(result.rule, result.span.line) for result in results] == [("GL903", 7), ("GL903", 8)]
    assert ["--" in result.mend for result in results] == [True, False]
