"""Cases in; out come the verdicts on them, found by several processes at once."""

import multiprocessing
import subprocess
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.reported import Reported

from .analysis import report_package
from .cases import Case
from .export import exported
from .scoring import AnalysisError, Tree, Verdict, judge


@dataclass(frozen=True, slots=True)
class Places:
    """Where the clones are, where trees are kept, and how many seconds one analysis may take."""

    mirror: Path
    work: Path
    seconds: int


def run_cases(cases: Sequence[Case], places: Places, jobs: int) -> list[Verdict]:
    """The verdicts on the cases, in their order, found by so many processes."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(jobs, max(1, len(cases))), mp_context=context) as pool:
        return list(pool.map(partial(verdict, places), cases))


def verdict(places: Places, case: Case) -> Verdict:
    """The verdict on one case."""
    return judge(case, _tree(places, case, case.before), _tree(places, case, case.fix))


def _tree(places: Places, case: Case, sha: str) -> Tree:
    def export() -> Path:
        try:
            return exported(places.mirror, places.work, case.repo, sha, case.directory)
        except subprocess.CalledProcessError as problem:
            raise AnalysisError(f"git: {problem.stderr.decode('utf-8', 'replace').strip()}") from problem

    def report() -> list[Reported]:
        return report_package(export(), case.directory, places.seconds)

    def text() -> str:
        file = export() / case.file
        return file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""

    return Tree(report, text)
