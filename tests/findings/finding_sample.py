"""Findings, suppressions and choices made by hand, with as little said as a test needs."""

from collections.abc import Mapping
from dataclasses import dataclass

from goleaklint.findings.tool_rules import TOOL_RULES
from goleaklint.model import (
    Confidence,
    Finding,
    RuleInfo,
    Severity,
    Span,
    Step,
    StepKind,
    Suppression,
)


def rule(rule_id: str, name: str, severity: Severity = Severity.ERROR) -> RuleInfo:
    return RuleInfo(rule_id, name, "", severity, Confidence.HIGH, "0.1", "", "", "", "")


RULES: Mapping[str, RuleInfo] = {
    info.id: info
    for info in (
        rule("GL101", "goroutine-never-exits"),
        rule("GL202", "abandoned-send"),
        rule("GL203", "abandoned-receive"),
        rule("GL305", "pool-holds-oversized", Severity.NOTE),
        rule("GL401", "file-not-closed", Severity.WARNING),
        *TOOL_RULES.values(),
    )
}


def span(line: int, column: int = 1, path: str = "a.go") -> Span:
    """One character; offsets are such that each line is 100 bytes long."""
    start = line * 100 + column
    return Span(path, line, column, line, column + 1, start, start + 1)


def step(line: int, kind: StepKind = StepKind.OTHER, *, path: str = "a.go", message: str = "here") -> Step:
    return Step(span(line, path=path), message, kind)


def finding(
    rule_id: str,
    line: int,
    column: int = 1,
    *,
    path: str = "a.go",
    message: str = "It leaks.",
    severity: Severity = Severity.ERROR,
    confidence: Confidence = Confidence.HIGH,
    function: str = "f",
    steps: tuple[Step, ...] = (),
) -> Finding:
    return Finding(rule_id, message, span(line, column, path), severity, confidence, "example.com/p", function, steps)


def suppression(
    *rules: str,
    lines: tuple[int, int],
    at: int | None = None,
    reason: str = "why",
    text: str = "//goleaklint:ignore",
    path: str = "a.go",
    whole_file: bool = False,
    general: bool = False,
) -> Suppression:
    """A comment in line `at`, in a column where no finding starts; the line before the covered ones by default."""
    place = span(lines[0] - 1 if at is None else at, 50, path)
    return Suppression(place, text, rules, reason, *lines, whole_file=whole_file, general=general)


@dataclass(frozen=True)
class Wish:
    """A choice as the settings of a run make it; `ignored` and `here` hold ids, the latter for b.go only."""

    select: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    here: tuple[str, ...] = ()
    pedantic: bool = False
    confidence: Confidence | None = None

    def selects(self, rule: str) -> bool:
        return (not self.select or rule.startswith(self.select)) and rule not in self.ignored

    def ignores_at(self, rule: str, path: str) -> bool:
        return path == "b.go" and rule in self.here
