"""Patterns in, the Go files they mean out, with an account of every .go file that is passed over."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from goleaklint.files.choice import Candidate, Choice, is_test, without_repeated_links
from goleaklint.files.modules import ModuleFinder
from goleaklint.files.naming import Home, import_path, name_modules
from goleaklint.files.patterns import PatternError, Root, StandardInput, resolve
from goleaklint.files.selection import GoFile, Module, Selection
from goleaklint.files.walk import Reason, Walk
from goleaklint.model import Notification

ModuleScope = Literal["nearest", "all"]


def select(
    patterns: Sequence[str],
    *,
    cwd: str | os.PathLike[str],
    tests: bool = False,
    modules: ModuleScope = "nearest",
    excluded: Callable[[str], bool] | None = None,
    force_exclude: bool = False,
    stdin: StandardInput | None = None,
) -> Selection:
    """The Go files that the patterns (`./...` if there are none) mean in the working directory `cwd`.

    `excluded` is asked with the path that is shown; a file named by itself is not asked about unless `force_exclude`.
    `modules` tells whether `...` goes into modules nested in the pattern's own. `stdin` is what the pattern `-` stands
    for. Raises PatternError with every pattern that does not exist or matches no Go file.
    """
    base = os.path.abspath(cwd)
    shown = _shown_from(base)
    choice = Choice(shown, tests, excluded or _nothing, force_exclude)
    finder = ModuleFinder(shown)
    roots, mistakes = resolve(patterns or ("./...",), base, finder, stdin)
    walk = Walk(finder, shown, nested=modules == "all")
    walk.read(roots)
    skipped = Counter[str]()
    nested = 0
    for tree in walk.skipped():
        skipped[tree.reason] += tree.count
        nested += tree.reason is Reason.NESTED and tree.count > 0
    unmatched = _unmatched(roots, walk)
    if mistakes or unmatched:
        raise PatternError(tuple(map(_printable, (*mistakes, *unmatched))), found_nothing=not mistakes)
    candidates = [c for directory in walk.directories.values() for c in choice.of(directory, skipped)]
    candidates = without_repeated_links(candidates, skipped)
    if "-" in patterns and stdin is not None:
        candidates = choice.with_input(candidates, stdin, base, skipped)
    named_tests = sum(is_test(root.only) for root in roots)
    files, known, hints = _named(candidates, roots, base, finder, shown)
    return Selection(
        files=files,
        modules=known,
        skipped={str(reason): skipped[reason] for reason in sorted(skipped) if skipped[reason]},
        notifications=_in_order((*finder.notifications, *walk.notifications, *_badly_named(skipped))),
        hints=(
            *_skipped_hint(nested, "nested module", "--modules=all"),
            *_skipped_hint(0 if tests else named_tests, "named test file", "--tests"),
            *map(_printable, hints),
        ),
        cwd=base,
    )


def files_of_modules(selection: Selection, modules: ModuleScope = "nearest") -> tuple[GoFile, ...]:
    """All Go files, tests left out, of the modules that a selection is a part of; with "all", of nested ones, too."""
    roots = [module.directory for module in selection.modules.values() if os.path.isdir(module.directory)]
    try:
        return select([f"{root}/..." for root in roots], cwd=selection.cwd, modules=modules).files if roots else ()
    except PatternError:  # a module of a workspace may hold no Go file
        return ()


def _named(
    candidates: list[Candidate], roots: list[Root], cwd: str, finder: ModuleFinder, shown: Callable[[str], str]
) -> tuple[tuple[GoFile, ...], dict[str, Module], list[str]]:
    """The files with their module and package, the modules by path, and hints."""
    by_directory: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_directory.setdefault(os.path.dirname(candidate.absolute), []).append(candidate)
    homes: dict[str, Home] = {}
    home_of: dict[str, str] = {}
    texts: dict[str, list[str]] = {}
    for directory, inside in by_directory.items():
        home = _home(directory, roots, cwd, finder)
        homes[home.directory] = home
        home_of[directory] = home.directory
        texts.setdefault(home.directory, []).extend(c.absolute for c in inside if c.data is None)
    for root in _workspace_modules(homes, finder):
        homes.setdefault(root.directory, root)
    modules, hints = name_modules(homes, texts, finder, shown)
    files = []
    for directory, inside in by_directory.items():
        module = modules[home_of[directory]]
        package = import_path(module, directory)
        files += [GoFile(c.path, c.absolute, package, module.path, c.is_test, c.reported, c.data) for c in inside]
    files.sort(key=lambda file: file.path)
    return tuple(files), {m.path: m for m in sorted(modules.values(), key=lambda m: m.path)}, hints


def _home(directory: str, roots: list[Root], cwd: str, finder: ModuleFinder) -> Home:
    """Where import paths begin for files of the directory.

    Without go.mod that is the working directory, or the outermost directory asked for if that lies elsewhere.
    """
    root = finder.nearest(directory)
    if root is not None:
        return Home(root.directory, root)
    if _is_below(directory, cwd):
        return Home(cwd, None)
    above = (base for base in (r.directory for r in roots) if _is_below(directory, base))
    return Home(min(above, key=len, default=directory), None)


def _workspace_modules(homes: dict[str, Home], finder: ModuleFinder) -> list[Home]:
    """The modules of the workspaces of the given ones, which their files may import."""
    found = []
    for home in homes.values():
        workspace = finder.workspace_of(home.root) if home.root is not None else None
        for directory in workspace.uses if workspace is not None else ():
            found.append(Home(directory, finder.nearest(directory)))
    return found


def _unmatched(roots: list[Root], walk: Walk) -> list[str]:
    """The patterns below none of whose roots there is a Go file."""
    matched: dict[str, bool] = {}
    for root in roots:
        matched[root.pattern] = matched.get(root.pattern, False) or bool(root.only) or walk.matched(root)
    recursive = {root.pattern for root in roots if root.recursive}
    return [
        f"{pattern}: no Go files {'match' if pattern in recursive else 'in this directory'}"
        for pattern, found in matched.items()
        if not found
    ]


def _skipped_hint(count: int, noun: str, option: str) -> tuple[str, ...]:
    """Says that something was passed over which an option would read."""
    if count == 0:
        return ()
    return (f"{count} {noun}{'' if count == 1 else 's'} skipped ({option} reads {'it' if count == 1 else 'them'})",)


def _badly_named(skipped: Counter[str]) -> list[Notification]:
    count = skipped[Reason.NAME]
    return [Notification("GL900", f"Go files whose path is not UTF-8: {count}; not analysed")] if count else []


def _shown_from(cwd: str) -> Callable[[str], str]:
    """Makes the path a user is shown from an absolute one: relative to `cwd` if it is below that, with slashes."""
    real = os.path.realpath(cwd)

    def shown(absolute: str) -> str:
        for base in dict.fromkeys((cwd, real)):
            if _is_below(absolute, base):
                return absolute[len(base) :].replace(os.sep, "/").lstrip("/") or "."
        return absolute.replace(os.sep, "/")

    return shown


def _is_below(path: str, base: str) -> bool:
    return path == base or path.startswith(base.rstrip(os.sep) + os.sep)


def _nothing(path: str) -> bool:
    return False


def _in_order(notifications: Iterable[Notification]) -> tuple[Notification, ...]:
    printable = (replace(n, path=_printable(n.path)) for n in notifications)
    return tuple(sorted(printable, key=lambda n: (n.path, n.line, n.message)))


def _printable(text: str) -> str:
    """The text without what stands for undecodable bytes of a path, which no report could write."""
    return text.encode("utf-8", "replace").decode()
