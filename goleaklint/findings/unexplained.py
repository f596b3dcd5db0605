"""Suppressions in, GL903 out: comments for goleaklint that do not say why."""

from collections.abc import Iterable

from goleaklint.findings.tool_rules import SUPPRESSION_WITHOUT_REASON
from goleaklint.model import Finding, Suppression


def unexplained(suppressions: Iterable[Suppression]) -> list[Finding]:
    """One finding for each comment without a reason that is addressed to goleaklint in particular."""
    silent = {s.span: s for s in suppressions if not s.general and not s.reason}
    return [_finding(suppression) for suppression in silent.values()]


def _finding(suppression: Suppression) -> Finding:
    rule = SUPPRESSION_WITHOUT_REASON
    separator = "//" if suppression.text.lstrip("/ ").startswith("nolint") else "--"
    return Finding(
        rule.id,
        "This comment suppresses findings and does not say why.",
        suppression.span,
        rule.severity,
        rule.confidence,
        package="",
        function="",
        mend=f"Write {separator} and the reason at the end of the comment.",
    )
