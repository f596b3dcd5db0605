"""Modules as go.mod describes them, or as the imports suggest, in; the `Module`s of a selection out, no two alike."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from goleaklint.files.modules import ModuleFinder, ModuleRoot
from goleaklint.files.selection import Module

# Imports stand at the top of a file, and a module shows its path in few files: enough for a majority, and quick.
_MAX_FILES = 200
_MAX_BYTES = 64 * 1024

# A string that ends a line, and what stands before it if it is that of an import: to look for the strings first is
# fast. No import path is longer than the names that file systems allow.
_LAST_STRING = re.compile(rb'"([^"\s\\]{1,255}+)"[ \t]*+(?://.*)?\r?$', re.MULTILINE)
_BEFORE_IMPORT = re.compile(rb"[ \t]*+(?:import[ \t]++)?(?:[\w.]++[ \t]++)?")

# The first elements of the standard library's nested packages. A directory `http` must not make `net` a module path.
_STANDARD = frozenset(
    (
        *("archive", "builtin", "cmd", "compress", "container", "crypto", "database", "debug", "encoding", "errors"),
        *("expvar", "go", "hash", "html", "image", "index", "internal", "io", "iter", "log", "math", "mime", "net"),
        *("os", "path", "plugin", "reflect", "regexp", "runtime", "sync", "testing", "text", "time", "unicode"),
        "vendor",
    )
)


@dataclass(frozen=True, slots=True)
class Home:
    """The directory that a module's import paths are relative to, and its go.mod if it has one."""

    directory: str
    root: ModuleRoot | None


def name_modules(
    homes: Mapping[str, Home], files: Mapping[str, Sequence[str]], finder: ModuleFinder, shown: Callable[[str], str]
) -> tuple[dict[str, Module], list[str]]:
    """The modules by their directory, and hints for the user. `files` holds, by the same key, absolute Go file paths.

    Two modules may declare the same path; the outermost keeps it and the others get their directory appended, since
    packages of one import path would be taken for one package.
    """
    modules: dict[str, Module] = {}
    hints: list[str] = []
    taken: dict[str, str] = {}
    for directory in sorted(homes, key=lambda d: (d.count(os.sep), d)):
        module = _module(homes[directory], files.get(directory, ()), finder)
        first = taken.setdefault(module.path, directory)
        if first != directory:
            own = f"{module.path}@{shown(directory)}"
            hints.append(f"{shown(directory)} declares the module {module.path}, as does {shown(first)}: named {own}")
            module = replace(module, path=own)
        modules[directory] = module
    return modules, hints


def import_path(module: Module, directory: str) -> str:
    """The import path of a directory of the module."""
    inside = directory[len(module.directory) :].replace(os.sep, "/").strip("/")
    if module.path == "std" and not module.inferred:  # the standard library's own go.mod; its packages have no prefix
        return inside or "std"
    return f"{module.path}/{inside}" if inside else module.path


def inferred_path(directory: str, files: Iterable[str]) -> str:
    """The import path of a module without go.mod: the prefix, by majority over the imports, that leaves an existing
    directory; else the directory's name."""
    votes = Counter(
        prefix
        for path in sorted(_imports(files))
        for prefix in _prefixes(path)
        if _leaves_directory(directory, path, prefix)
    )
    name = os.path.basename(directory) or "main"
    if not votes:
        return name
    return min(votes, key=lambda prefix: (-votes[prefix], prefix.rpartition("/")[2] != name, -len(prefix), prefix))


def _module(home: Home, files: Sequence[str], finder: ModuleFinder) -> Module:
    if home.root is None:
        return Module(inferred_path(home.directory, files), home.directory, inferred=True)
    mod = home.root.mod
    workspace = finder.workspace_of(home.root)
    return Module(
        path=mod.module or inferred_path(home.directory, files),
        directory=home.directory,
        go_version=mod.go_version,
        toolchain=mod.toolchain,
        inferred=not mod.module,
        requires=mod.requires,
        replaces=(workspace.replaces if workspace else ()) + mod.replaces,
    )


def _imports(files: Iterable[str]) -> set[str]:
    """The nested import paths outside the standard library that the first files mention."""
    found: set[str] = set()
    for path in sorted(files)[:_MAX_FILES]:
        try:
            with open(path, "rb") as file:
                text = file.read(_MAX_BYTES)
        except OSError:
            continue  # told when the file is loaded
        found |= imported(text)
    return {path for path in found if "/" in path and path[0] not in "./" and path.partition("/")[0] not in _STANDARD}


def imported(text: bytes) -> set[str]:
    """The import paths in the text of a file, by a quick look; other strings that stand alone on a line count too."""
    return {match[1].decode("utf-8", "replace") for match in _LAST_STRING.finditer(text) if _is_import(text, match)}


def _is_import(text: bytes, string: re.Match[bytes]) -> bool:
    start = string.start()
    return _BEFORE_IMPORT.fullmatch(text, text.rfind(b"\n", 0, start) + 1, start) is not None


def _prefixes(path: str) -> Iterable[str]:
    elements = path.split("/")
    return ("/".join(elements[:length]) for length in range(1, len(elements)))


def _leaves_directory(directory: str, path: str, prefix: str) -> bool:
    return os.path.isdir(os.path.join(directory, path[len(prefix) + 1 :]))
