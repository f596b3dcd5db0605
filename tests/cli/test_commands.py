"""`goleaklint rule`, `rules`, `show`, `--help` and `--version`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from command import goleaklint, module

from goleaklint.cli.group import COMMANDS
from goleaklint.cli.group import goleaklint as group
from goleaklint.version import __version__


def invoke(*arguments: str) -> tuple[int, str]:
    """Exit code and all that the command says, run in this process."""
    result = CliRunner().invoke(group, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["config", "schema"],
        ["config", "show"],
        ["config", "verify"],
        ["graph", "calls"],
        *([name] for name in COMMANDS),
    ],
)
def test_help(arguments: list[str]) -> None:
    code, text = invoke(*arguments, "--help")
    assert (code, text.startswith("Usage: ")) == (0, True)
    assert invoke(*arguments, "-h") == (code, text)


def test_help_names_every_command_and_exit_code() -> None:
    assert all(name in invoke("--help")[1] for name in COMMANDS)
    assert all(f"  {code}  " in invoke("check", "--help")[1] for code in range(4))


def test_the_version_and_wrong_commands(tmp_path: Path) -> None:
    assert goleaklint(tmp_path, "--version").out == f"goleaklint {__version__}\n"
    assert goleaklint(tmp_path).code == 2
    assert goleaklint(tmp_path, "chekc").code == 2
    assert goleaklint(tmp_path, "rule").code == 2


@pytest.mark.parametrize(
    ("written", "meant"), [("chek", "check"), ("explain", "rule"), ("lint", "check"), ("basline", "baseline")]
)
def test_a_command_that_there_is_not_is_told_by_its_right_name(written: str, meant: str) -> None:
    code, text = invoke(written, "GL202")
    assert (code, text.splitlines()[-1]) == (2, f"Error: No such command {written!r}. Did you mean {meant!r}?")


def test_a_command_like_no_other_gets_no_advice() -> None:
    assert invoke("zzz")[1].splitlines()[-1] == "Error: No such command 'zzz'."


@pytest.mark.parametrize("name", ["GL502", "gl502", "finalizer-keeps-object-alive"])
def test_a_rule_is_explained(name: str) -> None:
    code, page = invoke("rule", name)
    assert code == 0
    assert page.startswith("GL502")
    assert "runtime.SetFinalizer" in page


def test_a_rule_as_data_and_as_markdown() -> None:
    assert json.loads(invoke("rule", "GL502", "--format", "json")[1])["id"] == "GL502"
    assert "```go" in invoke("rule", "GL502", "--format", "markdown")[1]


def test_the_tool_explains_its_own_findings() -> None:
    assert invoke("rule", "GL900")[0] == 0


def test_unknown_rules_are_all_told() -> None:
    code, text = invoke("rule", "GL502", "GL5O2", "no-such")
    assert code == 2
    assert "GL5O2" in text
    assert "no-such" in text


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_all_rules_are_listed(format_: str) -> None:
    code, page = invoke("rules", "--format", format_)
    assert code == 0
    assert all(rule in page for rule in ("GL502", "GL704", "GL900"))


def test_rules_are_listed_by_their_start_or_name() -> None:
    code, page = invoke("rules", "gl41", "abandoned-send", "--format", "json")
    listed = [each["id"] for each in json.loads(page)]
    assert code == 0
    assert {"GL202", "GL410", "GL418"} < set(listed)
    assert all(each == "GL202" or each.startswith("GL41") for each in listed)


def test_a_list_of_rules_that_there_are_not() -> None:
    code, text = invoke("rules", "GL2", "GL481", "abandoned-sned")
    assert (code, text.splitlines()) == (
        2,
        [
            'goleaklint: no rule is called "GL481"; did you mean "GL418"?',
            '            no rule is called "abandoned-sned"; did you mean "abandoned-send"?',
        ],
    )


@pytest.mark.parametrize("stage", ["files", "syntax", "index", "names", "types", "flow"])
def test_every_stage_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    monkeypatch.chdir(module(tmp_path))
    code, page = invoke("show", "--stage", stage, "good/good.go")
    assert (code, bool(page)) == (0, True)


def test_what_cannot_be_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(module(tmp_path))
    assert invoke("show", "--stage", "flow", "good/none.go")[0] == 2
    assert invoke("show", "--stage", "flow", "good/good.go:none")[0] == 2
    assert invoke("show", "--stage", "none", "good/good.go")[0] == 2
    assert invoke("show", "good/good.go")[0] == 2
