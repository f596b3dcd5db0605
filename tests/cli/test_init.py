"""`goleaklint init` and `goleaklint completion`."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from command import goleaklint

from goleaklint.cli.group import goleaklint as group
from goleaklint.cli.init import NEXT
from goleaklint.cli.starting import HOOK, with_hook, workflow
from goleaklint.version import __version__

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "goleaklint.yml"
FILES = ("goleaklint.toml", ".pre-commit-config.yaml", ".github/workflows/goleaklint.yml")

OTHERS = """\
# hooks
repos:
  - repo: https://github.com/golangci/golangci-lint
    rev: v2.0.0
    hooks:
      - id: golangci-lint
  # - repo: nothing

ci:
  skip: []
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of a repository, which is the working directory."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "go.mod").write_text("module example.com/m\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def init(*arguments: str) -> list[str]:
    """What the command says of each file."""
    result = CliRunner().invoke(group, ["init", *arguments])
    assert result.exit_code == 0, result.output
    return result.output.removesuffix(NEXT).splitlines()


def contents(root: Path) -> dict[str, str]:
    return {name: (root / name).read_text() for name in FILES if (root / name).exists()}


def test_all_three_are_written_once(repository: Path) -> None:
    assert init() == [f"wrote    {name}" for name in FILES]
    first = contents(repository)
    assert len(first) == 3
    assert f"rev: v{__version__}\n" in first[FILES[1]]
    assert [line.split(":")[0] for line in init()] == [f"left     {name}" for name in FILES]
    assert contents(repository) == first
    assert goleaklint(repository, "config", "verify").code == 0


def test_what_comes_next_is_told_after_something_was_written(repository: Path) -> None:
    assert NEXT not in CliRunner().invoke(group, ["init", "--dry-run"]).output
    assert CliRunner().invoke(group, ["init"]).output.endswith(NEXT)
    assert NEXT not in CliRunner().invoke(group, ["init"]).output


def test_a_dry_run_shows_and_writes_nothing(repository: Path) -> None:
    said = init("--dry-run")
    assert [line for line in said if line.startswith("would")] == [f"would write {name}:" for name in FILES]
    assert "  |     rev: v" + __version__ in said
    assert contents(repository) == {}


def test_what_is_there_is_left(repository: Path) -> None:
    (repository / ".goleaklint.toml").write_text("")
    (repository / ".github" / "workflows").mkdir(parents=True)
    (repository / ".github" / "workflows" / "ci.yml").write_text("steps:\n  - run: uvx goleaklint check\n")
    assert init() == [
        "left     .goleaklint.toml: it is there already",
        "wrote    .pre-commit-config.yaml",
        "left     .github/workflows/ci.yml: it runs goleaklint already",
    ]


def test_other_hooks_stay(repository: Path) -> None:
    (repository / FILES[1]).write_text(OTHERS)
    assert f"added to {FILES[1]}" in init()
    text = (repository / FILES[1]).read_text()
    hook = "".join(f"  {line}\n" for line in HOOK.splitlines())
    assert text == OTHERS.replace("id: golangci-lint\n", "id: golangci-lint\n" + hook)


@pytest.mark.parametrize("text", ["repos: []\n", "ci: {}\n", "", "repos:\n", "- repos\n"])
def test_a_list_of_hooks_that_is_not_understood_is_left(repository: Path, text: str) -> None:
    (repository / FILES[1]).write_text(text)
    said = init()
    assert any(line.startswith(f"left     {FILES[1]}: ") for line in said)
    assert HOOK.splitlines()[0] in said
    assert (repository / FILES[1]).read_text() == text


def test_hooks_that_are_not_utf8_are_left(repository: Path) -> None:
    (repository / FILES[1]).write_bytes(b"repos:\n- repo: \xff\n")
    assert f"left     {FILES[1]}: it is not UTF-8" in init()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("repos:\n- repo: a", "repos:\n- repo: a\n" + HOOK),
        ("repos: # all\r\n- repo: a\r\n", "repos: # all\r\n- repo: a\r\n" + HOOK.replace("\n", "\r\n")),
        ("a: 1\nrepos:\n\n- repo: a\n\n\nb: 2\n", "a: 1\nrepos:\n\n- repo: a\n" + HOOK + "\n\nb: 2\n"),
        ("repos:\n- repo: a\n---\n", "repos:\n- repo: a\n" + HOOK + "---\n"),
    ],
)
def test_the_hook_comes_after_the_last_one(text: str, expected: str) -> None:
    assert with_hook(text) == expected


def test_a_module_below_the_root_gets_its_directory(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = repository / "services" / "api v2"
    (below / "cmd").mkdir(parents=True)
    (below / "go.mod").write_text("module example.com/api\n")
    monkeypatch.chdir(below / "cmd")
    assert len(init()) == 3
    assert contents(repository)[FILES[2]].endswith("        with:\n          working-directory: 'services/api v2'\n")


def test_two_configuration_files_are_one_too_many(repository: Path) -> None:
    for name in ("goleaklint.toml", ".goleaklint.toml"):
        (repository / name).touch()
    assert goleaklint(repository, "init").code == 2
    assert list(contents(repository)) == ["goleaklint.toml"]


def test_without_repository_and_module_nothing_is_written(tmp_path: Path) -> None:
    done = goleaklint(tmp_path, "init")
    assert (done.code, list(tmp_path.iterdir())) == (2, [])
    (tmp_path / "go.mod").write_text("module example.com/m\n")
    (tmp_path / "sub").mkdir()
    assert goleaklint(tmp_path / "sub", "init").code == 0
    assert len(contents(tmp_path)) == 3


def test_the_example_in_the_documentation_is_what_is_written() -> None:
    assert EXAMPLE.read_text(encoding="utf-8") == workflow()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(tmp_path: Path, shell: str) -> None:
    done = goleaklint(tmp_path, "completion", shell)
    assert done.code == 0, done.err
    assert "_GOLEAKLINT_COMPLETE" in done.out


def test_completion_of_commands_and_choices(tmp_path: Path) -> None:
    words = {"COMP_WORDS": "goleaklint c", "COMP_CWORD": "1", "_GOLEAKLINT_COMPLETE": "bash_complete"}
    assert {"plain,check", "plain,config"} <= set(goleaklint(tmp_path, **words).out.splitlines())
    words |= {"COMP_WORDS": "goleaklint check --format sa", "COMP_CWORD": "3"}
    assert goleaklint(tmp_path, **words).out.splitlines() == ["plain,sarif"]


def test_bash_takes_the_script(tmp_path: Path) -> None:
    script = goleaklint(tmp_path, "completion", "bash").out
    done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_completion_for_an_unknown_shell(tmp_path: Path) -> None:
    assert goleaklint(tmp_path, "completion", "tcsh").code == 2
