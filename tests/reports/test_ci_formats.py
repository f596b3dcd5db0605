"""Reports that CI services read: GitLab's Code Quality, JUnit XML, Markdown; each read back by others' code."""

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema  # type: ignore[import-untyped]
import pytest
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from store_sample import CODE, NEVER_ENDS, UNFINISHED, finding, report, span

from goleaklint.model import Severity, Span
from goleaklint.reports import gitlab, junit, markdown

NASTY = finding(span(CODE, "return err"), 'a | b <c> & "d"\x1b[31m ]]> \ufffe', severity=Severity.NOTE, rule="XY1")

# The fields that https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format requires.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "lines": {"required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}


@pytest.fixture(autouse=True)
def outside_of_gitlab(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI_PROJECT_DIR", raising=False)


def test_gitlab() -> None:
    issues = json.loads(gitlab.render(report(NEVER_ENDS, UNFINISHED, NASTY)))
    jsonschema.validate(issues, GITLAB)
    assert [(each["check_name"], each["severity"], each["location"]["lines"]) for each in issues] == [
        ("GL101", "critical", {"begin": 8, "end": 12}),
        ("GL407", "major", {"begin": 4, "end": 4}),
        ("XY1", "info", {"begin": 6, "end": 6}),
    ]
    assert len({each["fingerprint"] for each in issues}) == 3


def test_gitlab_tells_twins_apart() -> None:
    issues = json.loads(gitlab.render(report(UNFINISHED, UNFINISHED)))
    assert len({each["fingerprint"] for each in issues}) == 2


def test_gitlab_without_findings_is_an_empty_list() -> None:
    assert json.loads(gitlab.render(report())) == []


def test_gitlab_paths_begin_at_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI_PROJECT_DIR", "/repo")
    one = report(finding(Span("x.go", 1, 1, 1, 2, 0, 1)), cwd=Path("/repo/services/api"))
    assert json.loads(gitlab.render(one))[0]["location"]["path"] == "services/api/x.go"


def test_junit() -> None:
    suites = JUnitXml.fromstring(junit.render(report(NEVER_ENDS, UNFINISHED, NASTY)).encode())
    cases = [case for suite in suites for case in suite]
    assert all(case.result for case in cases)
    assert [case.name for case in cases] == [
        "GL101 store/load.go:8:2",
        "GL407 store/load.go:4:9",
        "XY1 store/load.go:6:3",
    ]
    assert sum(suite.failures for suite in suites) == 3
    assert cases[0].result[0].message == "This goroutine never ends."
    assert "\x1b" not in cases[2].result[0].message


def test_junit_without_findings_has_a_test_that_passed() -> None:
    suites = list(JUnitXml.fromstring(junit.render(report()).encode()))
    assert [(suite.tests, suite.failures) for suite in suites] == [(1, 0)]


def test_junit_holds_the_path_and_how_to_mend_it() -> None:
    root = ElementTree.fromstring(junit.render(report(UNFINISHED)))  # noqa: S314 - our own text
    text = next(root.iter("failure")).text or ""
    assert "Mend: put `defer txn.Discard()`" in text
    assert text.count("\n") == len(UNFINISHED.steps) + 1


def test_markdown() -> None:
    html = MarkdownIt("commonmark").enable("table").render(markdown.render(report(NEVER_ENDS, UNFINISHED, NASTY)))
    rows = html.count("<tr>")
    assert rows == 4
    assert html.count("<td>") == 3 * 4
    assert "<h3>goleaklint: 3 findings (1 error, 1 warning, 1 note)</h3>" in html
    assert "<c>" not in html and "a | b &lt;c&gt; &amp; &quot;d&quot;" in html


def test_markdown_without_findings() -> None:
    assert markdown.render(report()) == "### goleaklint: nothing found\n"
