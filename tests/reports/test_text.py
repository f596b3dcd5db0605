"""The terminal report, as it is read: at 80 columns, without colour."""

import re

import pytest
from store_sample import CODE, NEVER_ENDS, PATH, UNFINISHED, finding, report, span

from goleaklint.model import Confidence, Finding, Notification, Severity, Span, Step
from goleaklint.reports import text
from goleaklint.reports.columns import width


def test_a_finding_with_its_path_and_one_in_a_goroutine() -> None:
    assert (
        text.render(report(UNFINISHED, NEVER_ENDS, statistics={"files": 120}))
        == """\
store/load.go:4:9: warning GL407 transaction-not-finished
  txn is neither committed nor discarded when fill fails, so its read timestamp
  stays in flight and badger cannot drop older versions.

  3 | func (s *Store) load(ctx context.Context) error {
  4 |     txn := s.db.NewTransaction(false)
    |            ^^^^^^^^^^^^^^^^^^^^^^^^^^
  5 |     if err := fill(txn); err != nil {

  1. store/load.go:4  the transaction begins
  2. store/load.go:5  fill fails
     | if err := fill(txn); err != nil {
  3. store/load.go:6  load returns while txn is open, and nobody else knows of
     it
     | return err

  Mend: put `defer txn.Discard()` on the line after the transaction begins;
        Discard after Commit does nothing.
  More: goleaklint rule GL407

store/load.go:8:2: error GL101 goroutine-never-exits
  This goroutine never ends. (low confidence)

   8 | go func() {
     | ^^^^^^^^^^^
   9 |     for v := range s.queue {
  10 |         s.handle(v)
     | ...

  1. store/load.go:9  in goroutine 1: it waits for the next value
     | for v := range s.queue {
  2. store/load.go:13  load returns, and nobody closes queue
     | return txn.Commit()

  More: goleaklint rule GL101

2 findings (1 error, 1 warning) in 1 of 120 files
"""
    )


DEEP = "internal/consensus/reactor/testing/fixtures/state_machine_transitions_generated_by_hand.go"
HOSTILE = 'x := "\x1b[2J ##[error]" /* \u202e */ // ::error::'


def test_long_paths_unknown_rules_and_hostile_source() -> None:
    where = span(HOSTILE, "x", DEEP)
    odd = Finding("XY1", "\x1b[31mred\x1b[0m", where, Severity.NOTE, Confidence.HIGH, "", "")
    stepped = finding(where, "leaks", steps=(Step(where, "begins"), Step(span(CODE, "return err"), "ends")))
    assert (
        text.render(report(odd, stepped, files={DEEP: HOSTILE}))
        == f"""\
{DEEP}:1:1:
  note XY1
  \\e[31mred\\e[0m

  1 | x := "\\e[2J #\\x23[error]" /* \\u202e */ // \\x3a:error::
    | ^

  More: goleaklint rule XY1

{DEEP}:1:1:
  warning GL407 transaction-not-finished
  leaks

  1 | x := "\\e[2J #\\x23[error]" /* \\u202e */ // \\x3a:error::
    | ^

  1. {DEEP}:1
     begins
  2. store/load.go:6  ends
     | return err

  More: goleaklint rule GL407

2 findings (1 warning, 1 note) in 1 file
"""
    )


def test_a_file_that_vanished_has_no_frame_and_a_rule_is_pointed_to_once() -> None:
    gone = finding(Span("gone.go", 3, 5, 3, 9, 20, 24), mend="close it.")
    assert (
        text.render(report(gone, gone))
        == """\
gone.go:3:5: warning GL407 transaction-not-finished
  leaks

  Mend: close it.
  More: goleaklint rule GL407

gone.go:3:5: warning GL407 transaction-not-finished
  leaks

  Mend: close it.

2 findings (2 warnings) in 1 file
"""
    )


@pytest.mark.parametrize("columns", [45, 57, 80, 200])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    long = finding(span(CODE, "return err"), "a message of many words " * 20, mend="a remedy of many words " * 9)
    shown = text.render(report(UNFINISHED, NEVER_ENDS, long), width=columns)
    assert max(width(line) for line in shown.splitlines()) <= columns


def test_colour_changes_nothing_but_colour() -> None:
    full = report(UNFINISHED, NEVER_ENDS)
    coloured = text.render(full, color=True)
    assert "\x1b[1;33mwarning\x1b[0m \x1b[1mGL407 transaction-not-finished\x1b[0m" in coloured
    assert "| if err := fill(txn); \x1b[1;33merr != nil\x1b[0m {" in coloured.replace("\x1b[2m|\x1b[0m", "|")
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text.render(full)


def test_a_file_is_read_once() -> None:
    read: list[str] = []
    full = report(UNFINISHED, NEVER_ENDS)
    original = full.sources

    def counting(path: str) -> object:
        read.append(path)
        return original(path)

    object.__setattr__(full, "sources", counting)
    text.render(full)
    assert read == [PATH]


@pytest.mark.parametrize(
    ("found", "notes", "statistics", "expected"),
    [
        (0, 0, {"files": 1200}, "No findings in 1,200 files"),
        (0, 0, {}, "No findings"),
        (0, 2, {"files": 2}, "No findings in 2 files, 2 problems"),
        (1, 1, {"files": 1}, "1 finding (1 warning) in 1 of 1 file, 1 problem"),
        (2, 0, {}, "2 findings (2 warnings) in 1 file"),
    ],
)
def test_summary(found: int, notes: int, statistics: dict[str, int], expected: str) -> None:
    problems = (Notification("GL900", "not UTF-8"),) * notes
    assert text.summary(report(*[UNFINISHED] * found, notifications=problems, statistics=statistics)) == expected


def test_notifications() -> None:
    full = report(
        notifications=(
            Notification("GL900", "the file is not UTF-8 at byte 12, so that nothing in it was read", "a/b.go"),
            Notification("GL900", "a syntax error", "c.go", 12),
            Notification("GL901", "rule GL704 failed in (*Peer).start: KeyError"),
        )
    )
    assert (
        text.notifications(full)
        == """\
3 problems kept goleaklint from seeing everything:
  - a/b.go  GL900 the file is not UTF-8 at byte 12, so that nothing in it was
    read
  - c.go:12  GL900 a syntax error
  - GL901 rule GL704 failed in (*Peer).start: KeyError
"""
    )
    assert text.notifications(report()) == ""
