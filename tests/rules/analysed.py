"""All Go fixtures, analysed once: what a user is shown of them, by file, out."""

from collections import defaultdict
from functools import cache
from pathlib import Path

from goleaklint.config import Config
from goleaklint.files.discovery import select
from goleaklint.files.selection import Selection
from goleaklint.findings.tool_rules import TOOL_RULES
from goleaklint.model import Finding
from goleaklint.pipeline.batch import BatchResult
from goleaklint.pipeline.finishing import finished
from goleaklint.pipeline.run import directories
from goleaklint.pipeline.workers import analyse_all
from goleaklint.rules._registry import load_rules

TESTDATA = Path(__file__).parents[2] / "testdata"
FILES = sorted(TESTDATA.glob("GL*/*.go"))


@cache
def findings(*, pedantic: bool = False) -> dict[str, list[Finding]]:
    """What is found in all fixtures, by path below testdata."""
    selection, analysed = _analysed()
    rules = {rule_id: rule.info for rule_id, rule in load_rules().items()} | dict(TOOL_RULES)
    found = finished(analysed, selection, directories(selection), TESTDATA, Config(pedantic=pedantic), rules)
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for finding in found.outcome.findings:
        by_path[finding.span.path].append(finding)
    return by_path


@cache
def _analysed() -> tuple[Selection, BatchResult]:
    selection = select(sorted({f"./{file.parent.name}" for file in FILES}), cwd=TESTDATA)
    return selection, analyse_all(directories(selection), selection, Config(), jobs=1)
