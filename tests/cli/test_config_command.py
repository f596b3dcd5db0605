"""`goleaklint config show|verify|schema`."""

import json
import tomllib
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner
from command import module

from goleaklint.cli.group import goleaklint as group

FULL = """\
ignore = ["defer-in-loop"]
exclude = [
  "gen/",
]
packs = ["lint/db.toml"]
tests = true
modules = "all"

[per-path-ignores]
"a/**" = ["gl418"]
"cmd/\\u007f" = ["GL4", "GL502"]
"""

PACK = """\
[pack]
module = "example.com/db"

[[resource]]
rule = "GL401"
type = "*DB"
acquire = ["Open"]
release = ["(*DB).Close"]
why = "it stays open"
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module, which is the working directory."""
    monkeypatch.chdir(module(tmp_path))
    return tmp_path


def invoke(*arguments: str) -> tuple[int, str]:
    """Exit code and all that the command says, run in this process."""
    result = CliRunner().invoke(group, ["config", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def written(here: Path, text: str = FULL, pack: str = PACK) -> None:
    (here / "goleaklint.toml").write_text(text)
    (here / "lint").mkdir()
    (here / "lint" / "db.toml").write_text(pack)


def test_every_setting_is_shown_with_the_line_that_says_so(here: Path) -> None:
    written(here)
    code, shown = invoke("show")
    assert code == 0
    assert 'ignore = ["GL704"]  # goleaklint.toml:1\n' in shown
    assert 'exclude = ["gen/"]  # goleaklint.toml:2\n' in shown
    assert "tests = true  # goleaklint.toml:6\n" in shown
    assert "# select: every rule  (default)\n" in shown
    assert '"a/**" = ["GL418"]  # goleaklint.toml:10\n' in shown
    assert shown.rindex("[per-path-ignores]") > shown.index("# go-version: ")


def test_what_is_shown_means_the_same_when_it_is_read_again(here: Path) -> None:
    written(here)
    first = invoke("show")[1]
    (here / "goleaklint.toml").write_text(first)
    again = invoke("show")[1]
    assert tomllib.loads(again) == tomllib.loads(first)
    assert tomllib.loads(first)["per-path-ignores"]["cmd/\x7f"] == ["GL4", "GL502"]


def test_without_a_file_all_is_default(here: Path) -> None:
    code, shown = invoke("show")
    assert code == 0
    assert all(line.startswith("# ") and line.endswith("(default)") for line in shown.splitlines())
    assert invoke("verify") == (0, "There is no configuration file here; the defaults hold.\n")


def test_the_file_is_found_from_below_and_can_be_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(here)
    (here / "other.toml").write_text("pedantic = true\n")
    monkeypatch.chdir(here / "good")
    assert "tests = true" in invoke("show")[1]
    assert "pedantic = true" in invoke("show", "--config", "../other.toml")[1]
    assert invoke("verify", "--config", "../other.toml")[0] == 0


def test_all_mistakes_of_file_and_packs_are_told(here: Path) -> None:
    written(here, 'selekt = ["GL4"]\ntests = 1\n' + FULL.replace("tests = true\n", ""), PACK.replace("why", "because"))
    code, said = invoke("verify")
    assert code == 2
    places = ("goleaklint.toml:1: ", "goleaklint.toml:2: ", "lint/db.toml:")
    assert [place for place in places if place not in said] == []
    assert 'did you mean "select"?' in said


def test_a_file_without_mistakes(here: Path) -> None:
    written(here)
    assert invoke("verify") == (0, "goleaklint.toml: no mistakes\n")


@pytest.mark.parametrize("text", ["tests = \n", "[[a"])
def test_a_file_that_is_no_toml(here: Path, text: str) -> None:
    (here / "goleaklint.toml").write_text(text)
    assert invoke("verify")[0] == 2
    assert invoke("show")[0] == 2


def test_a_file_that_is_not_there(here: Path) -> None:
    assert invoke("verify", "--config", "none.toml")[0] == 2
    assert invoke("show", "--config", "none.toml")[0] == 2


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (FULL, True),
        ('go-version = "1.23rc1"', True),
        ("select = []", False),
        ('go-version = "v1"', False),
        ('modules = "every"', False),
        ('tests = "yes"', False),
        ("exclude = [1]", False),
        ("unknown = 1", False),
        ("[per-path-ignores]\nx = 1", False),
        ('confidence = "sure"', False),
        ('fail-on = "never"', True),
    ],
)
def test_schema_and_reader_agree(here: Path, text: str, right: bool) -> None:
    written(here, text)
    schema = json.loads(invoke("schema")[1])
    jsonschema.Draft202012Validator.check_schema(schema)
    assert jsonschema.Draft202012Validator(schema).is_valid(tomllib.loads(text)) is right
    assert invoke("verify")[0] == (0 if right else 2)
