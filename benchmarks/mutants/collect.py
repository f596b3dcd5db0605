"""Repositories in; the places to change in their functions, and a fair drawing of them, out."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from goleaklint.calls.functions import Functions, Sources
from goleaklint.pipeline.calls import CallProgram, call_program

from .releases import cancel, deferred_release, release_on_error
from .sites import Site
from .waits import close, done, quit_case, room, unlock

KINDS = (deferred_release, release_on_error, cancel, close, unlock, done, room, quit_case)


def collect(root: Path) -> list[Site]:
    """All places in the functions of a module, tests and generated code left out.

    A leak in main or init ends with the process, so there is none in them.
    """
    program = call_program(("./...",), root)
    functions = _functions(program)
    found: list[Site] = []
    for entry in program.packages:
        for function in entry.package.functions:
            if function.file.reported and function.name not in ("main", "init") and entry.package.name != "main":
                whole = functions.enter(function, entry.scopes[function.file.text.path])
                found += (each for find in KINDS for each in find(whole))
    return found


def _functions(program: CallProgram) -> Functions:
    files: dict[str, list[str]] = defaultdict(list)
    shown: dict[str, str] = {}
    for entry in program.packages:
        for path, scope in entry.scopes.items():
            files[entry.package.path].append(scope.source.path)
            shown[scope.source.path] = path
    return Functions(program.declared, program.knowledge, Sources(files, shown))


def draw(found: Mapping[Path, Sequence[Site]], count: int, seed: int) -> dict[Path, list[Site]]:
    """As many places of each kind as there are to be had, up to an equal share; what is left goes to the others."""
    by_kind: defaultdict[str, list[tuple[Path, Site]]] = defaultdict(list)
    for root, sites in found.items():
        for site in sites:
            by_kind[site.kind].append((root, site))
    drawn: defaultdict[Path, list[Site]] = defaultdict(list)
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
    for root, site in _shares(by_kind, count or sum(map(len, found.values())), chance):
        drawn[root].append(site)
    return drawn


def _shares(
    by_kind: Mapping[str, list[tuple[Path, Site]]], count: int, chance: random.Random
) -> Iterator[tuple[Path, Site]]:
    left = sorted(by_kind.items(), key=lambda each: len(each[1]))
    for number, (_, sites) in enumerate(left):
        share = min(len(sites), count // (len(left) - number))
        count -= share
        yield from chance.sample(sites, share)
