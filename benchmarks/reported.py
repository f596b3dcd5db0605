"""A directory and a pattern in; out comes what goleaklint reports there, as rules and lines."""

import gc
from pathlib import Path
from typing import NamedTuple, TypeAlias

from goleaklint.config import Config
from goleaklint.pipeline.run import Request, run

Place: TypeAlias = tuple[str, int]
"""A file, relative to the directory that was analysed, and a line."""


class Reported(NamedTuple):
    """One finding: its rule, its primary place, and the places of its steps."""

    rule: str
    at: Place
    steps: tuple[Place, ...] = ()


def report(root: Path, pattern: str, *, tests: bool = False, jobs: int = 1) -> list[Reported]:
    """What a user sees who runs goleaklint with default settings in `root`."""
    result = run(Request((pattern,), root, Config(tests=tests), jobs=jobs))
    gc.collect()  # a run does without, and leaves much behind
    return [
        Reported(
            finding.rule,
            (finding.span.path, finding.span.line),
            tuple((step.span.path, step.span.line) for step in finding.steps),
        )
        for finding in result.outcome.findings
    ]
