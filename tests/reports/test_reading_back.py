"""Reports are read back as they were written."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sarif_sample import sample_report

from goleaklint.model import Finding, Span
from goleaklint.reports import json_report, sarif
from goleaklint.reports.old_report import ForeignReportError, OldReport
from goleaklint.reports.reading_back import read_report
from goleaklint.reports.report import Report


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return sample_report(tmp_path)


def without_offsets(finding: Finding, *, first_line_only: bool = False) -> object:
    """The finding with no byte offsets; with the ends of its spans where SARIF cannot tell them left out, too."""

    def place(span: Span) -> object:
        start = span.path, span.line, span.column
        return start if first_line_only else (*start, span.end_line, span.end_column)

    steps = [(place(step.span), step.message.rstrip("."), step.kind, step.thread) for step in finding.steps]
    fixes = [
        (fix.description.rstrip("."), fix.safe, [(place(edit.span), edit.text) for edit in fix.edits])
        for fix in finding.fixes
        if fix.edits
    ]
    said = finding.message.rstrip("."), finding.mend.rstrip(".")
    facts = finding.rule, finding.severity, finding.confidence, finding.package, finding.function, finding.resource
    return facts, place(finding.span), said, steps, fixes


def from_sarif(text: str) -> OldReport:
    return read_report(text.encode(), lambda uri: uri)


def test_json_is_read_back(report: Report) -> None:
    old = read_report(json_report.render(report).encode(), lambda uri: uri)
    assert [without_offsets(each.finding) for each in old.written] == [
        without_offsets(each) for each in report.findings
    ]
    assert [each.fingerprint for each in old.written] != []
    assert old.notifications == report.notifications
    assert old.statistics == dict(report.statistics)
    assert old.version == report.tool_version


def test_sarif_is_read_back(report: Report) -> None:
    old = from_sarif(sarif.render(report))
    read = [without_offsets(each.finding, first_line_only=True) for each in old.written]
    assert sorted(map(repr, read)) == sorted(
        repr(without_offsets(each, first_line_only=True)) for each in report.findings
    )
    assert not old.compared
    assert old.statistics is None


def test_suppressions_and_baseline_states_are_read_back(report: Report) -> None:
    assert report.suppressed
    known = replace(report, compared=True, known=report.findings[:1], findings=report.findings[1:])
    old = from_sarif(sarif.render(known, include_suppressed=True))
    assert old.compared
    assert [each.finding.rule for each in old.written if each.known] == [report.findings[0].rule]
    suppressions = [each.suppression for each in old.written if each.suppression is not None]
    assert [each.reason for each in suppressions] == [each.reason for _, each in report.suppressed]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "neither JSON nor SARIF"),
        ("[1]", "neither JSON nor SARIF"),
        ("{}", "neither JSON nor SARIF"),
        ('{"runs": []}', "SARIF of no tool"),
        ('{"runs": [{"tool": {"driver": {"name": "other"}}, "results": [{"level": "none"}]}]}', "SARIF of other"),
        ('{"runs": [{"tool": {"driver": {"name": "goleaklint"}}, "results": [{}]}]}', "neither JSON nor SARIF"),
        ('{"runs": 7}', "neither JSON nor SARIF"),
        ("\x00", "neither JSON nor SARIF"),
    ],
)
def test_what_is_no_report_of_ours_is_told(text: str, complaint: str) -> None:
    with pytest.raises(ForeignReportError, match=complaint):
        read_report(text.encode(), lambda uri: uri)


@pytest.mark.parametrize(("key", "value"), [("version", 2), ("tool", {"name": "other", "version": "1"})])
def test_json_of_another_format_is_told(report: Report, key: str, value: object) -> None:
    document = json.loads(json_report.render(report)) | {key: value}
    with pytest.raises(ForeignReportError, match="is a report of"):
        read_report(json.dumps(document).encode(), lambda uri: uri)


def test_a_kind_of_step_that_is_not_known_is_told(report: Report) -> None:
    text = json_report.render(report).replace('"kind": "danger"', '"kind": "unheard"')
    with pytest.raises(ForeignReportError, match="unheard"):
        read_report(text.encode(), lambda uri: uri)
