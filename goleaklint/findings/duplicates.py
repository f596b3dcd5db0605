"""Findings in, one per rule and primary location out: equal ones are merged."""

from collections.abc import Hashable, Sequence
from dataclasses import replace

from goleaklint.findings.order import in_order
from goleaklint.model import Confidence, Finding, Severity, StepKind

# Their primary location can be the `go` statement, and one goroutine can ignore its context at several operations.
_PER_BLOCKED_OPERATION = frozenset({"GL102", "GL202"})

_SEVERITIES = tuple(Severity)
_CONFIDENCES = tuple(Confidence)


def merged(findings: Sequence[Finding]) -> list[Finding]:
    """One finding per rule and primary location.

    It has the graver severity and the higher confidence of all; the rest, its steps included, comes from whichever of
    them stands first in report order: the steps of two, one after the other, would tell of a path that nobody takes.
    """
    groups: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_identity(finding), []).append(finding)
    return [group[0] if len(group) == 1 else _merge(in_order(group)) for group in groups.values()]


def _identity(finding: Finding) -> Hashable:
    place = (finding.rule, finding.span.path, finding.span.start)
    if finding.rule not in _PER_BLOCKED_OPERATION:
        return place
    blocked = sorted({(step.span.path, step.span.start) for step in finding.steps if step.kind == StepKind.BLOCKED})
    return (*place, *blocked)


def _merge(group: Sequence[Finding]) -> Finding:
    return replace(
        group[0],
        severity=min((finding.severity for finding in group), key=_SEVERITIES.index),
        confidence=min((finding.confidence for finding in group), key=_CONFIDENCES.index),
        mend=next((finding.mend for finding in group if finding.mend), ""),
        resource=next((finding.resource for finding in group if finding.resource), ""),
        fixes=next((finding.fixes for finding in group if finding.fixes), ()),
    )
