"""Baselines, revisions, shards and thresholds on the command line: exit codes, hints, and what is written."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from command import LEAK, goleaklint, module

from goleaklint.cli.group import goleaklint as group

OTHER = LEAK.replace("Spool", "Other")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module with one leak, which is the working directory."""
    root = tmp_path / "m"
    monkeypatch.chdir(module(root, goleaklint_toml='select = ["GL502"]\n'))
    return root


def invoke(*arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command, run in this process."""
    result = CliRunner().invoke(group, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def baseline() -> list[dict[str, str]]:
    entries: list[dict[str, str]] = json.loads(Path("goleaklint-baseline.json").read_text())["findings"]
    return entries


def test_what_is_in_the_baseline_is_left_out(here: Path) -> None:
    code, out, err = invoke("baseline", "write")
    assert (code, out) == (0, "")
    assert err.splitlines() == [
        "goleaklint: 1 finding in goleaklint-baseline.json",
        "goleaklint: `goleaklint check --baseline goleaklint-baseline.json` leaves them out",
    ]
    code, out, err = invoke("check", "--baseline", "goleaklint-baseline.json", "--statistics")
    assert (code, out) == (0, "No findings in 1 file\n")
    assert "goleaklint: 1 finding is in the baseline\n" in err
    assert "findings in the baseline" in err
    (here / "good/other.go").write_text(OTHER)
    code, out, err = invoke("check", "--baseline", "goleaklint-baseline.json", "--format", "concise")
    assert code == 1
    assert [line.split(" ")[0] for line in out.splitlines()] == ["good/other.go:12:2:"]


def test_moved_lines_a_renamed_file_and_formatting_change_nothing(here: Path) -> None:
    invoke("baseline", "write")
    (here / "good/good.go").unlink()
    moved = LEAK.replace("func New", "\n\n// moved\nfunc New").replace("SetFinalizer(s,", "SetFinalizer( s ,")
    (here / "good/renamed.go").write_text(moved)
    assert invoke("check", "--baseline", "goleaklint-baseline.json")[0] == 0


def test_the_baseline_reads_well(here: Path) -> None:
    invoke("baseline", "write")
    (entry,) = baseline()
    assert {name: entry[name] for name in ("rule", "path", "function")} == {
        "rule": "GL502",
        "path": "good/good.go",
        "function": "NewSpool",
    }
    assert list(entry) == ["fingerprint", "rule", "path", "function", "message"]


def test_the_configuration_names_the_baseline(here: Path) -> None:
    (here / "goleaklint.toml").write_text('select = ["GL502"]\nbaseline = "lint/known.json"\n')
    assert invoke("check")[0] == 2
    assert "lint/known.json: there is no such baseline" in invoke("check")[2]
    assert invoke("baseline", "write")[2] == "goleaklint: 1 finding in lint/known.json\n"
    assert invoke("check")[0] == 0
    assert invoke("check", "--baseline", "")[0] == 1
    entries = json.loads((here / "lint/known.json").read_text())["findings"]
    assert [entry["path"] for entry in entries] == ["../good/good.go"]
    (here / "good").joinpath("sub").mkdir()
    os.chdir("good")
    assert invoke("check")[0] == 0
    assert invoke("baseline", "update")[2] == (
        f"goleaklint: 1 finding kept, 0 dropped, 0 added in {here.as_posix()}/lint/known.json\n"
    )


@pytest.mark.parametrize("path", ["../known.json", "/known.json", "."])
def test_a_baseline_outside_of_the_configurations_directory_is_a_mistake(here: Path, path: str) -> None:
    (here / "goleaklint.toml").write_text(f'baseline = "{path}"\n')
    for command in (["check"], ["baseline", "write"]):
        code, _, err = invoke(*command)
        assert (code, err.count("must lie below")) == (2, 1)


def test_an_update_drops_what_is_gone_and_adds_nothing(here: Path) -> None:
    (here / "good/other.go").write_text(OTHER)
    invoke("baseline", "write")
    (here / "good/other.go").unlink()
    (here / "good/third.go").write_text(LEAK.replace("Spool", "Third"))
    assert invoke("baseline", "update")[2] == (
        "goleaklint: 1 finding kept, 1 dropped, 0 added in goleaklint-baseline.json\n"
    )
    assert [entry["function"] for entry in baseline()] == ["NewSpool"]
    assert "1 finding kept, 0 dropped, 1 added" in invoke("baseline", "update", "--add")[2]
    assert [entry["function"] for entry in baseline()] == ["NewSpool", "NewThird"]


def test_a_check_tells_what_is_gone_from_the_baseline(here: Path) -> None:
    (here / "good/other.go").write_text(OTHER)
    (here / "good/third.go").write_text(LEAK.replace("Spool", "Third"))
    invoke("baseline", "write")
    assert "gone" not in invoke("check", "--baseline", "goleaklint-baseline.json")[2]
    (here / "good/other.go").write_text("package good\n")
    code, out, err = invoke("check", "--baseline", "goleaklint-baseline.json")
    assert (code, out) == (0, "No findings in 3 files\n")
    one = "goleaklint: 1 finding of the baseline is gone; `goleaklint baseline update` drops it\n"
    assert one in err
    (here / "good/third.go").unlink()
    two = "goleaklint: 2 findings of the baseline are gone; `goleaklint baseline update` drops them\n"
    assert two in invoke("check", "--baseline", "goleaklint-baseline.json")[2]
    # What was not looked at may be there still, and what a comment suppresses is.
    assert "gone" not in invoke("check", "--baseline", "goleaklint-baseline.json", "--select", "GL704")[2]
    (here / "good/good.go").write_text("//goleaklint:ignore-file GL502 -- tried\n" + LEAK)
    assert two in invoke("check", "--baseline", "goleaklint-baseline.json")[2]


def test_what_is_gone_is_no_result_of_sarif(here: Path) -> None:
    """Code scanning knows no baselineState and would show it as an open alert."""
    (here / "good/other.go").write_text(OTHER)
    invoke("baseline", "write")
    (here / "good/other.go").write_text(OTHER.replace("Other", "Another"))
    invoke("check", "--baseline", "goleaklint-baseline.json", "--output", "sarif=r.sarif")
    results = json.loads(Path("r.sarif").read_text())["runs"][0]["results"]
    states = {each["locations"][0]["logicalLocations"][0]["name"]: each["baselineState"] for each in results}
    assert states == {"NewSpool": "unchanged", "NewAnother": "new"}


def test_an_update_leaves_alone_what_it_did_not_look_at(here: Path) -> None:
    (here / "other").mkdir()
    (here / "other/other.go").write_text(OTHER.replace("package good", "package other"))
    invoke("baseline", "write")
    (here / "good/good.go").write_text("package good\n")
    (here / "other/other.go").write_text("package other\n")
    assert "1 finding kept, 1 dropped" in invoke("baseline", "update", "./other")[2]
    assert "1 finding kept, 0 dropped" in invoke("baseline", "update", "--select", "GL401")[2]
    assert "0 findings kept, 1 dropped" in invoke("baseline", "update")[2]
    assert baseline() == []


@pytest.mark.parametrize("text", ["", "{}", '{"version": 1}', "package good\n", '{"runs": []}'])
def test_a_file_that_is_no_baseline_is_neither_read_nor_replaced(here: Path, text: str) -> None:
    file = here / "goleaklint-baseline.json"
    file.write_text(text)
    for command in (["check", "--baseline", file.name], ["baseline", "write"], ["baseline", "update"]):
        code, out, err = invoke(*command)
        assert (code, out) == (2, "")
        assert "no baseline of goleaklint" in err
    assert file.read_text() == text


def test_a_link_is_not_written_through(here: Path) -> None:
    (here / "goleaklint-baseline.json").symlink_to(here / "target")
    code, _, err = invoke("baseline", "write")
    assert (code, "symbolic link" in err, (here / "target").exists()) == (2, True, False)


def test_an_update_without_a_baseline_says_how_to_make_one(here: Path) -> None:
    code, _, err = invoke("baseline", "update")
    assert (code, "goleaklint baseline write" in err) == (2, True)


def test_sarif_says_what_is_new(here: Path) -> None:
    invoke("baseline", "write")
    (here / "good/other.go").write_text(OTHER)
    results = json.loads(invoke("check", "--baseline", "goleaklint-baseline.json", "--format", "sarif")[1])["runs"][0][
        "results"
    ]
    assert [each["baselineState"] for each in results] == ["new", "unchanged"]
    plain = json.loads(invoke("check", "--format", "sarif")[1])["runs"][0]["results"]
    assert all("baselineState" not in each for each in plain)
    fingerprints = [{each["partialFingerprints"]["goleaklint/v1"] for each in found} for found in (results, plain)]
    assert fingerprints[0] == fingerprints[1]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--fail-on", "error"], 1),
        (["--fail-on", "warning"], 1),
        (["--fail-on", "note"], 1),
        (["--fail-on", "never"], 0),
        (["--fail-on", "error", "--exit-zero"], 0),
        (["--fail-on", "error", "--select", "GL418"], 0),
        (["--fail-on", "warning", "--select", "GL418"], 1),
        (["--fail-on", "fatal"], 2),
        (["--confidence", "high"], 1),
        (["--confidence", "none"], 2),
        (["--shard", "1/1"], 1),
        (["--shard", "2/2"], 0),
        (["--shard", "0/2"], 2),
        (["--shard", "3/2"], 2),
        (["--shard", "1"], 2),
        (["--shard", "1/"], 2),
        (["--new-from-rev", "HEAD"], 2),
        (["--new-from-rev", "HEAD", "--new-from-merge-base", "main"], 2),
        (["--baseline", "none.json"], 2),
    ],
)
def test_exit_codes(here: Path, arguments: list[str], code: int) -> None:
    loop = 'package good\n\nimport "os"\n\nfunc each(names []string) {\n\tfor _, name := range names {\n'
    (here / "good/loop.go").write_text(f"{loop}\t\tf, _ := os.Open(name)\n\t\tdefer f.Close()\n\t}}\n}}\n")
    assert invoke("check", *arguments)[0] == code


@pytest.mark.parametrize(
    ("settings", "arguments", "code"),
    [
        ('fail-on = "never"', [], 0),
        ('fail-on = "never"', ["--fail-on", "error"], 1),
        ('fail-on = "error"', [], 1),
        ('confidence = "high"', [], 1),
        ('fail-on = "no"', [], 2),
        ('confidence = "none"', [], 2),
        ("baseline = 1", [], 2),
    ],
)
def test_the_configuration_sets_thresholds(here: Path, settings: str, arguments: list[str], code: int) -> None:
    (here / "goleaklint.toml").write_text(f'select = ["GL502"]\n{settings}\n')
    assert invoke("check", *arguments)[0] == code


def commit() -> None:
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=x", "-c", "user.email=x", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], check=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_the_hook_reports_what_a_commit_adds_to_an_old_file(here: Path) -> None:
    """As docs/ci.md has it: the hook's entry, its `args`, and the files that are committed."""
    commit()
    old = here / "good/good.go"
    hook = ("check", "--force-exclude", "--new-from-rev", "HEAD", "--format", "concise", "good/good.go")
    old.write_text(f"// Package good spools.\n{LEAK}")
    assert invoke(*hook)[:2] == (0, "")
    added = OTHER.partition("type ")[2]
    old.write_text(f"{LEAK}\ntype {added}")
    code, out, err = invoke(*hook)
    assert (code, [line.split(" ")[0] for line in out.splitlines()]) == (1, ["good/good.go:22:2:"])
    assert err == "goleaklint: 1 finding is in HEAD already\n"


def test_what_is_new_since_a_revision(here: Path) -> None:
    commit()
    (here / "good/other.go").write_text(OTHER)
    done = goleaklint(here, "check", "--new-from-rev", "HEAD", "--format", "concise")
    assert (done.code, done.out.split(" ")[0]) == (1, "good/other.go:12:2:")
    assert "goleaklint: 1 finding is in HEAD already" in done.err
    done = goleaklint(here, "check", "--new-from-merge-base", "HEAD", "--format", "concise", PATH="")
    assert (done.code, done.out) == (3, "")
    assert "git is needed" in done.err


def test_reports_of_shards_are_merged(here: Path) -> None:
    (here / "other").mkdir()
    (here / "other/other.go").write_text(OTHER.replace("package good", "package other"))
    for number in (1, 2):
        invoke(
            "check", "--shard", f"{number}/2", "--output", f"json={number}.json", "--output", f"sarif={number}.sarif"
        )
    whole = invoke("check", "--format", "json")
    assert invoke("merge", "1.json", "2.json", "--format", "json") == whole
    assert invoke("merge", "2.json", "1.json", "1.json", "--format", "concise") == invoke(
        "check", "--format", "concise"
    )
    assert invoke("merge", "1.sarif", "2.json", "--format", "concise") == invoke("check", "--format", "concise")
    assert invoke("merge", "1.sarif", "2.sarif", "--format", "sarif")[1].count('"ruleId": "GL502"') == 2
    assert invoke("merge", "1.json", "--fail-on", "never")[0] == 0
    (here / "goleaklint.toml").write_text('fail-on = "never"\n')
    assert invoke("merge", "1.json")[0] == 0
    assert invoke("merge", "1.json", "--fail-on", "error")[0] == 1


def test_what_cannot_be_merged_is_told_at_once(here: Path) -> None:
    invoke("check", "--output", "json=a.json")
    (here / "b.json").write_text((here / "a.json").read_text().replace('"version": "0', '"version": "9'))
    (here / "c.json").write_text("{}")
    code, out, err = invoke("merge", "a.json", "b.json", "c.json")
    assert (code, out) == (2, "")
    assert "b.json: written by goleaklint 9" in err
    assert "c.json: this file is neither JSON nor SARIF" in err
    assert invoke("merge", "none.json")[0] == 3
    assert invoke("merge")[0] == 2
