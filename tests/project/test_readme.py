"""The README keeps to what there is: commands, options, configuration and rules."""

import re
import shlex
from pathlib import Path

from checkout import ROOT

from goleaklint.cli.check import check
from goleaklint.config import RuleNames
from goleaklint.config.loading import read_config
from goleaklint.findings.tool_rules import TOOL_RULES
from goleaklint.rules._registry import load_rules

README = (ROOT / "README.md").read_text(encoding="utf-8")


def _section(heading: str) -> str:
    return README.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def _blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)\n```$", text, re.MULTILINE | re.DOTALL)


def _names() -> RuleNames:
    own = {rule_id: rule.info.name for rule_id, rule in load_rules(plugins=False).items()}
    return RuleNames(own | {rule_id: info.name for rule_id, info in TOOL_RULES.items()})


def test_two_commands_set_up_each_on_one_line() -> None:
    use, test = _blocks(_section("Set up"), "sh")
    for command in (use, test):
        assert "\n" not in command
        assert shlex.split(command)[:4] == ["python3", "-m", "venv", ".venv"]
    assert "goleaklint check" in use
    # .ci/run reads the last command of this line.
    assert ".[dev]" in test and test.rpartition("&& ")[2] == ".venv/bin/pytest"
    assert README.index(".[dev]") == README.index(test) + test.index(".[dev]")


def test_table_of_options_is_that_of_the_command() -> None:
    shown = set(re.findall(r"--[a-z-]+", "".join(re.findall(r"^\| (`-.*?) \|", README, re.MULTILINE))))
    options = [each for each in check.params if each.param_type_name == "option"]
    known = {name for option in options for name in (*option.opts, *option.secondary_opts)}
    assert shown - known == set()
    assert {option.opts[-1] for option in options} - shown == set()


def test_table_of_exit_codes_is_that_of_the_command() -> None:
    assert check.epilog is not None
    shown = re.findall(r"^\| (\d+) \| (.*?) \|$", README, re.MULTILINE)
    known = re.findall(r"^  (\d+)  (.*)$", check.epilog, re.MULTILINE)
    assert [(code, re.findall(r"\w+", text)) for code, text in shown] == [
        (code, re.findall(r"\w+", text)) for code, text in known
    ]


def test_configuration_shown_is_valid_and_complete(tmp_path: Path) -> None:
    (block,) = _blocks(README, "toml")
    file = tmp_path / "goleaklint.toml"
    file.write_text(block, encoding="utf-8")
    (tmp_path / "lint").mkdir()
    (tmp_path / "lint" / "ourdb.toml").touch()
    config = read_config(file, _names())
    assert (config.select, config.ignore, config.go_version) == (("GL",), ("GL704",), "1.23")
    assert config.excludes(str(tmp_path / "third_party" / "x.go"))
    assert config.ignores_at("GL418", str(tmp_path / "cmd" / "tool" / "main.go"))


def test_rules_shown_are_those_there_are() -> None:
    today = re.findall(r"\[(GL\d{3})\]\(rules/README\.md#(gl\d{3})\) ([a-z-]+)", _section("What it finds today"))
    assert today == [(id_, id_.lower(), rule.info.name) for id_, rule in load_rules(plugins=False).items()]
    assert set(re.findall(r"GL\d{3}", README)) <= set(_names().by_id)


def test_files_it_links_to_exist() -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
