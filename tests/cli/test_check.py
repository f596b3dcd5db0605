"""`goleaklint check`: options, exit codes, what goes to which stream."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from command import CONCISE, LEAK, goleaklint, module

from goleaklint.cli import check as check_command
from goleaklint.cli.group import goleaklint as group

LOOP = """package good

import "os"

func each(names []string) {
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
	}
}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module with one leak, which is the working directory."""
    monkeypatch.chdir(module(tmp_path))
    return tmp_path


def invoke(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command, run in this process."""
    result = CliRunner().invoke(group, ["check", *arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 1),
        (["./..."], 1),
        (["./good"], 1),
        (["good/good.go"], 1),
        (["example.com/m/..."], 1),
        (["--exit-zero"], 0),
        (["--select", "GL502"], 1),
        (["--select", "GL5,GL4"], 1),
        (["--select", "finalizer-keeps-object-alive"], 1),
        (["--select", "GL4"], 0),
        (["--ignore", "GL502,GL503"], 0),
        (["--ignore", "GL5", "--ignore", "GL4"], 0),
        (["--select", "GL502", "--ignore", "GL5"], 1),
        (["--exclude", "good/**"], 0),
        (["--exclude", "good/**", "good/good.go"], 1),
        (["--exclude", "good/**", "--force-exclude", "good/good.go"], 0),
        (["--no-config", "--tests", "--pedantic", "--jobs", "2"], 1),
        (["./nowhere"], 2),
        (["./nowhere", "./good"], 2),
        (["--select", "GL9999"], 2),
        (["--select", "no-such-rule"], 2),
        (["--go-version", "two"], 2),
        (["--pack", "none.toml"], 2),
        (["--config", "none.toml"], 2),
        (["--output", "sarrif=x"], 2),
        (["--format", "text", "--output", "json"], 2),
        (["--output", "json=x", "--output", "sarif=x"], 2),
        (["--no-such-option"], 2),
        (["--jobs", "-1"], 2),
        (["./empty"], 3),
        (["./empty/..."], 3),
    ],
)
def test_exit_codes(here: Path, arguments: list[str], code: int) -> None:
    (here / "empty").mkdir()
    assert invoke(*arguments)[0] == code


def test_the_finding_goes_to_standard_output_and_all_else_to_standard_error(here: Path) -> None:
    (here / "bad.go").write_text("package bad\n\nfunc f( {\n")
    code, out, err = invoke("--format", "concise", "--statistics", "--timings")
    assert (code, out.startswith(CONCISE), out.count("\n")) == (1, True, 1)
    assert "bad.go:3  GL900 syntax error" in err
    assert "files analysed in part" in err
    assert "select files" in err


def test_a_file_argument_gives_only_what_is_in_it(here: Path) -> None:
    (here / "good" / "other.go").write_text(LEAK.replace("Spool", "Other"))
    code, out, _ = invoke("--format", "concise", "good/other.go")
    assert (code, [line.split(":")[0] for line in out.splitlines()]) == (1, ["good/other.go"])


def test_standard_input_under_the_name_of_a_file(here: Path) -> None:
    (here / "good" / "good.go").write_text("package good\n")
    code, out, _ = invoke("-", "--stdin-filename", "good/good.go", "--format", "concise", stdin=LEAK)
    assert (code, out.startswith(CONCISE)) == (1, True)
    assert invoke("-", stdin=LEAK)[0] == 1
    assert invoke("-", stdin="package p\n")[0] == 0


def test_notes_are_shown_to_the_pedantic(here: Path) -> None:
    loop = LOOP.replace("package good", "package main").replace("func each(names []string)", "func main()")
    (here / "good" / "good.go").write_text(loop.replace("range names", "range os.Args"))
    quiet, pedantic = invoke("--format", "concise"), invoke("--format", "concise", "--pedantic")
    assert quiet[0] == 0
    assert pedantic[0] == 1
    assert "GL418" in pedantic[1] or "GL704" in pedantic[1]


def test_several_reports_of_one_run(here: Path) -> None:
    code, out, _ = invoke("--output", "json=out/a.json", "--output", "sarif=out/a.sarif", "--format", "concise")
    assert (code, out.startswith(CONCISE)) == (1, True)
    assert [finding["rule"] for finding in json.loads((here / "out/a.json").read_text())["findings"]] == ["GL502"]
    (run,) = json.loads((here / "out/a.sarif").read_text())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["GL502"]


@pytest.mark.parametrize("format_", ["text", "concise", "json", "sarif", "github"])
def test_each_format_is_printed(here: Path, format_: str) -> None:
    code, out, _ = invoke("--format", format_)
    assert code == 1
    assert "GL502" in out
    if format_ in ("json", "sarif"):
        assert json.loads(out)


def test_the_configuration_file_holds(here: Path) -> None:
    (here / "goleaklint.toml").write_text('ignore = ["GL502", "GL503"]\n')
    assert invoke()[0] == 0
    assert invoke("--no-config")[0] == 1
    assert invoke("--select", "GL502")[0] == 1


def test_all_mistakes_in_the_configuration_are_told_at_once(here: Path) -> None:
    (here / "goleaklint.toml").write_text('selct = ["GL502"]\nignore = "GL502"\ntests = 1\n')
    code, _, err = invoke()
    assert code == 2
    assert [f"goleaklint.toml:{line}" in err for line in (1, 2, 3)] == [True] * 3


def test_a_run_that_finds_nothing_says_so(here: Path) -> None:
    (here / "good" / "good.go").write_text("package good\n")
    code, out, err = invoke()
    assert (code, err) == (0, "")
    assert "no findings" in out.lower() or "0 findings" in out.lower()


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--format", "json"], {"FORCE_COLOR": "1"}, False),
    ],
)
def test_color(tmp_path: Path, arguments: list[str], environment: dict[str, str], colored: bool) -> None:
    done = goleaklint(module(tmp_path), "check", *arguments, **environment)
    assert done.code == 1
    assert ("\x1b[" in done.out) is colored


def test_a_reader_that_leaves_is_no_failure(tmp_path: Path) -> None:
    """As with `goleaklint check | head -1`, but the reader is gone for sure before anything is written."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "goleaklint", "check", "--output=json=out.json", "--format=text", "--statistics"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        command, cwd=module(tmp_path), env=environment, stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert json.loads((tmp_path / "out.json").read_text())["findings"]


def test_a_report_that_cannot_be_written_is_a_failure(here: Path) -> None:
    (here / "taken").write_text("")
    code, _, err = invoke("--output", "json=taken/x.json")
    assert code == 3
    assert "taken" in err


def test_an_internal_failure_is_not_taken_for_findings(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from goleaklint.cli import main
    from goleaklint.pipeline import run

    def failing(request: object) -> object:
        raise ZeroDivisionError("by design")

    monkeypatch.setattr(run, "run", failing)
    monkeypatch.setattr(sys, "argv", ["goleaklint", "check"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 3
    assert "internal failure: ZeroDivisionError: by design" in capsys.readouterr().err


def test_the_module_of_the_command_is_light() -> None:
    """`goleaklint check --help` must stay instant."""
    heavy = "networkx sarif_om rich tree_sitter multiprocessing asyncio importlib.metadata goleaklint.pipeline".split()
    program = "import sys, goleaklint.cli.check; print([name for name in sys.argv[1:] if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program, *heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert check_command.check.name == "check"
