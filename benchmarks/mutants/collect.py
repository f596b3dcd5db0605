"""Repositories in; the places to change in their functions, and a fair drawing of them, out."""

import os
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from goleaklint.calls.code import DeclaredFunction
from goleaklint.pipeline.calls import call_program
from goleaklint.pipeline.memory import uncollected

from .releases import cancel, deferred_release, release_on_error
from .serving import is_of_a_server
from .sites import Site
from .waits import close, done, quit_case, room, unlock


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change. `word` is what a function must hold: most hold none, and are not read."""

    find: Callable[[DeclaredFunction], Iterator[Site]]
    word: re.Pattern[bytes]


KINDS = (
    Kind(deferred_release, re.compile(rb"\bdefer\b")),
    Kind(release_on_error, re.compile(rb":= .*\(")),
    Kind(cancel, re.compile(rb"\bWithCancel(?:Cause)?\(")),
    Kind(close, re.compile(rb"\bclose\(")),
    Kind(unlock, re.compile(rb"Unlock\(\)")),
    Kind(done, re.compile(rb"\.Done\(\)")),
    Kind(room, re.compile(rb"\bmake\(chan\b[^\n]*, 1\)")),
    Kind(quit_case, re.compile(rb"\bselect\b")),
)


def collect(root: Path) -> list[Site]:
    """All places in the functions of the modules of a repository that may belong to a server."""
    with uncollected():
        program = call_program(_patterns(root), root)
        functions = program.analysis()
        found: list[Site] = []
        for entry in program.packages:
            for function in entry.package.functions:
                if not function.file.reported or function.body.bad:
                    continue
                decl, data = function.decl, function.file.text.data
                kinds = [each for each in KINDS if each.word.search(data, decl.body_start, decl.body_end)]
                whole = functions.enter(function, entry.scopes[function.file.text.path])
                if kinds and is_of_a_server(whole):
                    found += (site for kind in kinds for site in kind.find(whole))
        return found


def _patterns(root: Path) -> list[str]:
    """All modules of a repository; what `go list` leaves out has none that belong to it."""
    found: list[str] = []
    for directory, below, files in os.walk(root):
        below[:] = [each for each in sorted(below) if each not in ("vendor", "testdata") and each[0] not in "._"]
        if "go.mod" in files:
            found.append(f"./{Path(directory).relative_to(root).as_posix()}/...")
    return found or ["./..."]


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
