"""A report that goleaklint wrote, as JSON or as SARIF, in; its findings with their fingerprints out.

Byte offsets are in neither: those of the spans are made up so that places compare as they did. What SARIF does not hold
(the rest of a span over several lines) stays lost.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import msgspec

from goleaklint.model import Edit, Finding, Fix, Notification, Span, Step, StepKind, Suppression
from goleaklint.reports.json_report import (
    FORMAT_VERSION,
    FindingJson,
    FixJson,
    LocationJson,
    ReportJson,
)

_LINE_ROOM: Final = 1 << 24
"""No line has more columns, so made-up offsets of different places differ."""


@dataclass(frozen=True, slots=True)
class Written:
    """A finding as a report has it, with its fingerprint and the name of its rule."""

    finding: Finding
    fingerprint: str
    name: str = ""
    known: bool = False
    suppression: Suppression | None = None


@dataclass(frozen=True, slots=True)
class OldReport:
    """What one report says. `statistics` is None where the format has none; `compared` as in `Report`."""

    version: str
    written: tuple[Written, ...]
    notifications: tuple[Notification, ...]
    statistics: dict[str, int] | None
    compared: bool = False


class ForeignReportError(ValueError):
    """Why a text is no report that can be read back, as the end of a sentence that begins with its name."""


class _Kind(msgspec.Struct, frozen=True):
    """What tells the two formats apart; only SARIF has it."""

    runs: msgspec.Raw = msgspec.Raw()


def read_report(data: bytes, shown: Callable[[str], str]) -> OldReport:
    """What a report says. `shown` makes the path the user is shown from a URI of SARIF. Raises ForeignReportError."""
    try:
        kind = msgspec.json.decode(data, type=_Kind)
        if not bytes(kind.runs):
            return _from_json(msgspec.json.decode(data, type=ReportJson))
        from goleaklint.reports.reading_sarif import from_sarif

        return from_sarif(data, shown)
    except ForeignReportError:
        raise
    except (msgspec.MsgspecError, ValueError) as error:  # words that only a later version knows are ValueErrors
        raise ForeignReportError(f"is neither JSON nor SARIF of goleaklint: {error}") from error


def made_up_span(path: str, line: int, column: int, end_line: int, end_column: int) -> Span:
    """A span of which only lines and columns are known."""
    start, end = line * _LINE_ROOM + column, end_line * _LINE_ROOM + end_column
    return Span(path, line, column, end_line, end_column, start, end)


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
