"""A report in, one line for each finding out, as compilers print them: editors read it with `%f:%l:%c: %m`."""

from goleaklint.model import Finding
from goleaklint.reports.escape import visible
from goleaklint.reports.report import Report


def render(report: Report) -> str:
    """`path:line:column: GL407 message` for each finding; empty if there is none."""
    return "".join(f"{_line(finding)}\n" for finding in report.findings)


def _line(finding: Finding) -> str:
    span = finding.span
    message = " ".join(finding.message.split())
    return visible(f"{span.path}:{span.line}:{span.column}: {finding.rule} {message}")
