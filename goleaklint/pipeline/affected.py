"""The files that changed, and a selection, in; the directories in which a change may show out.

Those are the directories of changed files, and of all packages of their modules that import one of them, directly or
not: a helper that no longer closes what it is given leaks in its callers.
"""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from goleaklint.files.discovery import files_of_modules
from goleaklint.files.naming import import_path, imported
from goleaklint.files.selection import GoFile, Module, Selection

# Imports stand at the top of a file, after its comments.
_HEAD_BYTES = 64 * 1024


@dataclass(slots=True)
class _Packages:
    """Which directory imports what; directories by their real path."""

    paths: dict[str, str] = field(default_factory=dict)
    importers: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, file: GoFile, directory: str) -> None:
        self.paths[directory] = file.package
        for path in imported(_head(file)):
            self.importers[path].add(directory)


def affected(selection: Selection, changed: Collection[str]) -> frozenset[str]:
    """The real paths of the selected directories that `changed`, absolute real paths, may show in."""
    packages = _Packages()
    every = {file.absolute: file for file in (*files_of_modules(selection, "all"), *selection.files)}
    for file, directory in located(every.values()):
        packages.add(file, directory)
    modules = {os.path.realpath(module.directory): module for module in selection.modules.values()}
    directories, seen = _touched(changed, modules, packages)
    for file, directory in located(file for file in selection.files if file.data is not None):
        directories.add(directory)
        seen.add(file.package)
    pending = sorted(seen)
    while pending:
        for directory in packages.importers.get(pending.pop(), ()):
            directories.add(directory)
            path = packages.paths[directory]
            if path not in seen:
                seen.add(path)
                pending.append(path)
    return frozenset(directories)


def located(files: Iterable[GoFile]) -> Iterator[tuple[GoFile, str]]:
    """Each file with the real path of the directory that it is named in."""
    real: dict[str, str] = {}
    for file in files:
        directory = os.path.dirname(file.absolute)  # noqa: PTH120 - tens of thousands of strings
        if directory not in real:
            real[directory] = os.path.realpath(directory)
        yield file, real[directory]


def _touched(changed: Iterable[str], modules: dict[str, Module], packages: _Packages) -> tuple[set[str], set[str]]:
    """The directories that changed, and the import paths of those that look different to their importers."""
    directories: set[str] = set()
    paths: set[str] = set()
    for path in changed:
        directory, name = os.path.split(path)
        if name in ("go.mod", "go.work"):
            below = {each for each in packages.paths if _is_below(each, directory)}
            directories |= below
            paths |= {packages.paths[each] for each in below}
            continue
        directories.add(directory)
        if not name.endswith("_test.go"):
            paths |= _import_paths(directory, modules)
    return directories, paths


def _import_paths(directory: str, modules: dict[str, Module]) -> set[str]:
    """What a directory, which need not exist any more, is imported as."""
    root = max((each for each in modules if _is_below(directory, each)), key=len, default=None)
    if root is None:
        return set()
    inside = directory[len(root) :]
    _, vendor, vendored = inside.rpartition("/vendor/")
    # The module may be spelled through a link.
    return {vendored if vendor else import_path(modules[root], modules[root].directory + inside)}


def _is_below(path: str, directory: str) -> bool:
    return path == directory or path.startswith(directory.rstrip(os.sep) + os.sep)


def _head(file: GoFile) -> bytes:
    if file.data is not None:
        return file.data[:_HEAD_BYTES]
    try:
        with open(file.absolute, "rb") as source:  # noqa: PTH123 - tens of thousands of strings
            return source.read(_HEAD_BYTES)
    except OSError:
        return b""
