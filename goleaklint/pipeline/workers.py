"""Directories in, their results joined in the order of the directories out: in this process or in several."""

import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from goleaklint.config import Config
from goleaklint.knowledge import load_knowledge
from goleaklint.pipeline.batch import BatchResult, Directory, Stage, analyse
from goleaklint.rules._registry import load_rules

BATCH_BYTES = 400_000
"""Source per task: large enough (50 ms) that handing it over does not count, small enough to share out evenly."""

WORTH_A_PROCESS = 1_500_000
"""Starting a process costs as much as analysing some 200 KB; below this many bytes of source one does it all."""

RECURSION = 10_000
"""Python frames. Walks over syntax are recursive and syntax is at most `MAX_DEPTH` (500) deep, at up to four frames a
level in each of a few nested walks."""

_stage: Stage | None = None


def analyse_all(directories: list[Directory], config: Config, jobs: int) -> BatchResult:
    """Analyse the directories in up to `jobs` processes. The result does not depend on how many."""
    prepare(config)
    sizes = [sum(_size(file.absolute, file.data) for file in directory.files) for directory in directories]
    if jobs == 1 or sum(sizes) < WORTH_A_PROCESS:
        return _joined(work(batch) for batch in ([directory] for directory in directories))
    import multiprocessing  # 18 ms, and not wanted for a small run

    # Forked workers have the rules and packs already; elsewhere than on Linux forking is not safe.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=prepare, initargs=(config,)) as pool:
        return _joined(pool.map(work, batches(directories, sizes)))


def prepare(config: Config) -> None:
    """Load rules and packs once per process. Raises MistakesError and RuleError."""
    global _stage
    sys.setrecursionlimit(max(RECURSION, sys.getrecursionlimit()))
    rules = tuple(rule for rule_id, rule in load_rules().items() if config.selects(rule_id))
    _stage = Stage(rules, load_knowledge(config.packs), config.go_version)


def work(batch: list[Directory]) -> BatchResult:
    """The joined result of some directories."""
    if _stage is None:
        raise AssertionError("the process was not prepared")
    return _joined(analyse(directory, _stage) for directory in batch)


def batches(directories: list[Directory], sizes: list[int]) -> list[list[Directory]]:
    """Directories in order, cut where enough source has come together."""
    found: list[list[Directory]] = []
    room = 0
    for directory, size in zip(directories, sizes, strict=True):
        if room <= 0:
            found.append([])
            room = BATCH_BYTES
        found[-1].append(directory)
        room -= size
    return found


def _joined(results: Iterable[BatchResult]) -> BatchResult:
    whole = BatchResult()
    for result in results:
        whole.add(result)
    return whole


def _size(path: str, data: bytes | None) -> int:
    if data is not None:
        return len(data)
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0
