"""The steps together: what `finish` leaves, and why their order is what it is."""

import random
from collections.abc import Callable, Sequence

from finding_sample import RULES, Wish, finding, span, step, suppression
from hypothesis import given
from hypothesis import strategies as st

from goleaklint.findings.steps import Outcome, finish
from goleaklint.findings.tool_rules import TOOL_RULES
from goleaklint.model import Confidence, Finding, Suppression
from goleaklint.syntax.directives import DirectiveMistake


def everywhere(path: str) -> bool:
    return True


def run(
    found: Sequence[Finding],
    comments: Sequence[Suppression] = (),
    wish: Wish = Wish(),  # noqa: B008 - frozen
    mistakes: Sequence[DirectiveMistake] = (),
    is_reported: Callable[[str], bool] = everywhere,
) -> Outcome:
    return finish(found, comments, mistakes, wish, RULES, is_reported)


def rules_of(outcome: Outcome) -> list[str]:
    return [finding.rule for finding in outcome.findings]


def test_hidden_finding_does_not_hide_a_visible_one() -> None:
    strong, weak = finding("GL203", 5, confidence=Confidence.LOW), finding("GL101", 5)
    assert rules_of(run([strong, weak])) == ["GL101"]
    assert rules_of(run([strong, weak], wish=Wish(pedantic=True))) == ["GL203"]


def test_suppressing_a_defect_does_not_bring_up_its_weaker_name() -> None:
    outcome = run([finding("GL203", 5), finding("GL101", 5)], [suppression("GL203", lines=(5, 5))])
    assert outcome.findings == ()
    assert [hit.rule for hit, _ in outcome.suppressed] == ["GL203"]


def test_comment_that_suppresses_a_hidden_finding_is_in_use() -> None:
    assert run([finding("GL202", 5, confidence=Confidence.LOW)], [suppression("GL202", lines=(5, 5))]).findings == ()


def test_comment_for_the_weaker_name_is_in_use() -> None:
    outcome = run([finding("GL203", 5), finding("GL101", 5)], [suppression("GL101", lines=(5, 5))])
    assert rules_of(outcome) == ["GL203"]


def test_unused_and_malformed_comments_are_reported_in_order() -> None:
    comments = [suppression("GL202", lines=(9, 9)), suppression("GL203", lines=(5, 5), reason="")]
    outcome = run([finding("GL101", 6)], comments, Wish(pedantic=True), [DirectiveMistake(span(1), "it names no rule")])
    assert [(f.rule, f.span.line) for f in outcome.findings] == [
        ("GL902", 1),
        ("GL902", 4),
        ("GL903", 4),
        ("GL101", 6),
        ("GL902", 8),
    ]


def test_missing_reason_is_pedantic_and_can_be_ignored() -> None:
    leak, comment = finding("GL202", 5), suppression("GL202", lines=(5, 5), reason="")
    assert run([leak], [comment]).findings == ()
    assert rules_of(run([leak], [comment], Wish(pedantic=True))) == ["GL903"]
    assert run([leak], [comment], Wish(pedantic=True, ignored=("GL903",))).findings == ()


def test_only_whole_file_comments_suppress_what_is_said_of_comments() -> None:
    idle = suppression("GL202", lines=(9, 9))
    beside = suppression("GL902", lines=(8, 8), at=7)
    above = suppression("GL902", lines=(1, 99), at=0, whole_file=True)
    assert rules_of(run([], [idle, beside])) == ["GL902"]
    assert run([], [idle, above]).findings == ()


def test_comment_does_not_excuse_itself() -> None:
    assert rules_of(run([], [suppression(lines=(1, 99), at=0, whole_file=True)])) == ["GL902"]


def test_files_that_are_not_reported() -> None:
    found = [finding("GL202", 5), finding("GL101", 6, steps=(step(1, path="b.go"),)), finding("GL203", 7)]
    comments = [suppression("GL203", lines=(7, 7)), suppression("GL401", lines=(9, 9))]
    outcome = run(found, comments, is_reported=lambda path: path == "b.go")
    assert rules_of(outcome) == ["GL101"]
    assert outcome.suppressed == ()


def test_texts_about_the_tool_are_complete() -> None:
    assert list(TOOL_RULES) == ["GL900", "GL901", "GL902", "GL903"]
    for rule_id, info in TOOL_RULES.items():
        assert info.id == rule_id
        assert len(info.summary) <= 200
        assert all((info.why, info.leaks, info.fixed, info.not_seen))


FINDINGS = st.builds(
    finding,
    st.sampled_from(["GL101", "GL102", "GL202", "GL203", "GL401"]),
    st.integers(1, 4),
    st.integers(1, 2),
    path=st.sampled_from(["a.go", "b.go"]),
    confidence=st.sampled_from(list(Confidence)),
    steps=st.lists(st.builds(step, st.integers(1, 4)), max_size=2).map(tuple),
)
COMMENTS = st.builds(
    lambda rule, first, length: suppression(*rule, lines=(first, first + length), at=first),
    st.sampled_from([(), ("GL202",), ("GL2*", "GL101")]),
    st.integers(1, 4),
    st.integers(0, 2),
)


@given(st.lists(FINDINGS, max_size=8), st.lists(COMMENTS, max_size=3), st.randoms(use_true_random=False))
def test_outcome_does_not_depend_on_the_order_findings_come_in(
    found: list[Finding], comments: list[Suppression], chance: random.Random
) -> None:
    first = run(found, comments)
    chance.shuffle(found)
    assert run(found, comments) == first


@given(st.lists(FINDINGS, max_size=8), st.lists(COMMENTS, max_size=3))
def test_nothing_is_invented_and_nothing_is_shown_twice(found: list[Finding], comments: list[Suppression]) -> None:
    outcome = run(found, comments)
    hits = [*outcome.findings, *(hit for hit, _ in outcome.suppressed)]
    places = {(f.rule, f.span) for f in found} | {("GL902", c.span) for c in comments}
    assert {(hit.rule, hit.span) for hit in hits} <= places
    visible = [f for f in found if f.confidence != Confidence.LOW]
    assert bool(visible) == any(hit.rule != "GL902" for hit in hits)
