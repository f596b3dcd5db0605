"""The text of a go.mod or go.work in, what it declares out.

A line that cannot be read becomes a notification, and the others count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from goleaklint.files.selection import Replace, Require
from goleaklint.model import Notification


@dataclass(frozen=True, slots=True)
class GoMod:
    """What a go.mod declares. Paths in `replaces` and `ignores` are as written; what is missing is empty."""

    module: str = ""
    go_version: str = ""
    toolchain: str = ""
    requires: tuple[Require, ...] = ()
    replaces: tuple[Replace, ...] = ()
    ignores: tuple[str, ...] = ()
    notifications: tuple[Notification, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A module directory that a go.work names, as written, and the line that does."""

    directory: str
    line: int


@dataclass(frozen=True, slots=True)
class GoWork:
    """What a go.work declares, paths as written."""

    uses: tuple[Use, ...] = ()
    replaces: tuple[Replace, ...] = ()
    notifications: tuple[Notification, ...] = ()


def parse_go_mod(text: str, path: str) -> GoMod:
    """What the go.mod `text` declares; `path` is what notifications call it."""
    found = _read(text, path, _MOD_DIRECTIVES)
    return GoMod(
        module=found.module,
        go_version=found.go_version,
        toolchain=found.toolchain,
        requires=tuple(found.requires),
        replaces=tuple(found.replaces),
        ignores=tuple(found.ignores),
        notifications=tuple(found.notifications),
    )


def parse_go_work(text: str, path: str) -> GoWork:
    """What the go.work `text` declares; `path` is what notifications call it."""
    found = _read(text, path, _WORK_DIRECTIVES)
    return GoWork(tuple(found.uses), tuple(found.replaces), tuple(found.notifications))


_MOD_DIRECTIVES = frozenset(
    ("module", "go", "toolchain", "require", "replace", "ignore", "exclude", "retract", "tool", "godebug")
)
_WORK_DIRECTIVES = frozenset(("go", "toolchain", "use", "replace", "godebug"))

# Go versions are not semantic versions: "1.22", "1.22.3" and "1.23rc1" are all valid.
_GO_VERSION = re.compile(r"[1-9]\d*\.(0|[1-9]\d*)(\.(0|[1-9]\d*))?([a-z]+\d+)?")
_MODULE_PATH = re.compile(r"[\w.~-]+(/[\w.~-]+)*")
# A branch name stands where a version belongs until `go mod tidy` has run; it is neither path nor conflict marker.
_VERSION = re.compile(r"\w[\w.+/~-]*")
# What follows a quote that is never closed is taken as a whole, so that no line takes longer than its length.
_WORD = re.compile(
    r'//.*|"(?:[^"\\]|\\.)*+"|`[^`]*+`|(?P<open>["`].*)|[()\[\]{},]|(?:(?!//)[^\s()\[\]{},"`])+',
)


@dataclass(slots=True)
class _Declared:
    """What has been read so far. The first `module`, `go` and `toolchain` line decides; a second one is a mistake."""

    path: str
    module: str = ""
    go_version: str = ""
    toolchain: str = ""
    requires: list[Require] = field(default_factory=list)
    replaces: list[Replace] = field(default_factory=list)
    ignores: list[str] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)
    notifications: list[Notification] = field(default_factory=list)

    def complain(self, line: int, message: str) -> None:
        self.notifications.append(Notification("GL900", message, self.path, line))


@dataclass(frozen=True, slots=True)
class _Statement:
    line: int
    verb: str
    words: tuple[str, ...]


def _read(text: str, path: str, known: frozenset[str]) -> _Declared:
    found = _Declared(path)
    for statement in _statements(text, found):
        if statement.verb not in known:
            found.complain(statement.line, f"unknown directive: {statement.verb}")
        elif not _declare(statement, found):
            found.complain(statement.line, f"cannot read this {statement.verb} directive")
    return found


def _statements(text: str, found: _Declared) -> Iterator[_Statement]:
    """The directives one by one, those in a block with the block's verb."""
    block = ""
    opened = 0
    for number, line in enumerate(text.split("\n"), start=1):
        words = _words(line)
        if words is None:
            found.complain(number, "this line cannot be read")
        elif not words:
            continue
        elif block and words == [")"]:
            block = ""
        elif block:
            yield _Statement(number, block, tuple(words))
        elif words[-1] == "(" and len(words) == 2:
            block, opened = words[0], number
        else:
            yield _Statement(number, words[0], tuple(words[1:]))
    if block:
        found.complain(opened, f"the block of {block} that begins here is not closed")


def _words(line: str) -> list[str] | None:
    """The words of a line without its comment, strings unquoted; None where the line cannot be split into words."""
    words: list[str] = []
    for match in _WORD.finditer(line):
        word = match[0]
        if word.startswith("//"):
            break
        if match["open"] or word.startswith("/*"):
            return None
        if word[0] == '"':
            # Only backslash and quote are ever escaped in a path; the rest of Go's escapes are not worth a decoder.
            word = re.sub(r"\\(.)", r"\1", word[1:-1])
        elif word[0] == "`":
            word = word[1:-1]
        words.append(word)
    return words


def _declare(statement: _Statement, found: _Declared) -> bool:
    """Reports whether the statement was understood; what it declares is added to `found`."""
    match statement.verb, statement.words:
        case "module", (path,) if not found.module and _MODULE_PATH.fullmatch(path):
            found.module = path
        case "go", (version,) if not found.go_version and _GO_VERSION.fullmatch(version):
            found.go_version = version
        case "toolchain", (name,) if not found.toolchain:
            found.toolchain = name
        case "require", (path, version) if _MODULE_PATH.fullmatch(path) and _VERSION.fullmatch(version):
            found.requires.append(Require(path, version))
        case "replace", words:
            return _declare_replace(words, found)
        case "ignore", (directory,):
            found.ignores.append(directory)
        case "use", (directory,):
            found.uses.append(Use(directory, statement.line))
        case (("module" | "go" | "toolchain" | "require" | "ignore" | "use"), _):
            return False
    return True


def _declare_replace(words: tuple[str, ...], found: _Declared) -> bool:
    match words:
        case (path, "=>", new, *rest) if len(rest) <= 1:
            found.replaces.append(Replace(path, "", new, "".join(rest)))
        case (path, version, "=>", new, *rest) if len(rest) <= 1:
            found.replaces.append(Replace(path, version, new, "".join(rest)))
        case _:
            return False
    return True
