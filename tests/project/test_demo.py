"""The demo is what its comments and the README say of it: Go that compiles, and leaks in just the places it names."""

import json
import re
import shutil
import subprocess

import pytest
from checkout import DEMO, ROOT, goleaklint

_VERDICT = re.compile(r"^// (\w+) (leaks|hangs|is right)\b", re.MULTILINE)


def test_reported_are_the_functions_whose_comments_say_that_they_leak() -> None:
    verdicts = [found for file in DEMO.glob("*.go") for found in _VERDICT.findall(file.read_text(encoding="utf-8"))]
    result = goleaklint("check", "--format", "json", "./...", cwd=DEMO)
    assert result.returncode == 1, result.stderr
    names = (re.sub(r"\.func\d.*", "", finding["function"]) for finding in json.loads(result.stdout)["findings"])
    reported = [name.split(".")[-1] for name in names]
    assert sorted(reported) == sorted(name for name, verdict in verdicts if verdict != "is right")
    assert sum(verdict == "is right" for _, verdict in verdicts) >= 4


def test_readme_shows_a_finding_of_the_demo_and_the_summary() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"^```text\n(.*?)\n\n([^\n]*)\n```$", readme, re.MULTILINE | re.DOTALL)
    assert shown is not None
    printed = goleaklint("check", "./...", cwd=DEMO).stdout
    assert f"{shown[1]}\n" in printed
    assert printed.endswith(f"\n{shown[2]}\n")


@pytest.mark.go
@pytest.mark.skipif(shutil.which("go") is None, reason="there is no go command on PATH")
@pytest.mark.parametrize("command", [("gofmt", "-l", "."), ("go", "vet", "./...")])
def test_go_has_nothing_to_say_about_the_demo(command: tuple[str, ...]) -> None:
    result = subprocess.run(command, cwd=DEMO, capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
