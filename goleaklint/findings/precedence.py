"""Findings in, one finding per defect out: where two rules see the same defect, the one that says more stays."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from goleaklint.model import Finding, StepKind

# Each line: the first says most, and wins over all that follow.
_CHAINS = (
    ("GL105", "GL203", "GL103", "GL102", "GL101"),
    ("GL201", "GL202", "GL102", "GL101"),
    ("GL220", "GL221", "GL205"),
    ("GL301", "GL302"),
    ("GL418", "GL704"),
    ("GL502", "GL504", "GL503"),
    ("GL706", "GL701"),
)
# A library's own id knows what is leaked; these two only know how.
_LIBRARY_IDS = tuple(f"GL{number}" for number in range(401, 414))
_BY_MANNER = ("GL416", "GL417")

_CLOSURE = re.compile(r"\.func\d.*")

# A step of these kinds is the defect itself, in whichever function it stands: the operation that blocks, the
# acquisition. Other steps (calls, branches, exits, spawns of partners) are places that different defects share.
_DECISIVE = frozenset({StepKind.BLOCKED, StepKind.ACQUIRE})


def _winners() -> Mapping[str, frozenset[str]]:
    """For each rule that can lose, the rules it loses to."""
    winners: defaultdict[str, set[str]] = defaultdict(set)
    for chain in _CHAINS:
        for place, loser in enumerate(chain[1:], start=1):
            winners[loser].update(chain[:place])
    for loser in _BY_MANNER:
        winners[loser].update(_LIBRARY_IDS)
    return {loser: frozenset(over) for loser, over in winners.items()}


_WINNERS = _winners()


def one_per_defect(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without those that a stronger rule also reports.

    Two findings are one defect if their primary locations start on the same line, or if the primary location of one is
    a step of the other: the blocked operation or the acquisition, or any step within the same function and its
    closures. A finding also yields to one that itself yields to a third.
    """
    present: defaultdict[Hashable, set[str]] = defaultdict(set)
    for finding in findings:
        for mark in _marks_left(finding):
            present[mark].add(finding.rule)
    return [finding for finding in findings if not _yields(finding, present)]


def _yields(finding: Finding, present: Mapping[Hashable, set[str]]) -> bool:
    winners = _WINNERS.get(finding.rule)
    if winners is None:
        return False
    return any(not winners.isdisjoint(present.get(mark, ())) for mark in _marks_looked_for(finding))


def _marks_left(finding: Finding) -> Iterator[Hashable]:
    """What another finding must look for to see that it is the same defect."""
    yield ("line", finding.span.path, finding.span.line)
    yield from _marks("primary", finding, primary=True)
    yield from _marks("step", finding, primary=False)


def _marks_looked_for(finding: Finding) -> Iterator[Hashable]:
    yield ("line", finding.span.path, finding.span.line)
    yield from _marks("step", finding, primary=True)
    yield from _marks("primary", finding, primary=False)


def _marks(label: str, finding: Finding, *, primary: bool) -> Iterator[Hashable]:
    """The exact places of a finding: its primary location, or its steps; bound to the function unless decisive."""
    function = (finding.package, _outermost_function(finding.function))
    if primary:
        yield (label, finding.span.path, finding.span.start)
        yield (label, finding.span.path, finding.span.start, function)
        return
    for step in finding.steps:
        if step.kind in _DECISIVE:
            yield (label, step.span.path, step.span.start)
        yield (label, step.span.path, step.span.start, function)


def _outermost_function(name: str) -> str:
    """`(*Peer).start` for its closure `(*Peer).start.func1`."""
    return _CLOSURE.sub("", name)
