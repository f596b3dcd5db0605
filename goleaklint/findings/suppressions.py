"""Findings and the comments that suppress some in, the others out, and who was suppressed by what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from goleaklint.findings.rule_names import denotes
from goleaklint.model import Finding, RuleInfo, Suppression


def suppress(
    findings: Sequence[Finding], suppressions: Iterable[Suppression], rules: Mapping[str, RuleInfo]
) -> tuple[list[Finding], list[tuple[Finding, Suppression]]]:
    """The findings that no comment suppresses, and each suppressed one with the comment that speaks of it most closely.

    `rules` gives the names by which comments may call rules.
    """
    by_path: defaultdict[str, list[Suppression]] = defaultdict(list)
    for suppression in suppressions:
        by_path[suppression.span.path].append(suppression)
    kept: list[Finding] = []
    suppressed: list[tuple[Finding, Suppression]] = []
    for finding in findings:
        speaking = [s for s in by_path.get(finding.span.path, ()) if covers(s, finding, rules)]
        if speaking:
            suppressed.append((finding, min(speaking, key=_closeness)))
        else:
            kept.append(finding)
    return kept, suppressed


def covers(suppression: Suppression, finding: Finding, rules: Mapping[str, RuleInfo]) -> bool:
    """Reports whether the finding starts in the lines the comment covers, and its rule is one the comment means.

    No comment covers what is said of itself: else `ignore-file all` could never be called unused.
    """
    if finding.span.path != suppression.span.path or finding.span == suppression.span:
        return False
    if not (suppression.whole_file or suppression.first_line <= finding.span.line <= suppression.last_line):
        return False
    if not suppression.rules:
        return True
    name = rules[finding.rule].name if finding.rule in rules else finding.rule
    return any(denotes(reference, finding.rule, name) for reference in suppression.rules)


def _closeness(suppression: Suppression) -> tuple[bool, bool, int, int]:
    """Least for the comment whose reason is worth showing: one meant for goleaklint, with a reason, for few lines."""
    lines = suppression.last_line - suppression.first_line
    return suppression.general, not suppression.reason, lines, suppression.span.start
