"""What the files stage hands on: the Go files to read, their modules, and an account of every file passed over."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from goleaklint.model import Notification


@dataclass(frozen=True, slots=True)
class Require:
    """A module that go.mod asks for, and the version it asks for."""

    path: str
    version: str


@dataclass(frozen=True, slots=True)
class Replace:
    """Module `path` at `version` ("" for any) is taken from elsewhere.

    That is `directory` (absolute) where it is set, else the module `new_path` at `new_version`.
    """

    path: str
    version: str
    new_path: str
    new_version: str = ""
    directory: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """A Go module. `path` is its import path, `directory` absolute; `go_version` the `go` line ("1.22"), "" if absent.

    `inferred` is set where no go.mod gives a path: it is then taken from the module's own imports.
    `replaces` begins with those of the go.work that uses the module; the first that fits decides.
    """

    path: str
    directory: str
    go_version: str = ""
    toolchain: str = ""
    inferred: bool = False
    requires: tuple[Require, ...] = ()
    replaces: tuple[Replace, ...] = ()


@dataclass(frozen=True, slots=True)
class GoFile:
    """One Go file to read. `path` is shown to the user, `absolute` is opened; `package` is its directory's import path.

    `reported` is false for files that are read only because a file beside them was asked for. `data` holds the text
    where it did not come from disk (standard input).
    """

    path: str
    absolute: str
    package: str
    module: str
    is_test: bool = False
    reported: bool = True
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The files in the order of their paths.

    `modules` is keyed by module path: those of the files, and those of the workspace they are used in.
    `skipped` counts, by reason, the .go files below the patterns that are not in `files`: each is in exactly one place.
    `cwd` is the absolute directory that paths are shown from.
    """

    files: tuple[GoFile, ...]
    modules: Mapping[str, Module]
    skipped: Mapping[str, int] = field(default_factory=dict)
    notifications: tuple[Notification, ...] = ()
    hints: tuple[str, ...] = ()
    cwd: str = ""
