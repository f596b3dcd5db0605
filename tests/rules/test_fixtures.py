"""Every Go file below testdata/GLnnn is analysed as a user would, and has to come out as its marks say."""

import re
import shutil
import subprocess
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from expect import complaints, marks

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


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_findings_are_as_marked(file: Path) -> None:
    path = file.relative_to(TESTDATA).as_posix()
    assert list(complaints(marks(file), findings()[path])) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_function_named_ok_has_no_want(file: Path) -> None:
    inside = re.compile(r"^func (?:\([^)]*\) )?(ok\w*)|^\}", re.MULTILINE)
    current = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        match = inside.match(line)
        if match:
            current = match[1] or ""
        if current and number in {mark.line for mark in marks(file)}:
            pytest.fail(f"line {number}: {current} is marked, though its name says that nothing leaks")


def test_each_rule_has_six_firing_and_six_silent_functions() -> None:
    lacking = []
    for folder in sorted(TESTDATA.glob("GL*")):
        text = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.go"))
        firing, silent = (
            len(re.findall(r"// want", text)),
            len(re.findall(r"^func (?:\([^)]*\) )?ok", text, re.MULTILINE)),
        )
        if min(firing, silent) < 6:
            lacking.append(f"{folder.name}: {firing} firing, {silent} silent")
    assert lacking == []


def test_fixtures_are_formatted_and_pass_vet() -> None:
    if shutil.which("go") is None or shutil.which("gofmt") is None:
        pytest.skip("no Go toolchain here")
    unformatted = subprocess.run(["gofmt", "-l", *map(str, FILES)], capture_output=True, text=True, check=True).stdout
    assert unformatted == ""
    vet = subprocess.run(["go", "vet", "./..."], cwd=TESTDATA, capture_output=True, text=True, check=False)
    assert vet.returncode == 0, vet.stderr
