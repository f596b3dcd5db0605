"""The places goleaklint is used in: GitHub's action and workflows, pre-commit's hooks, and what is said of them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import DEMO, ROOT

from goleaklint.version import __version__

ACTION = (ROOT / "action.yml").read_text(encoding="utf-8")
CI = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
WORKFLOWS = sorted([*(ROOT / ".github" / "workflows").glob("*.yml"), *(ROOT / "docs" / "examples").glob("*.yml")])

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts of the action are run by bash")


def script(step: str) -> str:
    """The script of a step of the action, named by its id."""
    text = ACTION.split(f"\n      id: {step}\n", 1)[1]
    found = re.search(r"^      run: \|\n((?:(?: {8}.*)?\n)+)", text, re.MULTILINE)
    assert found is not None
    return "".join(line.removeprefix("        ") for line in found[1].splitlines(keepends=True))


def names_in(section: str) -> list[str]:
    """The keys one level below a key of the action."""
    return re.findall(r"^  ([a-z-]+):$", ACTION.split(f"\n{section}:\n", 1)[1].split("\n\n", 1)[0], re.MULTILINE)


def run_check(cwd: Path, temp: Path, **inputs: str) -> dict[str, str]:
    """Run the step that looks for leaks, as the runner does; its outputs, and the log and the summary."""
    temp.mkdir(exist_ok=True)
    program = temp / "goleaklint"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m goleaklint "$@"\n')
    program.chmod(0o755)
    known = dict.fromkeys(("PATTERNS", "ARGS", "FAIL_ON", "CATEGORY", "ONLY_NEW", "BASE"), "")
    files = {"GITHUB_OUTPUT": str(temp / "output"), "GITHUB_STEP_SUMMARY": str(temp / "summary")}
    files["GITHUB_WORKSPACE"] = str(cwd)
    own = {"BIN": str(temp), "RUNNER_TEMP": str(temp), "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **files}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script("check")]
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **known, **own, **inputs}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    outputs = dict(line.split("=", 1) for line in (temp / "output").read_text().splitlines())
    summary = temp / "summary"
    return {**outputs, "log": done.stdout, "summary": summary.read_text() if summary.exists() else ""}


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """A copy of the demo, which leaks."""
    return shutil.copytree(DEMO, tmp_path / "demo")


def test_the_action_reports_in_three_places_and_keeps_the_exit_code(demo: Path, tmp_path: Path) -> None:
    done = run_check(demo, tmp_path / "temp", PATTERNS="./...", CATEGORY="demo")
    assert done["exit-code"] == "1"
    assert "::error file=" in done["log"]
    assert done["summary"].startswith("### goleaklint: ")
    assert '"id": "demo/"' in Path(done["sarif-file"]).read_text()


def test_inputs_of_the_action_reach_the_command_as_words(demo: Path, tmp_path: Path) -> None:
    (demo / "*").touch()
    harmless = run_check(demo, tmp_path / "temp", PATTERNS=".\n", ARGS="--ignore GL --exclude *")
    assert harmless["exit-code"] == "0"
    assert (
        run_check(demo, tmp_path / "other", PATTERNS="$(touch run) ;touch run", ARGS="`touch run`")["exit-code"] == "2"
    )
    assert not (demo / "run").exists()


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git on PATH")
def test_in_a_pull_request_the_action_reports_what_is_new(demo: Path, tmp_path: Path) -> None:
    part = (demo / "part.go").read_text(encoding="utf-8")
    (demo / "part.go").unlink()
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@x.example"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run([*git, *arguments], cwd=demo, check=True)
    (demo / "part.go").write_text(part, encoding="utf-8")
    base = subprocess.run([*git, "rev-parse", "HEAD"], cwd=demo, check=True, capture_output=True, text=True).stdout
    done = run_check(demo, tmp_path / "temp", PATTERNS="./...", ONLY_NEW="true", BASE=base.strip())
    assert (done["exit-code"], done["partial"]) == ("1", "true")
    assert set(re.findall(r"::(?:error|warning) file=(\w+\.go)", done["log"])) == {"part.go"}
    # Outside of pull requests there is no base, and everything is reported and uploaded.
    assert run_check(demo, tmp_path / "other", PATTERNS="./...", ONLY_NEW="true")["partial"] == "false"


def test_a_run_that_fails_leaves_no_report_of_an_earlier_one(demo: Path, tmp_path: Path) -> None:
    run_check(demo, tmp_path / "temp", PATTERNS="./...")
    (tmp_path / "temp" / "output").unlink()
    done = run_check(demo, tmp_path / "temp", PATTERNS="./none")
    assert done["exit-code"] == "2"
    assert "sarif-file" not in done


def test_the_report_is_uploaded_before_the_action_fails() -> None:
    upload, fail = ACTION.index("codeql-action/upload-sarif@"), ACTION.index('run: exit "$EXIT_CODE"')
    assert ACTION.index("id: check") < upload < fail
    for text in re.findall(r"^      run: (?:\|\n(?:(?: {8}.*)?\n)+|.*)", ACTION, re.MULTILINE):
        assert "${{" not in text


@pytest.mark.parametrize("file", [ROOT / "action.yml", *WORKFLOWS], ids=lambda file: file.name)
def test_actions_of_others_are_pinned(file: Path) -> None:
    used = re.findall(r"uses: (\S+)(.*)", file.read_text(encoding="utf-8"))
    others = [use for use in used if not use[0].startswith("goleaklint/")]
    assert used
    assert [
        name for name, said in others if not re.search(r"@[0-9a-f]{40}$", name) or not said.startswith(" # v")
    ] == []
    # One version of each action everywhere.
    for name, _ in others:
        action = name.partition("@")[0]
        assert all(name in other for other in all_uses() if other.startswith(f"{action}@"))


def all_uses() -> set[str]:
    files = [ROOT / "action.yml", *WORKFLOWS]
    return {name for file in files for name in re.findall(r"uses: (\S+)", file.read_text(encoding="utf-8"))}


def test_every_input_of_the_action_is_described() -> None:
    inputs = names_in("inputs")
    assert len(inputs) == 8
    assert re.findall(r"^\| `([a-z-]+)` \|", CI, re.MULTILINE) == inputs


def test_hooks_are_those_that_are_described() -> None:
    hooks = re.findall(r"^- id: (\S+)$", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"- id: (goleaklint[a-z-]*)", CI)) == set(hooks) == {"goleaklint", "goleaklint-all"}


def test_versions_that_are_named_are_this_one() -> None:
    pages = [CI, (ROOT / "docs" / "getting-started.md").read_text(encoding="utf-8")]
    named = [found for page in pages for found in re.findall(r"goleaklint(?:@v|==)([0-9][\w.]*)|rev: v(\S+)", page)]
    assert named
    assert {one or other for one, other in named} == {__version__}


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
