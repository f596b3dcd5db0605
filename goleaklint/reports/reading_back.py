"""A report that goleaklint wrote, as JSON or as SARIF, in; its findings with their fingerprints out."""

from collections.abc import Callable

import msgspec

from goleaklint.model import Edit, Finding, Fix, Notification, Span, Step, StepKind
from goleaklint.reports.json_report import (
    FORMAT_VERSION,
    FindingJson,
    FixJson,
    LocationJson,
    ReportJson,
)
from goleaklint.reports.old_report import ForeignReportError, OldReport, Written, made_up_span
from goleaklint.reports.reading_sarif import from_sarif


class _Kind(msgspec.Struct, frozen=True):
    """What tells the two formats apart; only SARIF has it."""

    runs: msgspec.Raw = msgspec.Raw()


def read_report(data: bytes, shown: Callable[[str], str]) -> OldReport:
    """What a report says. `shown` makes the path the user is shown from a URI of SARIF. Raises ForeignReportError."""
    try:
        kind = msgspec.json.decode(data, type=_Kind)
        if not bytes(kind.runs):
            return _from_json(msgspec.json.decode(data, type=ReportJson))
        return from_sarif(data, shown)
    except ForeignReportError:
        raise
    except (msgspec.MsgspecError, ValueError) as error:  # words that only a later version knows are ValueErrors
        raise ForeignReportError(f"is neither JSON nor SARIF of goleaklint: {error}") from error


def _from_json(report: ReportJson) -> OldReport:
    if report.tool.name != "goleaklint" or report.version != FORMAT_VERSION:
        who = f"{report.tool.name}, version {report.version}"
        raise ForeignReportError(f"is a report of {who}; what can be read is goleaklint, version {FORMAT_VERSION}")
    notifications = tuple(Notification(each.rule, each.message, each.path, each.line) for each in report.notifications)
    written = tuple(map(_written, report.findings))
    return OldReport(report.tool.version, written, notifications, dict(report.statistics))


def _written(found: FindingJson) -> Written:
    steps = tuple(Step(_span(each.location), each.message, StepKind(each.kind), each.thread) for each in found.steps)
    finding = Finding(
        rule=found.rule,
        message=found.message,
        span=_span(found.location),
        severity=found.severity,
        confidence=found.confidence,
        package=found.package,
        function=found.function,
        steps=steps,
        mend=found.mend,
        resource=found.resource,
        fixes=tuple(map(_fix, found.fixes)),
    )
    return Written(finding, found.fingerprint, found.name)


def _fix(fix: FixJson) -> Fix:
    return Fix(fix.description, tuple(Edit(_span(each.location), each.text) for each in fix.edits), fix.safe)


def _span(place: LocationJson) -> Span:
    return made_up_span(place.path, place.line, place.column, place.end_line, place.end_column)
