"""Every Go file below testdata/GLnnn is analysed as a user would, and has to come out as its marks say."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from analysed import FILES, TESTDATA, findings
from expect import complaints, marks
from fixture_runs import toolchain
from go_fixtures import functions

from goleaklint.rules._registry import load_rules

RIGHT_IN_FIXTURES = {
    "lostcancel": "GL603 is about it",
    "waitgroup": "GL210 is about it",
}
"""Checks of `go vet` that complain about leaks, and why the fixtures have those."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_findings_are_as_marked(file: Path) -> None:
    path = file.relative_to(TESTDATA).as_posix()
    assert list(complaints(marks(file), findings()[path])) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_what_is_named_ok_has_no_mark(file: Path) -> None:
    assert [each.full_name for each in functions(file) if each.is_ok and each.marks] == []


def test_each_rule_has_six_firing_and_six_silent_functions() -> None:
    lacking = []
    for rule in load_rules(plugins=False):
        text = "".join(file.read_text(encoding="utf-8") for file in TESTDATA.glob(f"**/{rule}/*.go"))
        firing, silent = (
            len(re.findall(rf"// want {rule}", text)),
            len(re.findall(r"^func (?:\([^)]*\) )?ok", text, re.MULTILINE)),
        )
        if min(firing, silent) < 6:
            lacking.append(f"{rule}: {firing} firing, {silent} silent")
    assert lacking == []


@pytest.mark.go
def test_fixtures_are_formatted_and_pass_vet() -> None:
    go = toolchain()
    if go is None or shutil.which("gofmt") is None:
        pytest.skip("there is no Go 1.26 or newer on PATH")
    unformatted = subprocess.run(["gofmt", "-l", *map(str, FILES)], capture_output=True, text=True, check=True).stdout
    assert unformatted == ""
    words = [go.command, "vet", *(f"-{check}=false" for check in RIGHT_IN_FIXTURES), "./..."]
    vet = subprocess.run(words, cwd=TESTDATA, env=go.environment, capture_output=True, text=True, check=False)
    assert vet.returncode == 0, vet.stderr
