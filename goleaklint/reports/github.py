"""A report in, workflow commands out: GitHub shows each as an annotation of the changed line."""

from collections import Counter
from pathlib import Path
from typing import Final

from goleaklint.model import Finding, Severity
from goleaklint.reports.escape import workflow_data, workflow_property
from goleaklint.reports.report import Report
from goleaklint.reports.repository_paths import RepositoryPaths

# What GitHub keeps of one step of a job; the rest it drops without a word.
MOST_OF_A_LEVEL: Final = 10

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_ORDER: Final = list(_COMMANDS)


def render(report: Report, *, root: Path | None = None) -> str:
    """One command for each finding GitHub will show, the most severe first, and how many there are beyond.

    Paths are written relative to `root`, the repository's: by default GITHUB_WORKSPACE, else the working directory.
    """
    paths = RepositoryPaths(report, ("GITHUB_WORKSPACE",), root)
    written: Counter[Severity] = Counter()
    lines: list[str] = []
    for finding in sorted(report.findings, key=lambda each: _ORDER.index(each.severity)):
        if written[finding.severity] < MOST_OF_A_LEVEL:
            written[finding.severity] += 1
            lines.append(_command(report, finding, paths.relative(finding.span.path)))
    more = len(report.findings) - len(lines)
    if more:
        lines.append(f"{more} more finding{'s' if more > 1 else ''}")
    return "".join(f"{line}\n" for line in lines)


def _command(report: Report, finding: Finding, path: str) -> str:
    span = finding.span
    rule = report.rules.get(finding.rule)
    # GitHub takes columns only for an annotation of a single line.
    one_line = span.end_line == span.line
    properties = {
        "file": path,
        "line": str(span.line),
        "endLine": str(span.end_line),
        "col": str(span.column) if one_line else "",
        "endColumn": str(span.end_column) if one_line else "",
        "title": f"{finding.rule} {rule.name}" if rule else finding.rule,
    }
    written = ",".join(f"{key}={workflow_property(value)}" for key, value in properties.items() if value)
    return f"::{_COMMANDS[finding.severity]} {written}::{workflow_data(_message(finding, path))}"


def _message(finding: Finding, path: str) -> str:
    """The log shows nothing but the message, so it says where the finding is once more."""
    message = f"{path}:{finding.span.line}:{finding.span.column}: {finding.rule} {finding.message}"
    return f"{message}\nMend: {finding.mend}" if finding.mend else message
