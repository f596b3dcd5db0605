"""A report in, Markdown out: a table for job summaries and comments on pull requests."""

from collections import Counter
from collections.abc import Iterator

from goleaklint.model import Finding, Severity
from goleaklint.reports.escape import markdown_cell
from goleaklint.reports.report import Report


def render(report: Report) -> str:
    """A headline that counts, a table with one line for each finding, and the path of each below it."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    findings = report.findings
    yield f"### goleaklint: {_counted(findings)}"
    if not findings:
        return
    yield ""
    yield "| | rule | where | what leaks |"
    yield "|---|---|---|---|"
    for finding in findings:
        span = finding.span
        where = f"{markdown_cell(span.path)}:{span.line}"
        rule = report.rules.get(finding.rule)
        name = f"{finding.rule} {rule.name}" if rule else finding.rule
        yield f"| {finding.severity.value} | {name} | {where} | {markdown_cell(finding.message)} |"
    for finding in findings:
        if finding.steps or finding.mend:
            yield ""
            yield from _details(finding)


def _details(finding: Finding) -> Iterator[str]:
    span = finding.span
    yield f"**{finding.rule}** {markdown_cell(span.path)}:{span.line}"
    if finding.steps:
        yield ""
    for number, step in enumerate(finding.steps, 1):
        yield f"{number}. {markdown_cell(step.span.path)}:{step.span.line}: {markdown_cell(step.message)}"
    if finding.mend:
        yield ""
        yield f"Mend: {markdown_cell(finding.mend)}"


def _counted(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return "nothing found"
    counts = Counter(finding.severity for finding in findings)
    parts = [f"{counts[level]} {level.value}{'s' if counts[level] > 1 else ''}" for level in Severity if counts[level]]
    return f"{len(findings)} finding{'s' if len(findings) > 1 else ''} ({', '.join(parts)})"
