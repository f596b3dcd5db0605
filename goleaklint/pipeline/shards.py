"""The directories of a run in, those that one of several runs is to check out: the same whoever asks."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from goleaklint.pipeline.batch import Directory


@dataclass(frozen=True, slots=True)
class Shard:
    """One part, counted from 1, of a run that is dealt out to several machines."""

    number: int
    of: int


def dealt(directories: Sequence[Directory], sizes: Sequence[int], shard: Shard) -> frozenset[str]:
    """The paths of the directories that fall to the shard: largest first, each to whoever has least by then."""
    loads = [(0, number) for number in range(1, shard.of + 1)]
    own = []
    for size, path in sorted((-size, each.path) for each, size in zip(directories, sizes, strict=True)):
        load, number = heapq.heappop(loads)
        heapq.heappush(loads, (load - size, number))
        if number == shard.number:
            own.append(path)
    return frozenset(own)
