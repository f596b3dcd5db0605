"""All Go fixtures, analysed once as a user would: the findings by file out."""

from collections import defaultdict
from functools import cache
from pathlib import Path

from goleaklint.config import Config
from goleaklint.model import Finding
from goleaklint.pipeline.run import Request, run

TESTDATA = Path(__file__).parents[2] / "testdata"
FILES = sorted(TESTDATA.glob("GL*/*.go"))


@cache
def findings() -> dict[str, list[Finding]]:
    """What is found in all fixtures, by path below testdata."""
    patterns = tuple(sorted({f"./{file.parent.name}" for file in FILES}))
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in run(Request(patterns, TESTDATA, Config(), jobs=1)).outcome.findings:
        by_path[finding.span.path].append(finding)
    return by_path
