"""A report that holds everything a SARIF log can show, made of findings in a small tree of Go files."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]

from goleaklint.files.text import SourceText
from goleaklint.model import (
    Confidence,
    Edit,
    Finding,
    Fix,
    Notification,
    RuleInfo,
    Severity,
    Span,
    Step,
    StepKind,
    Suppression,
)
from goleaklint.reports.report import Report
from goleaklint.reports.sarif import render

SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)

PEER = "net/größe 1/peer.go"
STORE = "store.go"

FILES = {
    PEER: """package net

func (p *Peer[K]) start() error {
\tc := make(chan int)
\tgo func() {
\t\tlog("🦫", "é"); c <- slow()
\t}()
\tif p.closed {
\t\treturn errClosed
\t}
\treturn wait(c)
}
""",
    STORE: """package store

func read(db *DB) error {\r
\tit := db.NewIterator() //goleaklint:ignore GL406 -- closed by the caller
\treturn nil
}
""",
}


def rule(id_: str, name: str, severity: Severity = Severity.ERROR) -> RuleInfo:
    return RuleInfo(
        id=id_,
        name=name,
        summary="A goroutine sends on a channel after its only receiver may have returned.",
        severity=severity,
        confidence=Confidence.HIGH,
        since="0.1",
        why="A send on an unbuffered channel waits\nfor a receiver; none comes,\nso the goroutine stays.",
        leaks="```go\nfunc f() {\n\tc := make(chan int)\n\n\tgo func() { c <- 1 }()\n}\n```",
        fixed="```go\nc := make(chan int, 1)\n```",
        not_seen="- Channels kept in a field,\n  or in a map.\n- Others.",
    )


def source(path: str) -> SourceText:
    if path not in FILES:
        raise FileNotFoundError(path)
    return SourceText(path, FILES[path].encode())


def span(path: str, text: str, nth: int = 1) -> Span:
    """The span of the nth occurrence of some text."""
    start = -1
    for _ in range(nth):
        start = FILES[path].encode().index(text.encode(), start + 1)
    return source(path).span(start, start + len(text.encode()))


def abandoned_send() -> Finding:
    go = FILES[PEER][FILES[PEER].index("go func") : FILES[PEER].index("}()") + 3]
    make = span(PEER, "make(chan int)")
    inside = source(PEER).span(make.end - 1, make.end - 1)
    return Finding(
        rule="GL202",
        message="The send on c never ends if (*Peer[K]).start returns first. It waits in `select {}`",
        span=span(PEER, "c <- slow()"),
        severity=Severity.WARNING,
        confidence=Confidence.MEDIUM,
        package="example.org/node/net",
        function="(*Peer[K]).start",
        steps=(
            Step(make, "c is made here, without a buffer", StepKind.ACQUIRE),
            Step(span(PEER, go), "the goroutine starts", StepKind.SPAWN),
            Step(span(PEER, "slow()"), "the value is computed", StepKind.CALL, thread=1),
            Step(span(PEER, "return errClosed"), "start returns without receiving", StepKind.EXIT),
            Step(span(STORE, "return nil"), "and nobody else receives", StepKind.OTHER),
            Step(span(PEER, "c <- slow()"), "the send waits for ever", StepKind.BLOCKED, thread=1),
        ),
        mend="Give c a buffer of one.",
        fixes=(Fix("Give the channel a buffer", (Edit(inside, ", 1"), Edit(span(PEER, "errClosed"), "")), safe=False),),
    )


def open_iterator() -> Finding:
    return Finding(
        rule="GL406",
        message="The iterator it is never closed.",
        span=span(STORE, "it := db.NewIterator()"),
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        package="example.org/node",
        function="read",
        resource="badger.Iterator",
    )


def ignored() -> Suppression:
    text = "//goleaklint:ignore GL406 -- closed by the caller"
    return Suppression(span(STORE, text), text, ("GL406",), "closed by the caller", 4, 4)


def sample_report(cwd: Path) -> Report:
    return Report(
        findings=(abandoned_send(),),
        notifications=(
            Notification("GL900", "not valid UTF-8 at byte {7}", "broken file.go", 3),
            Notification("GL901", "GL406 failed on read: KeyError('x')"),
        ),
        rules={"GL406": rule("GL406", "iterator-not-released"), "GL202": rule("GL202", "abandoned-send")},
        sources=source,
        cwd=cwd,
        suppressed=((open_iterator(), ignored()),),
        statistics={"files": 2, "milliseconds": 17},
    )


def empty_report(cwd: Path) -> Report:
    return Report((), (), {"GL202": rule("GL202", "abandoned-send")}, source, cwd)


def rendered(report: Report, *, include_suppressed: bool = False) -> dict[str, Any]:
    """The log of a report, read back."""
    log: dict[str, Any] = json.loads(render(report, include_suppressed=include_suppressed))
    return log


def validated_run(report: Report, *, include_suppressed: bool = False) -> dict[str, Any]:
    """The only run of a report's log, which is valid."""
    log = rendered(report, include_suppressed=include_suppressed)
    VALIDATOR.validate(log)
    assert len(log["runs"]) == 1
    run: dict[str, Any] = log["runs"][0]
    return run


def objects(value: object) -> Iterator[dict[str, Any]]:
    """Every JSON object in a value, outer ones first."""
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from objects(part)
    elif isinstance(value, list):
        for part in value:
            yield from objects(part)


def git(directory: Path, *arguments: str) -> str:
    """What a git command prints, run apart from the hook that the tests may run in."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=directory, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()
