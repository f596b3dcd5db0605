"""The patterns a user types in, the directories to read out: `./...`, `./pkg`, `x.go`, `example.com/m/...`, `-`.

What does not exist is collected as a mistake, so that the user hears of all of them at once.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

from goleaklint.files.modules import ModuleFinder, ModuleRoot


class PatternError(Exception):
    """Patterns that do not exist or match nothing. `mistakes` holds one sentence for each.

    `found_nothing` is set where every pattern is well-formed and names something, but no Go file is there.
    """

    def __init__(self, mistakes: tuple[str, ...], *, found_nothing: bool = False) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes
        self.found_nothing = found_nothing


@dataclass(frozen=True, slots=True)
class StandardInput:
    """The text read for the pattern `-`. `path` is the file it stands for, "" if that is not known."""

    data: bytes
    path: str = ""


@dataclass(frozen=True, slots=True)
class Root:
    """A directory (absolute) to read because of `pattern`: itself only, or all below if `recursive`.

    `only` is the name of the one file that was asked for in it. `wildcard` must match the slashed path of a directory
    relative to this one, where the pattern has `...` elsewhere than as its last element.
    """

    pattern: str
    directory: str
    recursive: bool = False
    only: str = ""
    wildcard: re.Pattern[str] | None = None


def resolve(
    patterns: Sequence[str], cwd: str, finder: ModuleFinder, stdin: StandardInput | None
) -> tuple[list[Root], list[str]]:
    """The roots of all patterns, in their order, and the mistakes among the patterns."""
    roots: list[Root] = []
    mistakes: list[str] = []
    for pattern in dict.fromkeys(patterns):
        found = _standard_input(cwd, stdin) if pattern == "-" else _resolve(pattern, cwd, finder)
        if isinstance(found, str):
            mistakes.append(f"{pattern or 'empty pattern'}: {found}")
        else:
            roots += found
    return roots, mistakes


def _standard_input(cwd: str, stdin: StandardInput | None) -> list[Root] | str:
    if stdin is None:
        return "no standard input is given"
    if not stdin.path:
        return []
    if not stdin.path.endswith(".go"):
        return f"the file name {stdin.path} given for standard input is not that of a Go file"
    directory, name = os.path.split(os.path.abspath(os.path.join(cwd, stdin.path)))
    return [Root("-", directory, only=name)] if os.path.isdir(directory) else []


def _resolve(pattern: str, cwd: str, finder: ModuleFinder) -> list[Root] | str:
    """The roots of one pattern, or what is wrong with it."""
    path = pattern.replace(os.sep, "/")
    if "..." in path:
        return _wildcard(pattern, path, cwd, finder)
    absolute = os.path.abspath(os.path.join(cwd, path))
    if path and os.path.isdir(absolute):
        return [Root(pattern, absolute)]
    if os.path.isfile(absolute):
        directory, name = os.path.split(absolute)
        return [Root(pattern, directory, only=name)] if name.endswith(".go") else "not a Go file"
    inside = [found for found in _by_import_path(path, cwd, finder) if os.path.isdir(found)]
    return [Root(pattern, inside[0])] if inside else _missing(path, cwd, finder)


def _wildcard(pattern: str, path: str, cwd: str, finder: ModuleFinder) -> list[Root] | str:
    """The roots of a pattern with `...`: the part before it names the directory, what follows must match below that."""
    fixed, _, rest = path.partition("...")
    base, slash, begun = fixed.rpartition("/")
    wildcard = None if not begun and not rest else _wildcard_expression(begun + "..." + rest)
    absolute = os.path.abspath(os.path.join(cwd, base + slash))
    if os.path.isdir(absolute):
        roots = [absolute, *_workspace_modules(absolute, finder)] if wildcard is None else [absolute]
    else:
        roots = [found for found in _by_import_path(base, cwd, finder) if os.path.isdir(found)]
        roots += _modules_below(base, cwd, finder) if wildcard is None else []
    if not roots:
        return _missing(base, cwd, finder)
    return [Root(pattern, root, recursive=True, wildcard=wildcard) for root in dict.fromkeys(roots)]


def _wildcard_expression(pattern: str) -> re.Pattern[str]:
    """As in the Go command, `...` stands for any text, and `x/...` means x as well."""
    expression = re.escape(pattern).replace(r"\.\.\.", ".*")
    return re.compile(re.sub(r"/\.\*$", "(/.*)?", expression))


def _workspace_modules(directory: str, finder: ModuleFinder) -> list[str]:
    """Where `directory` is the root of a workspace but not of a module, all modules that the workspace uses."""
    if os.path.isfile(os.path.join(directory, "go.mod")):
        return []
    workspace = finder.workspace(directory)
    return list(workspace.uses) if workspace is not None and workspace.directory == directory else []


def _by_import_path(path: str, cwd: str, finder: ModuleFinder) -> list[str]:
    """The directories that the import path names in the modules at hand, those of the longest module path first."""
    found = []
    for root in sorted(_modules_at_hand(cwd, finder), key=lambda root: (-len(root.mod.module), root.directory)):
        if path == root.mod.module or path.startswith(root.mod.module + "/"):
            found.append(os.path.join(root.directory, path[len(root.mod.module) + 1 :]).rstrip(os.sep))
    return found


def _modules_below(path: str, cwd: str, finder: ModuleFinder) -> list[str]:
    """The modules at hand whose path has `path` as its beginning: `example.com/...` means example.com/m as well."""
    return [root.directory for root in _modules_at_hand(cwd, finder) if root.mod.module.startswith(path + "/")]


def _modules_at_hand(cwd: str, finder: ModuleFinder) -> list[ModuleRoot]:
    """The module of the working directory and those of its workspace, as far as their path is known."""
    workspace = finder.workspace(cwd)
    directories = [cwd, *(workspace.uses if workspace else ())]
    roots = [root for root in map(finder.nearest, directories) if root is not None and root.mod.module]
    return list({root.directory: root for root in roots}.values())


def _missing(path: str, cwd: str, finder: ModuleFinder) -> str:
    modules = [root.mod.module for root in _modules_at_hand(cwd, finder)]
    if not modules or path.startswith((".", "/")):
        return "no such file or directory"
    return f"no such file or directory, and no package of {', '.join(modules)}"
