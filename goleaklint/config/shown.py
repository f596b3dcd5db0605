"""A configuration file comes in; the settings that hold go out, each with the line that says so, or its mistakes.

What is shown can be written to a goleaklint.toml again and means the same there.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from goleaklint.config.globs import PathGlob
from goleaklint.config.keys import Key, keys
from goleaklint.config.loading import read_config
from goleaklint.config.rule_names import RuleNames
from goleaklint.config.settings import Config
from goleaklint.knowledge import load_knowledge
from goleaklint.toml_source import Mistake, MistakesError, TomlDocument, parse_toml, read_toml


def settings_shown(file: Path | None, rules: RuleNames) -> str:
    """The effective settings as TOML; what nobody set is a comment. Raises MistakesError."""
    document = parse_toml(b"", "") if file is None else read_toml(file)
    config = Config() if file is None else read_config(file, rules)
    base = str(Path.cwd()) if file is None else os.path.dirname(os.path.abspath(file))  # noqa: PTH100, PTH120 - as loading
    # A table ends only where another starts: what is a table has to come last.
    shown = sorted(keys(), key=lambda each: each.shape == "texts by pattern")
    return "".join(f"{line}\n" for key in shown for line in _lines(key, config, document, base))


def mistakes_in(file: Path, rules: RuleNames) -> tuple[Mistake, ...]:
    """Everything that is wrong in a configuration file and in the packs that it names, by file and line."""
    mistakes: list[Mistake] = []
    try:
        read_config(file, rules)
    except MistakesError as error:
        mistakes += error.mistakes
    try:
        load_knowledge(_packs(file))
    except MistakesError as error:
        mistakes += error.mistakes
    return tuple(sorted(set(mistakes)))


def _packs(file: Path) -> list[Path]:
    """The packs that a file names and that can be read, whatever else may be wrong in it."""
    written = read_toml(file).data.get("packs")
    named = [file.parent / each for each in written if isinstance(each, str)] if isinstance(written, list) else []
    return [pack for pack in named if pack.suffix == ".toml" and pack.is_file()]


def _lines(key: Key, config: Config, document: TomlDocument, base: str) -> Iterator[str]:
    if key.name not in document.data:
        yield f"# {key.name}: {key.absent}  (default)"
        return
    value = getattr(config, key.field)
    if key.shape == "texts by pattern":
        yield f"[{key.name}]  # {document.path}:{document.line_of(key.name)}"
        for glob, ids in value:
            origin = f"{document.path}:{document.line_of(key.name, glob.pattern)}"
            yield f"{_toml(glob.pattern)} = {_toml(ids)}  # {origin}"
    else:
        yield f"{key.name} = {_toml(_written(key, value, base))}  # {document.path}:{document.line_of(key.name)}"


def _written(key: Key, value: object, base: str) -> object:
    """The value as a file in the same directory would have it: packs and baselines count from there."""
    if key.field == "packs" and isinstance(value, tuple):
        return tuple(os.path.relpath(pack, base).replace(os.sep, "/") for pack in value)
    if key.field == "baseline" and isinstance(value, str) and value:
        return os.path.relpath(value, base).replace(os.sep, "/")
    return value


def _toml(value: object) -> str:
    """A setting as TOML. Its strings are those of JSON, but for one character that JSON does not escape."""
    match value:
        case bool():
            return "true" if value else "false"
        case PathGlob():
            return _toml(value.pattern)
        case tuple():
            return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(str(value)).replace("\x7f", "\\u007f")
