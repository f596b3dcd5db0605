"""Reports of several runs in, as files; one report as if of one run out."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from goleaklint.files.text import SourceText
from goleaklint.findings.order import notification_order, report_order
from goleaklint.findings.tool_rules import TOOL_RULES
from goleaklint.model import Confidence, RuleInfo, Severity
from goleaklint.reports.old_report import ForeignReportError, OldReport, Written
from goleaklint.reports.provenance import read_provenance
from goleaklint.reports.reading_back import read_report
from goleaklint.reports.report import Report
from goleaklint.rules._registry import load_rules
from goleaklint.toml_source import Mistake, MistakesError

_BY_RULE = "findings GL"


def merge(paths: Sequence[str], cwd: Path) -> Report:
    """The findings of all reports, each once. Source text is read from `cwd`, as far as it lies there.

    Raises MistakesError with every file that is no report of goleaklint, and where their versions differ; OSError for a
    file that cannot be read.
    """
    reports = _read(paths, cwd)
    joined = _joined(reports)
    open_ = [each for each in joined if each.suppression is None and not each.known]
    suppressed = [(each, each.suppression) for each in joined if each.suppression is not None]
    known = [each for each in joined if each.known and each.suppression is None]
    every = [*open_, *(each for each, _ in suppressed), *known]
    return Report(
        findings=tuple(each.finding for each in open_),
        notifications=tuple(sorted({note for each in reports for note in each.notifications}, key=notification_order)),
        rules=_rules(joined),
        sources=lambda path: SourceText(path, (cwd / path).read_bytes().removeprefix(b"\xef\xbb\xbf")),
        cwd=cwd,
        suppressed=tuple((each.finding, suppression) for each, suppression in suppressed),
        tool_version=reports[0].version,
        statistics=_statistics(reports, open_),
        known=tuple(each.finding for each in known),
        compared=any(each.compared for each in reports),
        fingerprints=tuple(each.fingerprint for each in every),
    )


def _read(paths: Sequence[str], cwd: Path) -> list[OldReport]:
    root = read_provenance(cwd).root
    real = Path(os.path.realpath(cwd))

    def shown(uri: str) -> str:
        whole = Path(os.path.normpath(root / uri))
        return (whole.relative_to(real) if whole.is_relative_to(real) else whole).as_posix()

    reports: list[OldReport] = []
    mistakes: list[Mistake] = []
    for path in paths:
        try:
            reports.append(read_report((cwd / path).read_bytes(), shown))
        except ForeignReportError as error:
            mistakes.append(Mistake(path, 0, f"this file {error}"))
            continue
        if reports[-1].version != reports[0].version:
            message = f"written by goleaklint {reports[-1].version}, the first by {reports[0].version}; run one on all"
            mistakes.append(Mistake(path, 0, message))
    if mistakes:
        raise MistakesError(mistakes)
    return reports


def _joined(reports: Iterable[OldReport]) -> list[Written]:
    """Every finding once, in report order. One that a run calls new is new, whatever the others call it."""
    found: dict[tuple[str, str], Written] = {}
    for each in (written for report in reports for written in report.written):
        key = each.fingerprint, each.finding.span.path
        first = found.get(key)
        if first is None or _standing(each) < _standing(first):
            found[key] = each
    return sorted(found.values(), key=lambda each: report_order(each.finding))


def _standing(written: Written) -> tuple[bool, bool]:
    return written.suppression is not None, written.known


def _rules(written: Iterable[Written]) -> Mapping[str, RuleInfo]:
    """All rules of this goleaklint, and a name for those of plug-ins that are not installed here."""
    rules = {rule_id: each.info for rule_id, each in load_rules().items()} | dict(TOOL_RULES)
    for each in written:
        rule, name = each.finding.rule, each.name or each.finding.rule
        if rule not in rules:
            rules[rule] = RuleInfo(rule, name, name, Severity.WARNING, Confidence.MEDIUM, "", name, "", "", "")
    return rules


def _statistics(reports: Sequence[OldReport], findings: Sequence[Written]) -> Mapping[str, int]:
    """The sums; nothing where a report has no numbers, since a part would be taken for the whole."""
    total: Counter[str] = Counter()
    for report in reports:
        if report.statistics is None:
            return {}
        total.update(report.statistics)
    by_rule = Counter(each.finding.rule for each in findings)
    others = {name: count for name, count in total.items() if name != "findings" and not name.startswith(_BY_RULE)}
    return {
        **others,
        "findings": len(findings),
        **{f"findings {rule}": count for rule, count in sorted(by_rule.items())},
    }
