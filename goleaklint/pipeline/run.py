"""Patterns and settings in; findings, notifications and an account of every file out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from goleaklint.config import Config
from goleaklint.files.discovery import select
from goleaklint.files.patterns import StandardInput
from goleaklint.files.selection import Selection
from goleaklint.findings.baseline import read_baseline
from goleaklint.findings.order import notification_order
from goleaklint.findings.steps import Outcome
from goleaklint.findings.tool_rules import TOOL_RULES
from goleaklint.model import Finding, Notification, RuleInfo
from goleaklint.pipeline.batch import BatchResult, Directory
from goleaklint.pipeline.crashes import crash_notifications
from goleaklint.pipeline.finishing import Known, finished, set_apart
from goleaklint.pipeline.shards import Shard, dealt
from goleaklint.pipeline.since import Since
from goleaklint.pipeline.sources import Sources
from goleaklint.pipeline.timing import Clock
from goleaklint.pipeline.workers import analyse_all, available_cores, own_module_cache, source_bytes
from goleaklint.rules._registry import load_rules

if TYPE_CHECKING:
    from goleaklint.pipeline.revisions import Change


@dataclass(frozen=True, slots=True)
class Request:
    """What one run is asked to do. `jobs` is the number of processes; 0 means one for each core at hand.

    With `since`, only what is new since a revision is reported; with `shard`, only what one part of the packages holds.
    """

    patterns: tuple[str, ...]
    cwd: Path
    config: Config
    jobs: int = 0
    force_exclude: bool = False
    stdin: StandardInput | None = None
    since: Since | None = None
    shard: Shard | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one run found. `rules` are those that ran, and the tool's own.

    `fingerprints` are those of the outcome's findings, of the suppressed ones and of the known ones. `compared` tells
    that findings could have been set apart as known. `paths` are those of the files that were looked at.
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
    fingerprints: tuple[str, ...] = ()
    compared: bool = False
    paths: frozenset[str] = frozenset()


def run(request: Request) -> Result:
    """Analyse what the patterns mean.

    Raises PatternError, MistakesError (packs, baseline), RuleError (plug-ins) and RevisionError.
    """
    clock = Clock()
    config = request.config
    baseline = read_baseline(Path(config.baseline)) if config.baseline else ()
    rules = load_rules()
    every = {rule_id: rule.info for rule_id, rule in rules.items()} | dict(TOOL_RULES)
    running = {rule_id: info for rule_id, info in every.items() if config.selects(rule_id) or rule_id in TOOL_RULES}
    selection = _select(request, request.patterns, request.cwd)
    change = None
    if request.since is not None:
        from goleaklint.pipeline.revisions import change_since  # starts processes, which most runs do not

        change = change_since(request.since, selection, request.cwd, tests=config.tests)
        selection = change.narrowed(selection)
    clock.lap("select files")
    shares = _shares(directories(selection), request.shard)
    analysed = analyse_all(shares, selection, config, request.jobs or available_cores(), own_module_cache())
    clock.lap("analyse")
    found = finished(analysed, selection, shares, request.cwd, config, every)
    clock.lap("finish")
    known = [Known("in the baseline", frozenset(entry.fingerprint for entry in baseline))] if config.baseline else []
    if change is not None:
        known.append(_known_before(change, request, found.outcome.findings, every))
        clock.lap("compare")
    outcome, fingerprints, counts, hints = set_apart(found, known)
    crashed = crash_notifications(analysed.crashes)
    accounted = _accounted(selection, shares, request.shard)
    return Result(
        outcome,
        tuple(sorted((*selection.notifications, *analysed.notifications, *crashed), key=notification_order)),
        running,
        found.sources,
        statistics(accounted, analysed, outcome) | counts,
        clock.laps,
        dict(sorted(analysed.timings.items())),
        (*selection.hints, *_module_hints(selection), *hints),
        not selection.files and not selection.skipped,
        fingerprints,
        bool(known),
        frozenset(file.path for file in accounted.files),
    )


def _select(request: Request, patterns: tuple[str, ...], cwd: Path) -> Selection:
    config = request.config
    return select(
        patterns,
        cwd=cwd,
        tests=config.tests,
        modules=config.modules.value,
        excluded=config.excludes,
        force_exclude=request.force_exclude,
        stdin=request.stdin if "-" in patterns else None,
    )


def _shares(found: list[Directory], shard: Shard | None) -> list[Directory]:
    """The directories, of which only those of the shard are to be checked."""
    if shard is None:
        return found
    own = dealt(found, [source_bytes(each) for each in found], shard)
    return [replace(each, checked=each.path in own) for each in found]


def _known_before(change: "Change", request: Request, now: Sequence[Finding], rules: Mapping[str, RuleInfo]) -> Known:
    """What was found at the old revision in the packages in which something is found now."""
    what = f"from before {change.since.revision}" if change.since.merge_base else f"in {change.since.revision} already"
    packages = {each.package for each in now}
    if not packages:
        return Known(what, frozenset())
    # What standard input stands for lies on the old disk.
    stdin = request.stdin.path if request.stdin is not None else ""
    patterns = [stdin if pattern == "-" else pattern for pattern in request.patterns]
    with change.before(patterns, request.cwd, lambda names, cwd: _select(request, names, cwd)) as selection:
        old = [replace(each, checked=each.package in packages) for each in directories(selection)]
        jobs = request.jobs or available_cores()
        analysed = analyse_all(old, selection, request.config, jobs, own_module_cache())
        found = finished(analysed, selection, old, request.cwd, request.config, rules)
        gaps = len(analysed.notifications) + len(analysed.crashes)
        return Known(what, frozenset(found.fingerprints[: len(found.outcome.findings)]), gaps)


def _accounted(selection: Selection, shares: Sequence[Directory], shard: Shard | None) -> Selection:
    """The part of the selection that a run accounts for: the sum over all shards is what one run would say."""
    if shard is None:
        return selection
    own = tuple(file for each in shares if each.checked for file in each.files)
    if shard.number == 1:
        return replace(selection, files=own)
    return replace(selection, files=own, skipped={}, modules={})


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
