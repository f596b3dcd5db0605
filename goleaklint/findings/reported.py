"""Findings in, those that concern a file the user asked about out."""

from collections.abc import Callable, Sequence

from goleaklint.model import Finding


def touching(findings: Sequence[Finding], is_reported: Callable[[str], bool]) -> list[Finding]:
    """The findings whose primary location, or one of whose steps, lies in a file for which `is_reported` holds."""
    return [finding for finding in findings if touches(finding, is_reported)]


def touches(finding: Finding, is_reported: Callable[[str], bool]) -> bool:
    """Reports whether the finding's primary location or a step of it lies in a reported file."""
    return is_reported(finding.span.path) or any(is_reported(step.span.path) for step in finding.steps)
