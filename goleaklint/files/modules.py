"""A directory in, the go.mod and go.work that govern it out.

Each of those files is read once; what is wrong with it is kept to be told.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from goleaklint.files.gomod import GoMod, GoWork, parse_go_mod, parse_go_work
from goleaklint.files.selection import Replace
from goleaklint.model import Notification

# The Go command's own limit for go.mod.
_MAX_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class ModuleRoot:
    """A directory with a go.mod, and what that declares; directories in `replaces` are absolute."""

    directory: str
    mod: GoMod

    def ignores(self, directory: str) -> bool:
        """Reports whether an `ignore` line of the go.mod covers `directory`, which lies below this one.

        `ignore ./a` means that directory of the module, `ignore a` any directory of that name.
        """
        if not self.mod.ignores:
            return False
        inside = "/" + directory[len(self.directory) :].replace(os.sep, "/").strip("/") + "/"
        for ignored in self.mod.ignores:
            path = "/" + re.sub(r"^\./", "", ignored).strip("/") + "/"
            if inside.startswith(path) or (not ignored.startswith("./") and path in inside):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Workspace:
    """A directory with a go.work, the absolute directories of the modules it uses, and its replacements."""

    directory: str
    uses: tuple[str, ...]
    replaces: tuple[Replace, ...]


class ModuleFinder:
    """Finds the nearest go.mod and go.work above directories. `shown` makes the path that notifications give."""

    def __init__(self, shown: Callable[[str], str]) -> None:
        self._shown = shown
        self._modules: dict[str, ModuleRoot | None] = {}
        self._workspaces: dict[str, Workspace | None] = {}
        self.notifications: list[Notification] = []

    def nearest(self, directory: str) -> ModuleRoot | None:
        """The module whose go.mod is the nearest at or above the absolute `directory`."""
        passed = []
        while directory not in self._modules:
            passed.append(directory)
            path = os.path.join(directory, "go.mod")
            parent = os.path.dirname(directory)
            if os.path.isfile(path):
                self._modules[directory] = self._read_module(directory, path)
            elif parent == directory:
                self._modules[directory] = None
            else:
                directory = parent
        found = self._modules[directory]
        self._modules.update(dict.fromkeys(passed, found))
        return found

    def workspace(self, directory: str) -> Workspace | None:
        """The workspace whose go.work is the nearest at or above the absolute `directory`."""
        if directory not in self._workspaces:
            path = os.path.join(directory, "go.work")
            parent = os.path.dirname(directory)
            if os.path.isfile(path):
                self._workspaces[directory] = self._read_workspace(directory, path)
            else:
                self._workspaces[directory] = None if parent == directory else self.workspace(parent)
        return self._workspaces[directory]

    def workspace_of(self, module: ModuleRoot) -> Workspace | None:
        """The workspace above the module, if it uses the module."""
        workspace = self.workspace(module.directory)
        return workspace if workspace is not None and module.directory in workspace.uses else None

    def _read_module(self, directory: str, path: str) -> ModuleRoot:
        text = self._text(path)
        mod = GoMod() if text is None else parse_go_mod(text, self._shown(path))
        self.notifications += mod.notifications
        return ModuleRoot(directory, replace(mod, replaces=_with_directories(mod.replaces, directory)))

    def _read_workspace(self, directory: str, path: str) -> Workspace:
        text = self._text(path)
        work = GoWork() if text is None else parse_go_work(text, self._shown(path))
        self.notifications += work.notifications
        uses = []
        for use in work.uses:
            used = _resolved(directory, use.directory)
            if os.path.isfile(os.path.join(used, "go.mod")):
                uses.append(used)
            else:
                message = f"use {use.directory}: there is no go.mod in that directory"
                self.notifications.append(Notification("GL900", message, self._shown(path), use.line))
        return Workspace(directory, tuple(uses), _with_directories(work.replaces, directory))

    def _text(self, path: str) -> str | None:
        try:
            with open(path, "rb") as file:
                data = file.read(_MAX_BYTES + 1)
        except OSError as error:
            self._unreadable(path, error.strerror or "no reason is given")
            return None
        if len(data) > _MAX_BYTES:
            self._unreadable(path, f"larger than {_MAX_BYTES >> 20} MiB")
            return None
        try:
            return data.removeprefix(b"\xef\xbb\xbf").decode()
        except UnicodeDecodeError:
            self._unreadable(path, "not UTF-8")
            return None

    def _unreadable(self, path: str, why: str) -> None:
        self.notifications.append(Notification("GL900", f"cannot be read: {why}", self._shown(path)))


def _with_directories(replaces: tuple[Replace, ...], directory: str) -> tuple[Replace, ...]:
    """The replacements with `directory` set where the new path is one, resolved from the file's own directory."""
    return tuple(
        replace(r, directory=_resolved(directory, r.new_path)) if _is_directory_path(r.new_path) else r
        for r in replaces
    )


def _is_directory_path(path: str) -> bool:
    return path in (".", "..") or path.startswith(("./", "../", ".\\", "..\\")) or os.path.isabs(path)


def _resolved(directory: str, path: str) -> str:
    return os.path.normpath(os.path.join(directory, path))
