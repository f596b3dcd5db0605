"""The files that changed, and a selection, in; the directories in which a change may show out.

Those are the directories of changed files, and of all packages of their modules that import one of them, directly or
not: a helper that no longer closes what it is given leaks in its callers.
"""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from goleaklint.files.discovery import select
from goleaklint.files.naming import import_path, imported
from goleaklint.files.patterns import PatternError
from goleaklint.files.selection import GoFile, Module, Selection

# Imports stand at the top of a file, after its comments.
_HEAD_BYTES = 64 * 1024


@dataclass(slots=True)
class _Packages:
    """Which directory imports what; directories by their real path."""

    paths: dict[str, str] = field(default_factory=dict)
    importers: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, file: GoFile) -> None:
        directory = real_directory(file)
        self.paths[directory] = file.package
        for path in imported(_head(file)):
            self.importers[path].add(directory)


def affected(selection: Selection, changed: Collection[str]) -> frozenset[str]:
    """The real paths of the selected directories that `changed`, absolute real paths, may show in."""
    packages = _Packages()
    for file in {file.absolute: file for file in (*_around(selection), *selection.files)}.values():
        packages.add(file)
    modules = {os.path.realpath(module.directory): module for module in selection.modules.values()}
    directories, paths = _touched(changed, modules, packages)
    directories |= {real_directory(file) for file in selection.files if file.data is not None}
    pending = [*paths, *(packages.paths[each] for each in directories if each in packages.paths)]
    seen = set(pending)
    while pending:
        for directory in packages.importers.get(pending.pop(), ()):
            directories.add(directory)
            path = packages.paths[directory]
            if path not in seen:
                seen.add(path)
                pending.append(path)
    return frozenset(directories)


def real_directory(file: GoFile) -> str:
    """The real path of the directory that a file is named in."""
    return os.path.realpath(os.path.dirname(file.absolute))  # noqa: PTH120 - tens of thousands of strings


def _around(selection: Selection) -> tuple[GoFile, ...]:
    """All files of the modules that the selection is a part of."""
    roots = [module.directory for module in selection.modules.values() if os.path.isdir(module.directory)]
    if not roots:
        return ()
    try:
        return select([f"{root}/..." for root in roots], cwd=roots[0], modules="all").files
    except PatternError:
        return ()


def _touched(
    changed: Iterable[str], modules: dict[str, Module], packages: _Packages
) -> tuple[set[str], set[str]]:
    """The directories that changed, and the import paths of those that others may import."""
    directories: set[str] = set()
    paths: set[str] = set()
    for path in changed:
        directory, name = os.path.split(path)
        if name in ("go.mod", "go.work"):
            directories |= {each for each in packages.paths if f"{each}/".startswith(f"{directory}/")}
            continue
        directories.add(directory)
        if not name.endswith("_test.go"):
            paths |= _import_paths(directory, modules)
    tests_only = directories - {os.path.dirname(path) for path in changed if not path.endswith("_test.go")}
    del tests_only
    return directories, paths


def _import_paths(directory: str, modules: dict[str, Module]) -> set[str]:
    """What a directory, which need not exist any more, is imported as."""
    _, vendor, vendored = f"{directory}/".rpartition("/vendor/")
    if vendor:
        return {vendored.rstrip("/")}
    above = (root for root in modules if f"{directory}/".startswith(f"{root.rstrip('/')}/"))
    root = max(above, key=len, default=None)
    return set() if root is None else {import_path(modules[root], _below(directory, root, modules[root]))}


def _below(directory: str, root: str, module: Module) -> str:
    """The directory as it is spelled below the module's, which may lie behind a link."""
    return module.directory + directory[len(root) :]


def _head(file: GoFile) -> bytes:
    if file.data is not None:
        return file.data[:_HEAD_BYTES]
    try:
        with open(file.absolute, "rb") as source:  # noqa: PTH123 - tens of thousands of strings
            return source.read(_HEAD_BYTES)
    except OSError:
        return b""
