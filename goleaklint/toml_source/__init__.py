"""A TOML file somebody wrote by hand comes in; typed values go out, or every mistake in it with its line."""

from goleaklint.toml_source.document import TomlDocument, parse_toml, read_toml, shown_path
from goleaklint.toml_source.mistakes import Mistake, MistakesError, closest, quoted
from goleaklint.toml_source.table import Table

__all__ = [
    "Mistake",
    "MistakesError",
    "Table",
    "TomlDocument",
    "closest",
    "parse_toml",
    "quoted",
    "read_toml",
    "shown_path",
]
