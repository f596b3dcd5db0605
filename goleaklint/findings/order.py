"""Findings in any order in, the order of every report out."""

from collections.abc import Iterable

from goleaklint.model import Finding, Notification, Span, Step


def report_order(finding: Finding) -> tuple[str, int, int, str, str, tuple[tuple[Span, str, str, int], ...]]:
    """Path, line, column, rule, message; the steps only decide between findings that are equal in all of these."""
    span = finding.span
    return span.path, span.line, span.column, finding.rule, finding.message, tuple(map(_step_order, finding.steps))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings as reports list them, whatever order they come in."""
    return sorted(findings, key=report_order)


def notification_order(notification: Notification) -> tuple[str, int, str, str]:
    """Path, line, rule, message."""
    return notification.path, notification.line, notification.rule, notification.message


def _step_order(step: Step) -> tuple[Span, str, str, int]:
    return step.span, step.message, step.kind, step.thread
