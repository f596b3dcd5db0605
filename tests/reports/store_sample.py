"""A report on one small Go file, and what the tests need to make others."""

from collections.abc import Callable
from pathlib import Path

from goleaklint.files.text import SourceText
from goleaklint.model import Confidence, Finding, Notification, RuleInfo, Severity, Span, Step, StepKind
from goleaklint.reports.report import Report

PATH = "store/load.go"

CODE = """package store

func (s *Store) load(ctx context.Context) error {
	txn := s.db.NewTransaction(false)
	if err := fill(txn); err != nil {
		return err
	}
	go func() {
		for v := range s.queue {
			s.handle(v)
		}
	}()
	return txn.Commit()
}
"""

TRANSACTION = RuleInfo(
    id="GL407",
    name="transaction-not-finished",
    summary="A transaction is neither committed nor discarded on some path.",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    since="0.1",
    why="An open transaction pins what it can see.",
    leaks="```go\ntxn := db.NewTransaction(false)\n```",
    fixed="```go\ntxn := db.NewTransaction(false)\ndefer txn.Discard()\n```",
    not_seen="Transactions kept in a map.",
)
ENDLESS = RuleInfo(
    id="GL101",
    name="goroutine-never-exits",
    summary="A goroutine has no way out of its loop.",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    since="0.1",
    why="Nobody closes the channel it reads.",
    leaks="```go\ngo func() { select {} }()\n```",
    fixed="```go\ngo func() { <-ctx.Done() }()\n```",
    not_seen="",
)


def span(code: str, part: str, path: str = PATH, until: str = "") -> Span:
    """The first place of `part` in `code`; up to the end of the next `until` if that is given."""
    data = code.encode("utf-8", "surrogatepass")
    start = data.index(part.encode())
    end = data.index(until.encode(), start) + len(until.encode()) if until else start + len(part.encode())
    return SourceText(path, data).span(start, end)


def finding(
    where: Span,
    message: str = "leaks",
    *,
    rule: str = "GL407",
    severity: Severity = Severity.WARNING,
    confidence: Confidence = Confidence.HIGH,
    steps: tuple[Step, ...] = (),
    mend: str = "",
) -> Finding:
    return Finding(rule, message, where, severity, confidence, "example.com/store", "(*Store).load", steps, mend)


def sources(**files: str) -> Callable[[str], SourceText]:
    """Reads from `files`, by path; PATH holds CODE."""
    texts = {PATH: CODE, **files}

    def read(path: str) -> SourceText:
        if path not in texts:
            raise FileNotFoundError(path)
        return SourceText(path, texts[path].encode())

    return read


def report(
    *findings: Finding,
    notifications: tuple[Notification, ...] = (),
    statistics: dict[str, int] | None = None,
    cwd: Path = Path("/repo"),
    files: dict[str, str] | None = None,
) -> Report:
    rules = {rule.id: rule for rule in (TRANSACTION, ENDLESS)}
    return Report(
        findings, notifications, rules, sources(**(files or {})), cwd, tool_version="1.2.3", statistics=statistics or {}
    )


UNFINISHED = finding(
    span(CODE, "s.db.NewTransaction(false)"),
    "txn is neither committed nor discarded when fill fails, so its read timestamp stays in flight and badger cannot "
    "drop older versions.",
    steps=(
        Step(span(CODE, "s.db.NewTransaction(false)"), "the transaction begins", StepKind.ACQUIRE),
        Step(span(CODE, "err != nil"), "fill fails", StepKind.BRANCH),
        Step(span(CODE, "return err"), "load returns while txn is open, and nobody else knows of it", StepKind.EXIT),
    ),
    mend="put `defer txn.Discard()` on the line after the transaction begins; Discard after Commit does nothing.",
)
NEVER_ENDS = finding(
    span(CODE, "go func()", until="}()"),
    "This goroutine never ends.",
    rule="GL101",
    severity=Severity.ERROR,
    confidence=Confidence.LOW,
    steps=(
        Step(span(CODE, "range s.queue"), "it waits for the next value", StepKind.BLOCKED, thread=1),
        Step(span(CODE, "return txn"), "load returns, and nobody closes queue", StepKind.EXIT),
    ),
)
