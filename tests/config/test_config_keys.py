"""The keys of goleaklint.toml are those that are read, and the files made from them are current."""

import json
import tomllib
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from goleaklint.cli.known_rules import rule_names
from goleaklint.config import Config, read_config
from goleaklint.config.keys import Key, keys
from goleaklint.config.pages import page, starting_file
from goleaklint.config.schema import schema
from goleaklint.toml_source import MistakesError

DOCS = Path(__file__).parents[2] / "docs"


def as_written(key: Key) -> str:
    return f"[{key.name}]\n{key.example}\n" if key.shape == "texts by pattern" else f"{key.name} = {key.example}\n"


@pytest.mark.parametrize("key", keys(), ids=lambda key: key.name)
def test_the_example_of_each_key_is_valid_and_changes_something(key: Key, tmp_path: Path) -> None:
    for name in ("lint/ourdb.toml", "goleaklint-baseline.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    file = tmp_path / "goleaklint.toml"
    file.write_text(as_written(key))
    assert getattr(read_config(file, rule_names()), key.field) != getattr(Config(), key.field)
    jsonschema.validate(tomllib.loads(as_written(key)), json.loads(schema()))


def test_each_key_is_one_that_the_reader_asks_for(tmp_path: Path) -> None:
    file = tmp_path / "goleaklint.toml"
    file.write_text("".join(f"{key.name} = 1979-05-27\n" for key in keys()))
    with pytest.raises(MistakesError) as caught:
        read_config(file, rule_names())
    assert len({mistake.line for mistake in caught.value.mistakes}) == len(keys())
    assert "unknown key" not in str(caught.value)


def test_the_file_to_start_from_changes_nothing_and_is_valid_when_comments_are_opened(tmp_path: Path) -> None:
    text = starting_file()
    assert tomllib.loads(text) == {}
    examples = {line: as_written(key) for key in keys() for line in as_written(key).splitlines()}
    opened = [line.removeprefix("# ") for line in text.splitlines() if line.removeprefix("# ") in examples]
    assert tomllib.loads("\n".join(opened)).keys() == {key.name for key in keys()}


def test_what_is_made_from_the_keys_is_current() -> None:
    assert (DOCS / "configuration.md").read_text(encoding="utf-8") == page(), (
        "goleaklint config schema --format markdown > docs/configuration.md"
    )
    assert (DOCS / "goleaklint.schema.json").read_text(encoding="utf-8") == schema(), (
        "goleaklint config schema > docs/goleaklint.schema.json"
    )
