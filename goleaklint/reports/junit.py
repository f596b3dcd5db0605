"""A report in, JUnit XML out: one test case for each finding, which failed; CI servers list them.

A run without findings is one test case that passed, since an empty file counts as a failure with some servers.
"""

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from goleaklint.model import Finding
from goleaklint.reports.escape import visible
from goleaklint.reports.report import Report

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>'


def render(report: Report) -> str:
    """The document. Each package with findings is a test suite."""
    packages: dict[str, list[Finding]] = {}
    for finding in report.findings:
        packages.setdefault(finding.package, []).append(finding)
    return "".join(f"{line}\n" for line in (_HEAD, "<testsuites>", *_suites(packages), "</testsuites>"))


def _suites(packages: dict[str, list[Finding]]) -> Iterator[str]:
    if not packages:
        yield '  <testsuite name="goleaklint" tests="1" failures="0" errors="0">'
        yield '    <testcase name="no findings" classname="goleaklint" />'
        yield "  </testsuite>"
    for package, findings in packages.items():
        count = len(findings)
        name = _attribute(package or "goleaklint")
        yield f'  <testsuite name={name} tests="{count}" failures="{count}" errors="0">'
        for finding in findings:
            yield from _case(finding)
        yield "  </testsuite>"


def _case(finding: Finding) -> Iterator[str]:
    span = finding.span
    name = _attribute(f"{finding.rule} {span.path}:{span.line}:{span.column}")
    where = f"file={_attribute(span.path)} line={_attribute(str(span.line))}"
    yield f"    <testcase name={name} classname={_attribute(finding.function or finding.package)} {where}>"
    text = _text("\n".join(_details(finding)))
    level = _attribute(finding.severity.value)
    yield f"      <failure message={_attribute(finding.message)} type={level}>{text}</failure>"
    yield "    </testcase>"


def _details(finding: Finding) -> Iterator[str]:
    span = finding.span
    yield f"{span.path}:{span.line}:{span.column}: {finding.rule} {finding.message}"
    for number, step in enumerate(finding.steps, 1):
        yield f"  {number}. {step.span.path}:{step.span.line}: {step.message}"
    if finding.mend:
        yield f"  Mend: {finding.mend}"


def _attribute(text: str) -> str:
    return quoteattr(_allowed(" ".join(text.split())))


def _text(text: str) -> str:
    return escape("\n".join(map(_allowed, text.splitlines())))


def _allowed(text: str) -> str:
    """`text` without what XML 1.0 cannot hold: control characters, surrogates, and two that are no characters."""
    return visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
