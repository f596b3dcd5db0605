"""A report in, one JSON document for programs out. Keys are only ever added while `version` stays 1.

Lines and columns count from 1, columns in UTF-16 code units; ends are exclusive. Paths are as the terminal shows them.
"""

from collections.abc import Mapping
from typing import Final

import msgspec

from goleaklint.model import Confidence, Edit, Finding, Fix, Notification, Severity, Span, Step
from goleaklint.reports.escape import encodable
from goleaklint.reports.fingerprints import report_fingerprints
from goleaklint.reports.report import Report

FORMAT_VERSION: Final = 1


class ToolJson(msgspec.Struct, frozen=True, rename="camel"):
    """Who wrote the document."""

    name: str
    version: str


class LocationJson(msgspec.Struct, frozen=True, rename="camel"):
    """A `model.Span` without its byte offsets."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class StepJson(msgspec.Struct, frozen=True, rename="camel"):
    """A `model.Step`; `kind` is one of the values of `model.StepKind`."""

    location: LocationJson
    message: str
    kind: str
    thread: int


class EditJson(msgspec.Struct, frozen=True, rename="camel"):
    """A `model.Edit`: the text of `location` is to be replaced by `text`."""

    location: LocationJson
    text: str


class FixJson(msgspec.Struct, frozen=True, rename="camel"):
    """A `model.Fix`; all its edits are to be made, or none."""

    description: str
    safe: bool
    edits: tuple[EditJson, ...]


class FindingJson(msgspec.Struct, frozen=True, rename="camel"):
    """A `model.Finding`. `name` is the rule's; `fingerprint` (SARIF's `goleaklint/v1`) stays when lines move."""

    rule: str
    name: str
    severity: Severity
    confidence: Confidence
    message: str
    mend: str
    package: str
    function: str
    resource: str
    location: LocationJson
    steps: tuple[StepJson, ...]
    fixes: tuple[FixJson, ...]
    fingerprint: str


class NotificationJson(msgspec.Struct, frozen=True, rename="camel"):
    """A `model.Notification`: `path` is empty and `line` 0 where there is none."""

    rule: str
    message: str
    path: str
    line: int


class ReportJson(msgspec.Struct, frozen=True, rename="camel"):
    """The whole document."""

    version: int
    tool: ToolJson
    findings: tuple[FindingJson, ...]
    notifications: tuple[NotificationJson, ...]
    statistics: Mapping[str, int]


def render(report: Report) -> str:
    """The document, indented, with a newline at its end; the same bytes for the same report."""
    fingerprints = report_fingerprints(report)
    document = ReportJson(
        version=FORMAT_VERSION,
        tool=ToolJson("goleaklint", report.tool_version),
        findings=tuple(_finding(report, *pair) for pair in zip(report.findings, fingerprints, strict=True)),
        notifications=tuple(map(_notification, report.notifications)),
        statistics=report.statistics,
    )
    return msgspec.json.format(msgspec.json.encode(document, order="deterministic"), indent=2).decode() + "\n"


def _finding(report: Report, finding: Finding, fingerprint: str) -> FindingJson:
    rule = report.rules.get(finding.rule)
    return FindingJson(
        rule=finding.rule,
        name=rule.name if rule else "",
        severity=finding.severity,
        confidence=finding.confidence,
        message=encodable(finding.message),
        mend=encodable(finding.mend),
        package=encodable(finding.package),
        function=encodable(finding.function),
        resource=encodable(finding.resource),
        location=_location(finding.span),
        steps=tuple(map(_step, finding.steps)),
        fixes=tuple(map(_fix, finding.fixes)),
        fingerprint=fingerprint,
    )


def _location(span: Span) -> LocationJson:
    return LocationJson(encodable(span.path), span.line, span.column, span.end_line, span.end_column)


def _step(step: Step) -> StepJson:
    return StepJson(_location(step.span), encodable(step.message), step.kind.value, step.thread)


def _fix(fix: Fix) -> FixJson:
    return FixJson(encodable(fix.description), fix.safe, tuple(map(_edit, fix.edits)))


def _edit(edit: Edit) -> EditJson:
    return EditJson(_location(edit.span), encodable(edit.text))


def _notification(note: Notification) -> NotificationJson:
    return NotificationJson(note.rule, encodable(note.message), encodable(note.path), note.line)
