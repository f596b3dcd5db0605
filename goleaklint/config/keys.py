"""The settings of a run come in; the keys of goleaklint.toml go out, each with its type, its meaning and an example.

Names, types and defaults are those of `Config`: only the words are written here. The JSON schema, the page in `docs/`,
the file that `goleaklint init` writes and `goleaklint config show` are all made from these keys.
"""

import enum
import re
import types
import typing
from dataclasses import dataclass, fields
from typing import Final, Literal, TypeAlias

from goleaklint.config.settings import Config

Shape: TypeAlias = Literal["flag", "text", "texts", "choice", "texts by pattern"]
"""What is written under a key: `true`, `"text"`, a list of texts, one of a few words, or a table of lists."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of goleaklint.toml.

    `meaning` is one or more sentences of Markdown, `absent` says what holds without the key, `example` is a value in
    TOML, and `choices` holds the words of a choice. `field` is the name of the key's field in Config.
    """

    field: str
    shape: Shape
    choices: tuple[str, ...]
    meaning: str
    absent: str
    example: str

    @property
    def name(self) -> str:
        """The key as it is written in the file."""
        return self.field.replace("_", "-")

    @property
    def help(self) -> str:
        """What the key means and what holds without it, without links."""
        return f"{_LINK.sub('', self.meaning)} Without it: {self.absent}."


# A link says where there is more to read; outside of docs/ its target would mean nothing.
_LINK = re.compile(r" \(see \[[^\]]+\]\([^)]+\)\)")


class _Words(typing.NamedTuple):
    meaning: str
    absent: str
    example: str


_WORDS: Final = {
    "select": _Words(
        "Only these rules run. A rule is named by its id, by the start of ids (`GL4`) or by its name; where `select`"
        " and `ignore` both name a rule, the more exact one wins.",
        "every rule",
        '["GL1", "GL2", "GL4"]',
    ),
    "ignore": _Words("These rules do not run; they are named as in `select`.", "none", '["defer-in-loop"]'),
    "per_path_ignores": _Words(
        "Findings of these rules are left out in the files that a pattern matches, in the notation of `.gitignore`;"
        " patterns count from the configuration file.",
        "none",
        '"cmd/**" = ["GL418"]',
    ),
    "exclude": _Words(
        "Files that are not read, in the notation of `.gitignore`; patterns count from the configuration file. A"
        " file that is named on the command line is read all the same, unless `--force-exclude` is given.",
        "none",
        '["third_party/", "*.pb.go"]',
    ),
    "packs": _Words(
        "More packs, files with facts on libraries (see [packs.md](packs.md)); paths count from the"
        " configuration file.",
        "the packs that come with goleaklint",
        '["lint/ourdb.toml"]',
    ),
    "tests": _Words("Whether `_test.go` files are read, too.", "false", "true"),
    "go_version": _Words(
        "The Go version, whatever go.mod says: some leaks end with a version of Go.", "the version in go.mod", '"1.23"'
    ),
    "pedantic": _Words("Whether notes and what is of low confidence are shown, too.", "false", "true"),
    "modules": _Words(
        'Whether `...` enters nested modules (`"all"`) or stays in the module it starts in.', '"nearest"', '"all"'
    ),
    "fail_on": _Words(
        "The least severity of a finding that makes the exit code 1. Findings that are hidden never do.",
        '"note": whatever is shown',
        '"error"',
    ),
    "confidence": _Words(
        "The lowest confidence of a finding that is shown.", '"medium", and "low" with `pedantic`', '"high"'
    ),
    "baseline": _Words(
        "A file of findings that are left out because they are nothing new (see"
        " [only-what-is-new.md](only-what-is-new.md)); it lies below the configuration file's directory.",
        "none",
        '"goleaklint-baseline.json"',
    ),
}

# `path` says where the settings come from; nobody writes it down.
_NO_KEYS: Final = frozenset({"path"})


def keys() -> tuple[Key, ...]:
    """Every key that a configuration file may hold, in the order in which they are documented."""
    hints = typing.get_type_hints(Config)
    written = [field.name for field in fields(Config) if field.name not in _NO_KEYS]
    return tuple(Key(name, *_shape(hints[name]), *_WORDS[name]) for name in written)


def _shape(hint: object) -> tuple[Shape, tuple[str, ...]]:
    """What is written for a setting of this type, and the words of a choice."""
    if isinstance(hint, types.UnionType):
        hint = next(each for each in typing.get_args(hint) if each is not types.NoneType)
    if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
        return "choice", tuple(hint)
    if hint is bool:
        return "flag", ()
    if hint is str:
        return "text", ()
    element = typing.get_args(hint)[0]
    return ("texts by pattern" if typing.get_origin(element) is tuple else "texts"), ()
