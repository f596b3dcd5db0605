"""Runs Microsoft's validator, with GitHub's rules, over whole reports."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sarif_sample import empty_report, git, sample_report

from goleaklint.reports.report import Report
from goleaklint.reports.sarif import render

MULTITOOL = os.environ.get("GOLEAKLINT_SARIF_MULTITOOL", "")

OPTIONS = ("--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note", "--log", "ForceOverwrite")

# SARIF2006: an address cannot be reached, as none can offline. SARIF2013: sources are not embedded, for their size.
UNAVOIDABLE = {"SARIF2006", "SARIF2013"}


@pytest.mark.skipif(not MULTITOOL, reason="GOLEAKLINT_SARIF_MULTITOOL does not name the validator's binary")
@pytest.mark.parametrize("make", [empty_report, sample_report])
@pytest.mark.parametrize("in_repository", [True, False])
def test_validator_has_nothing_to_say(tmp_path: Path, make: Callable[[Path], Report], in_repository: bool) -> None:
    tree = tmp_path / "tree"
    tree.mkdir()
    if in_repository:
        for command in (("init", "--quiet"), ("remote", "add", "origin", "git@example.org:a/b.git")):
            git(tree, *command)
    written, verdict = tmp_path / "report.sarif", tmp_path / "verdict.sarif"
    written.write_text(render(make(tree), include_suppressed=True), encoding="utf-8")
    subprocess.run(
        [MULTITOOL, "validate", str(written), *OPTIONS, "-o", str(verdict)],
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        check=True,
        capture_output=True,
    )
    results = json.loads(verdict.read_text(encoding="utf-8-sig"))["runs"][0]["results"]
    # SARIF2003: the repository is not named.
    unavoidable = UNAVOIDABLE if in_repository else UNAVOIDABLE | {"SARIF2003"}
    assert [(result["ruleId"], result["level"]) for result in results if result["ruleId"] not in unavoidable] == []
