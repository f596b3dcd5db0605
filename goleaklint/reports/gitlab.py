"""A report in, a GitLab Code Quality document out: a JSON array, which GitLab compares with that of the target branch.

The fields are those that GitLab's documentation calls required, and the end of the place, which it shows too.
"""

from pathlib import Path
from typing import Final

import msgspec

from goleaklint.model import Finding, Severity
from goleaklint.reports.escape import encodable
from goleaklint.reports.fingerprints import report_fingerprints
from goleaklint.reports.report import Report
from goleaklint.reports.repository_paths import RepositoryPaths

_SEVERITIES: Final = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


class _Lines(msgspec.Struct, frozen=True):
    begin: int
    end: int


class _Location(msgspec.Struct, frozen=True):
    path: str
    lines: _Lines


class _Issue(msgspec.Struct, frozen=True):
    """GitLab identifies an issue by its `fingerprint` alone; it stays when lines move."""

    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: _Location


def render(report: Report, *, root: Path | None = None) -> str:
    """The document. Paths are relative to `root`: by default CI_PROJECT_DIR, else the working directory."""
    paths = RepositoryPaths(report, ("CI_PROJECT_DIR",), root)
    pairs = zip(report.findings, report_fingerprints(report), strict=True)
    issues = [_issue(finding, fingerprint, paths) for finding, fingerprint in pairs]
    return msgspec.json.format(msgspec.json.encode(issues), indent=2).decode() + "\n"


def _issue(finding: Finding, fingerprint: str, paths: RepositoryPaths) -> _Issue:
    span = finding.span
    location = _Location(encodable(paths.relative(span.path)), _Lines(span.line, span.end_line))
    return _Issue(encodable(finding.message), finding.rule, fingerprint, _SEVERITIES[finding.severity], location)
