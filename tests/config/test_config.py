"""A configuration file becomes a Config, or a list of everything that is wrong in it."""

import pickle
from pathlib import Path

import pytest

from goleaklint.config import Config, Modules, Overrides, RuleNames, apply_overrides, find_config, load_config
from goleaklint.toml_source import MistakesError

RULES = RuleNames(
    {"GL201": "unbuffered-fanout", "GL202": "abandoned-send", "GL401": "file-not-closed", "GL416": "constructor-leaks"}
)

FULL = """
select = ["GL2", "file-not-closed"]
ignore = ["gl201"]
exclude = ["gen/", "*.pb.go"]
packs = ["lint/db.toml"]
tests = true
go-version = "1.22"
pedantic = true
modules = "all"

[per-path-ignores]
"cmd/**" = ["GL4", "abandoned-send"]
"""

WRONG = """
select = ["GL999", "abandoned-sent"]
ignore = "GL2"
exclude = ["!x", 3]
packs = ["db.yaml", "none.toml"]
tests = "yes"
go-version = 1.22
pedant = true
modules = "every"

[per-path-ignores]
"../x" = ["GL2"]
"y" = [
  "GL2",
  "nothing-like-it",
]
"""


def written(directory: Path, text: str, name: str = "goleaklint.toml") -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    (directory / name).write_text(text)
    return directory / name


def test_every_key_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, FULL)
    written(tmp_path / "lint", "", "db.toml")
    config = load_config(tmp_path, RULES)
    assert config.path == "goleaklint.toml"
    assert (config.select, config.ignore) == (("GL2", "GL401"), ("GL201",))
    assert config.packs == (str(tmp_path / "lint" / "db.toml"),)
    assert (config.tests, config.go_version, config.pedantic, config.modules) == (True, "1.22", True, Modules.ALL)
    assert [config.selects(rule) for rule in RULES.by_id] == [False, True, True, False]
    assert [config.excludes(path) for path in ("gen/x.go", "a/b.pb.go", "x.go")] == [True, True, False]
    assert [config.ignores_at(rule, "cmd/a/x.go") for rule in RULES.by_id] == [False, True, True, True]
    assert not config.ignores_at("GL401", "x.go")
    assert pickle.loads(pickle.dumps(config)) == config  # noqa: S301 - worker processes get it so


def test_all_mistakes_are_told_at_once_with_their_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, WRONG)
    with pytest.raises(MistakesError) as caught:
        load_config(tmp_path, RULES)
    start = "goleaklint.toml:"
    assert str(caught.value).split("\n") == [
        f'{start}2: no rule is called "GL999"',
        f'{start}2: no rule is called "abandoned-sent"; did you mean "abandoned-send"?',
        f'{start}3: ignore must be a list of strings, not the string "GL2"',
        f"{start}4: exclude must be a list of strings, not the number 3",
        f'{start}4: the pattern "!x" starts with !, but patterns cannot be negated here',
        f'{start}5: a pack is a .toml file, and "db.yaml" is none',
        f'{start}5: there is no pack "none.toml" (looked for beside this file)',
        f'{start}6: tests must be true or false, not the string "yes"',
        f'{start}7: go-version must be a string such as "1.22", not the number 1.22',
        f'{start}8: unknown key "pedant"; did you mean "pedantic"?',
        f'{start}9: modules must be one of "nearest" or "all", not "every"',
        f'{start}12: the pattern "../x" climbs out with ..: patterns count from the directory they are written in',
        f'{start}15: no rule is called "nothing-like-it"',
    ]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("select = []", "names no rule"),
        ('select = ["G"]', 'no rule is called "G"'),
        ('go-version = ""', 'a Go version looks like "1.22", not ""'),
        ('go-version = "go1.22"', 'not "go1.22"'),
        ("per-path-ignores = [1]", "per-path-ignores must be a table, not a list"),
        ("[selects]\nx = 1", 'unknown key "selects"; did you mean "select"?'),
    ],
)
def test_single_mistakes(tmp_path: Path, text: str, mistake: str) -> None:
    with pytest.raises(MistakesError) as caught:
        load_config(tmp_path, RULES, file=written(tmp_path, text))
    assert [mistake in str(each) for each in caught.value.mistakes] == [True]


@pytest.mark.parametrize(
    ("select", "ignore", "runs"),
    [
        ((), (), "GL201 GL202 GL401 GL416"),
        (("GL2",), (), "GL201 GL202"),
        ((), ("GL4",), "GL201 GL202"),
        (("GL401",), ("GL4",), "GL401"),
        (("GL4",), ("GL4",), ""),
        (("GL", "GL2"), ("GL20",), "GL401 GL416"),
    ],
)
def test_what_names_a_rule_more_exactly_wins(select: tuple[str, ...], ignore: tuple[str, ...], runs: str) -> None:
    config = Config(select=select, ignore=ignore)
    assert [rule for rule in RULES.by_id if config.selects(rule)] == runs.split()


def test_the_nearest_file_up_to_the_root_of_the_repository_is_found(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    (repository / "a" / "b").mkdir(parents=True)
    written(tmp_path, "")
    (repository / ".git").write_text("gitdir: elsewhere")
    assert find_config(repository / "a" / "b") is None
    top = written(repository, "", ".goleaklint.toml")
    assert find_config(repository / "a" / "b") == top
    assert find_config(repository) == top
    assert find_config(repository / "a" / "b") == top
    near = written(repository / "a", "")
    assert find_config(repository / "a" / "b") == near


def test_without_repository_the_search_ends_at_the_topmost_module(tmp_path: Path) -> None:
    (tmp_path / "m" / "nested" / "p").mkdir(parents=True)
    written(tmp_path, "")
    assert find_config(tmp_path / "m" / "nested" / "p") is None
    for module in (tmp_path / "m", tmp_path / "m" / "nested"):
        (module / "go.mod").write_text("module m\n")
    assert find_config(tmp_path / "m" / "nested" / "p") is None
    assert find_config(tmp_path) == tmp_path / "goleaklint.toml"
    top = written(tmp_path / "m", "")
    assert find_config(tmp_path / "m" / "nested" / "p") == top


def test_a_directory_above_that_is_closed_to_us_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "go.mod").write_text("module m\n")
    file = written(tmp_path / "m", "")
    exists = Path.exists

    def closed(path: Path) -> bool:
        if path.parent == tmp_path:
            raise PermissionError(13, "Permission denied", str(path))
        return exists(path)

    monkeypatch.setattr(Path, "exists", closed)
    assert find_config(tmp_path / "m") == file


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path, RULES) == Config()


def test_two_files_in_one_directory_are_a_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "")
    written(tmp_path, "", ".goleaklint.toml")
    with pytest.raises(MistakesError, match=r"^\.goleaklint\.toml: goleaklint\.toml lies beside it"):
        load_config(tmp_path, RULES)


def test_the_command_line_wins(tmp_path: Path) -> None:
    file = Config(select=("GL4",), ignore=("GL401",), tests=True, go_version="1.20", modules=Modules.ALL)
    assert apply_overrides(file, Overrides(), RULES, tmp_path) == file
    options = Overrides(select=("file-not-closed",), tests=False, go_version="1.23", modules=Modules.NEAREST)
    config = apply_overrides(file, options, RULES, tmp_path)
    assert (config.select, config.ignore, config.tests) == (("GL401",), (), False)
    assert (config.go_version, config.modules, config.pedantic) == ("1.23", Modules.NEAREST, False)
    assert apply_overrides(file, Overrides(ignore=("gl416",)), RULES, tmp_path).ignore == ("GL401", "GL416")


def test_paths_on_the_command_line_count_from_the_working_directory(tmp_path: Path) -> None:
    written(tmp_path, "", "p.toml")
    config = apply_overrides(Config(), Overrides(exclude=("gen/*",), packs=("./p.toml",)), RULES, tmp_path)
    assert config.packs == (str(tmp_path / "p.toml"),)
    assert config.excludes(str(tmp_path / "gen" / "x.go"))


def test_mistakes_on_the_command_line_name_the_option(tmp_path: Path) -> None:
    options = Overrides(select=("GL9",), ignore=("x",), exclude=("!a",), packs=("no.toml",), go_version="two")
    with pytest.raises(MistakesError) as caught:
        apply_overrides(Config(), options, RULES, tmp_path)
    assert [mistake.path for mistake in caught.value.mistakes] == [
        "--exclude", "--go-version", "--ignore", "--pack", "--select",
    ]  # fmt: skip
    assert '--pack: there is no file "no.toml"' in str(caught.value)
