"""The JSON document: every field, in a fixed order."""

import json
from dataclasses import replace
from pathlib import Path

from store_sample import CODE, NEVER_ENDS, UNFINISHED, finding, report, span

from goleaklint.model import Edit, Fix, Notification, Span, Step, StepKind, Suppression
from goleaklint.reports import json_report, sarif
from goleaklint.reports.snippet import snippet

EXPECTED = """\
{
  "version": 1,
  "tool": {
    "name": "goleaklint",
    "version": "1.2.3"
  },
  "findings": [
    {
      "rule": "GL407",
      "name": "transaction-not-finished",
      "severity": "warning",
      "confidence": "high",
      "message": "leaks “txn”",
      "mend": "discard it",
      "package": "example.com/store",
      "function": "(*Store).load",
      "resource": "badger.Txn",
      "location": {
        "path": "store/load.go",
        "line": 4,
        "column": 9,
        "endLine": 4,
        "endColumn": 35
      },
      "steps": [
        {
          "location": {
            "path": "store/load.go",
            "line": 6,
            "column": 3,
            "endLine": 6,
            "endColumn": 13
          },
          "message": "returns",
          "kind": "exit",
          "thread": 1
        }
      ],
      "fixes": [
        {
          "description": "defer Discard",
          "safe": true,
          "edits": [
            {
              "location": {
                "path": "store/load.go",
                "line": 4,
                "column": 35,
                "endLine": 4,
                "endColumn": 35
              },
              "text": "\\n\\tdefer txn.Discard()"
            }
          ]
        }
      ],
      "fingerprint": "FINGERPRINT"
    }
  ],
  "notifications": [
    {
      "rule": "GL900",
      "message": "not UTF-8",
      "path": "a.go",
      "line": 0
    }
  ],
  "statistics": {
    "files": 3,
    "functions": 12
  }
}
"""


def test_the_whole_document() -> None:
    where = span(CODE, "s.db.NewTransaction(false)")
    insertion = Span(where.path, where.line, where.end_column, where.line, where.end_column, where.end, where.end)
    full = replace(
        finding(where, "leaks “txn”", mend="discard it"),
        resource="badger.Txn",
        steps=(Step(span(CODE, "return err"), "returns", StepKind.EXIT, thread=1),),
        fixes=(Fix("defer Discard", (Edit(insertion, "\n\tdefer txn.Discard()"),)),),
    )
    notes = (Notification("GL900", "not UTF-8", "a.go"),)
    written = json_report.render(report(full, notifications=notes, statistics={"functions": 12, "files": 3}))
    fingerprint = json.loads(written)["findings"][0]["fingerprint"]
    assert len(fingerprint) == 64
    assert written == EXPECTED.replace("FINGERPRINT", fingerprint)


def test_names_that_are_not_utf8_and_files_that_vanished() -> None:
    gone = finding(Span("b\udcff.go", 1, 1, 1, 2, 0, 1), "in b\udcff.go")
    written = json_report.render(report(gone)).encode()
    assert json.loads(written)["findings"][0]["location"]["path"] == "b\ufffd.go"


def test_suppressing_a_finding_renames_no_other() -> None:
    twin = replace(UNFINISHED, span=span(CODE, "return err"))
    later = replace(twin, span=replace(twin.span, line=40, end_line=40))
    earlier = replace(twin, span=replace(twin.span, line=30, end_line=30))
    comment = Suppression(twin.span, "//goleaklint:ignore", (), "", 30, 30)

    both = json.loads(json_report.render(report(earlier, later)))["findings"]
    suppressed = replace(report(later), suppressed=((earlier, comment),))
    assert both[0]["fingerprint"] != both[1]["fingerprint"]
    assert json.loads(json_report.render(suppressed))["findings"] == [both[1]]


def test_fingerprints_are_those_of_sarif(tmp_path: Path) -> None:
    full = report(UNFINISHED, NEVER_ENDS, UNFINISHED, cwd=tmp_path)
    results = json.loads(sarif.render(full))["runs"][0]["results"]
    assert [finding["fingerprint"] for finding in json.loads(json_report.render(full))["findings"]] == [
        result["partialFingerprints"]["goleaklint/v1"] for result in results
    ]


def test_snippet_is_what_of_the_span_stands_on_its_first_line() -> None:
    source = report().sources(UNFINISHED.span.path)
    assert snippet(source, span(CODE, "s.queue")) == "s.queue"
    assert snippet(source, span(CODE, "go func()", until="}()")) == "go func() {"
    wide = '\tf("🦫", open(x))\n'
    assert snippet(type(source)("w.go", wide.encode()), span(wide, "open(x)")) == "open(x)"
