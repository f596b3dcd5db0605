"""What the analysis found in; findings in their final form, with their names and apart from what is known, out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from goleaklint.config import Config
from goleaklint.files.selection import Selection
from goleaklint.findings.baseline import without_known
from goleaklint.findings.steps import Outcome, finish
from goleaklint.model import RuleInfo
from goleaklint.pipeline.batch import BatchResult, Directory
from goleaklint.pipeline.sources import Sources
from goleaklint.reports.fingerprints import fingerprints


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of an analysis. `fingerprints` are those of its findings, then of the suppressed ones."""

    outcome: Outcome
    fingerprints: tuple[str, ...]
    sources: Sources


@dataclass(frozen=True, slots=True)
class Known:
    """Findings that are nothing new, by their fingerprints. `where` ends the sentence "12 findings are ...".

    `gaps` counts what could not be analysed when they were looked for.
    """

    where: str
    fingerprints: frozenset[str]
    gaps: int = 0


def finished(
    analysed: BatchResult,
    selection: Selection,
    directories: Sequence[Directory],
    cwd: Path,
    config: Config,
    rules: Mapping[str, RuleInfo],
) -> Found:
    """What the user is to see of an analysis."""
    reported = {file.path for file in selection.files if file.reported}
    outcome = finish(analysed.findings, analysed.suppressions, analysed.mistakes, config, rules, reported.__contains__)
    packages = {file.path: each.package for each in directories for file in each.files}
    # What is said of comments has no package yet; the fingerprint needs one, lest two packages share it.
    placed = (replace(each, package=each.package or packages.get(each.span.path, "")) for each in outcome.findings)
    outcome = replace(outcome, findings=tuple(placed))
    sources = Sources(selection.files, cwd)
    return Found(outcome, tuple(fingerprints(outcome.every_finding, sources)), sources)


def set_apart(found: Found, known: Sequence[Known]) -> tuple[Outcome, tuple[str, ...], dict[str, int], tuple[str, ...]]:
    """The outcome without what is known; the fingerprints of all its findings; counts and hints of what was left out.

    A finding that is known twice is counted where it is known first.
    """
    outcome = found.outcome
    named = dict(zip(outcome.every_finding, found.fingerprints, strict=True))
    counts: dict[str, int] = {}
    hints: list[str] = []
    for each in known:
        before = len(outcome.known)
        outcome = without_known(outcome, [named[finding] for finding in outcome.findings], each.fingerprints)
        count = len(outcome.known) - before
        counts[f"findings {each.where}"] = count
        if count:
            hints.append(f"{count} finding{' is' if count == 1 else 's are'} {each.where}")
        if each.gaps:
            hints.append(f"problems that may have hidden what is {each.where}: {each.gaps}; it is then taken for new")
    return outcome, tuple(named[finding] for finding in outcome.every_finding), counts, tuple(hints)
