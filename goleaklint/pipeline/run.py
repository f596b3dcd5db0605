"""Patterns and settings in; findings, notifications and an account of every file out."""

import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from goleaklint.config import Config
from goleaklint.files.discovery import select
from goleaklint.files.patterns import StandardInput
from goleaklint.files.selection import Selection
from goleaklint.findings.steps import Outcome, finish
from goleaklint.findings.tool_rules import TOOL_RULES
from goleaklint.model import Notification, RuleInfo
from goleaklint.pipeline.batch import BatchResult, Directory
from goleaklint.pipeline.crashes import crash_notifications
from goleaklint.pipeline.sources import Sources
from goleaklint.pipeline.workers import analyse_all, available_cores, own_module_cache
from goleaklint.rules._registry import load_rules


@dataclass(frozen=True, slots=True)
class Request:
    """What one run is asked to do. `jobs` is the number of processes; 0 means one for each core at hand."""

    patterns: tuple[str, ...]
    cwd: Path
    config: Config
    jobs: int = 0
    force_exclude: bool = False
    stdin: StandardInput | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one run found. `rules` are those that ran, and the tool's own.

    `timings` are wall seconds of the run's parts, one after the other; `work` those of the parts of the analysis, added
    up over all processes.
    """

    outcome: Outcome
    notifications: tuple[Notification, ...]
    rules: Mapping[str, RuleInfo]
    sources: Sources
    statistics: Mapping[str, int]
    timings: Mapping[str, float]
    work: Mapping[str, float]
    hints: tuple[str, ...] = field(default=())
    nothing_to_read: bool = False


def run(request: Request) -> Result:
    """Analyse what the patterns mean. Raises PatternError, MistakesError (packs) and RuleError (plug-ins)."""
    clock = _Clock()
    config = request.config
    selection = select(
        request.patterns,
        cwd=request.cwd,
        tests=config.tests,
        modules=config.modules.value,
        excluded=config.excludes,
        force_exclude=request.force_exclude,
        stdin=request.stdin,
    )
    clock.lap("select files")
    rules = load_rules()
    every = {rule_id: rule.info for rule_id, rule in rules.items()} | dict(TOOL_RULES)
    running = {rule_id: info for rule_id, info in every.items() if config.selects(rule_id) or rule_id in TOOL_RULES}
    jobs = request.jobs or available_cores()
    analysed = analyse_all(directories(selection), selection.modules, config, jobs, own_module_cache())
    clock.lap("analyse")
    reported = {file.path for file in selection.files if file.reported}
    outcome = finish(analysed.findings, analysed.suppressions, analysed.mistakes, config, every, reported.__contains__)
    crashed = crash_notifications(analysed.crashes)
    clock.lap("finish")
    return Result(
        outcome,
        tuple(sorted((*selection.notifications, *analysed.notifications, *crashed), key=_order)),
        running,
        Sources(selection.files, request.cwd),
        statistics(selection, analysed, outcome),
        clock.laps,
        dict(sorted(analysed.timings.items())),
        (*selection.hints, *_module_hints(selection)),
        not selection.files and not selection.skipped,
    )


def directories(selection: Selection) -> list[Directory]:
    """The files by directory: files of one package are analysed together."""
    groups: dict[str, Directory] = {}
    for file in selection.files:
        directory = str(Path(file.absolute).parent)
        if directory not in groups:
            groups[directory] = Directory(directory, file.package, selection.modules.get(file.module), [])
        groups[directory].files.append(file)
    return [groups[directory] for directory in sorted(groups)]


def statistics(selection: Selection, analysed: BatchResult, outcome: Outcome) -> dict[str, int]:
    """Every .go file below the patterns in exactly one row, then what was done with those that were analysed."""
    skipped = {f"files skipped: {reason}": count for reason, count in sorted(selection.skipped.items())}
    files = analysed.files
    found = Counter(finding.rule for finding in outcome.findings)
    return {
        "files": len(selection.files) + sum(selection.skipped.values()),
        **{f"files {name}": files[name] for name in ("analysed", "analysed in part", "not analysed")},
        "files skipped: generated": files["generated"],
        **skipped,
        "modules": len(selection.modules),
        "packages": analysed.counts["packages"],
        "functions": analysed.counts["functions"],
        "functions read": analysed.counts["functions read"],
        "functions with syntax errors": analysed.counts["functions with syntax errors"],
        "forms not supported": analysed.counts["forms not supported"],
        **{f"calls not known: {reason}": count for reason, count in sorted(analysed.unknown.items())},
        "findings": len(outcome.findings),
        **{f"findings {rule}": count for rule, count in sorted(found.items())},
        "findings suppressed": len(outcome.suppressed),
    }


def _module_hints(selection: Selection) -> tuple[str, ...]:
    return tuple(
        f"no go.mod gives the path of the module in {module.directory}: taken to be {module.path}, "
        f"and its Go version to be {module.go_version or 'older than 1.13'}"
        for module in selection.modules.values()
        if module.inferred
    )


def _order(notification: Notification) -> tuple[str, int, str, str]:
    return notification.path, notification.line, notification.rule, notification.message


class _Clock:
    """Wall seconds between one lap and the next."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = now - self._last
        self._last = now
