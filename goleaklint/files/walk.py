"""Roots in, the directories below them out, and a count of the Go files in whatever `go list` would pass over.

A directory is known by its real path, so that two ways to it are one. Symlinks to directories are never followed.
"""

import enum
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from goleaklint.files.modules import ModuleFinder, ModuleRoot
from goleaklint.files.patterns import Root
from goleaklint.model import Notification


class Reason(enum.StrEnum):
    """Why a .go file below the patterns is not read."""

    HIDDEN = "hidden or underscored"
    VENDORED = "vendored"
    TESTDATA = "testdata"
    NESTED = "nested module"
    IGNORED = "ignored by go.mod"
    TEST = "test"
    EXCLUDED = "excluded by configuration"
    SYMLINK = "symlink"
    NAME = "name is not UTF-8"


# What version control keeps for itself is no source, though a branch may be called fix.go; it may also be very large.
_NEVER_READ = frozenset((".git", ".hg", ".svn", ".jj", ".bzr"))


@dataclass(slots=True)
class Directory:
    """A directory that is read: its .go files by name, and how it was asked for.

    `whole` is set if a pattern names the directory or one above it; `named` holds the files named by themselves.
    """

    absolute: str
    real: str
    files: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    dangling: int = 0
    whole: bool = False
    named: set[str] = field(default_factory=set)

    @property
    def has_go_files(self) -> bool:
        return bool(self.files or self.links or self.dangling)


@dataclass(slots=True)
class SkippedTree:
    """A directory that is passed over with all below it, and how many .go files that is."""

    real: str
    reason: Reason
    count: int = 0


@dataclass(slots=True)
class _Listing:
    directories: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    dangling: int = 0
    has_go_mod: bool = False


class Walk:
    """Reads what roots ask for. With `nested`, modules below a root's own are read as well."""

    def __init__(self, finder: ModuleFinder, shown: Callable[[str], str], *, nested: bool) -> None:
        self._finder = finder
        self._shown = shown
        self._nested = nested
        self._descended: set[str] = set()
        self._unreadable: set[str] = set()
        self._skipped: dict[str, SkippedTree] = {}
        self.directories: dict[str, Directory] = {}
        self.notifications: list[Notification] = []

    def read(self, roots: Sequence[Root]) -> None:
        """Reads all roots. Of two ways to a directory the one without symlinks is shown, whatever the roots' order."""
        real_paths = {root.directory: os.path.realpath(root.directory) for root in roots}
        for root in sorted(roots, key=lambda root: (root.directory != real_paths[root.directory], root.directory)):
            self._read(root, real_paths[root.directory])

    def _read(self, root: Root, real: str) -> None:
        if root.recursive:
            self._descend(root, real)
        else:
            directory = self._directory(root.directory, real)
            directory.whole |= not root.only
            directory.named |= {root.only} - {""}

    def skipped(self) -> list[SkippedTree]:
        """The trees passed over, counted. To be asked when all roots are read; what one of them reads is left out."""
        trees = [tree for tree in self._skipped.values() if tree.real not in self._descended]
        counted = set(self.directories)
        # Innermost first: a tree passed over below a root that lies in another such tree keeps its own reason.
        for tree in sorted(trees, key=lambda tree: len(tree.real), reverse=True):
            tree.count = _count(tree.real, counted)
        return trees

    def matched(self, root: Root) -> bool:
        """Reports whether there is a .go file, read or passed over, below the root. To be asked after `skipped`."""
        real = os.path.realpath(root.directory)
        if real in self._unreadable:  # told already
            return True
        if not root.recursive:
            return self.directories[real].has_go_files
        inside = real.rstrip(os.sep) + os.sep
        return any(
            directory.has_go_files and (path == real or path.startswith(inside)) and _fits(root, real, path)
            for path, directory in self.directories.items()
        ) or any(
            tree.count and tree.real.startswith(inside) and _fits(root, real, tree.real)
            for tree in self._skipped.values()
        )

    def _descend(self, root: Root, real: str) -> None:
        used = self._used_modules(root.directory)
        pending = [(root.directory, real, self._finder.nearest(root.directory))]
        while pending:
            absolute, real_path, module = pending.pop()
            if real_path in self._descended:
                continue
            listing = self._list(absolute)
            if listing.has_go_mod and real_path != real:
                if not self._nested and real_path not in used:
                    self._skip(root, real, real_path, Reason.NESTED)
                    continue
                module = self._finder.nearest(absolute)
            if root.wildcard is None:
                self._descended.add(real_path)
            if _fits(root, real, real_path):
                self._directory(absolute, real_path, listing).whole = True
            for name in listing.directories:
                child, child_real = os.path.join(absolute, name), os.path.join(real_path, name)
                reason = _reason_to_skip(name, child, module)
                if reason is None:
                    pending.append((child, child_real, module))
                else:
                    self._skip(root, real, child_real, reason)

    def _used_modules(self, directory: str) -> frozenset[str]:
        workspace = self._finder.workspace(directory)
        return frozenset(map(os.path.realpath, workspace.uses)) if workspace is not None else frozenset()

    def _skip(self, root: Root, root_real: str, real: str, reason: Reason) -> None:
        if _fits(root, root_real, real):
            self._skipped.setdefault(real, SkippedTree(real, reason))

    def _directory(self, absolute: str, real: str, listing: _Listing | None = None) -> Directory:
        known = self.directories.get(real)
        if known is None:
            found = listing or self._list(absolute)
            known = Directory(absolute, real, found.files, found.links, found.dangling)
            self.directories[real] = known
        return known

    def _list(self, absolute: str) -> _Listing:
        try:
            return _listing(absolute)
        except OSError as error:
            real = os.path.realpath(absolute)
            if real not in self._unreadable:
                self._unreadable.add(real)
                message = f"this directory cannot be read: {error.strerror or error}"
                self.notifications.append(Notification("GL900", message, self._shown(absolute)))
            return _Listing()


def _count(real: str, counted: set[str]) -> int:
    """How many .go files lie in the tree, without the directories in `counted`, to which the others are added.

    Most of the files below a large repository are vendored, so this asks the system for names and nothing else.
    """
    total = 0
    pending = [real]
    while pending:
        directory = pending.pop()
        new = directory not in counted
        counted.add(directory)
        try:
            with os.scandir(directory) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        pending += () if entry.name in _NEVER_READ else (entry.path,)
                    elif new and entry.name.endswith(".go"):
                        total += not os.path.isdir(entry.path) if entry.is_symlink() else entry.is_file()
        except OSError:
            continue  # nothing in it would have been read
    return total


def _listing(absolute: str) -> _Listing:
    """What is in the directory, sorted by name."""
    found = _Listing()
    with os.scandir(absolute) as entries:
        for entry in entries:
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                if name not in _NEVER_READ:
                    found.directories.append(name)
            elif name == "go.mod":
                found.has_go_mod = not os.path.isdir(entry.path)
            elif name.endswith(".go"):
                _note_file(entry, found)
    found.directories.sort()
    found.files.sort()
    found.links.sort()
    return found


def _note_file(entry: os.DirEntry[str], found: _Listing) -> None:
    if not entry.is_symlink():
        # Pipes and devices are no files, whatever they are called; opening one could wait for ever.
        found.files += [entry.name] if entry.is_file() else []
    elif os.path.isfile(entry.path):
        found.links.append(entry.name)
    elif not os.path.isdir(entry.path):
        found.dangling += 1


def _reason_to_skip(name: str, absolute: str, module: ModuleRoot | None) -> Reason | None:
    if name[0] in "._":
        return Reason.HIDDEN
    if name == "vendor":
        return Reason.VENDORED
    if name == "testdata":
        return Reason.TESTDATA
    if module is not None and module.ignores(absolute):
        return Reason.IGNORED
    return None


def _fits(root: Root, root_real: str, real: str) -> bool:
    if root.wildcard is None:
        return True
    inside = real[len(root_real) :].replace(os.sep, "/").strip("/")
    return root.wildcard.fullmatch(inside) is not None
