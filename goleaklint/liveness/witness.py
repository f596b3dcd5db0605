"""A searched group and a state in, the run that leads there out: who does what, one step after the other."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from goleaklint.liveness.machine import GONE, Machine, Way
from goleaklint.liveness.product import NEW, Taken
from goleaklint.liveness.search import Search
from goleaklint.liveness.verdict import Move, Standing

Cost: TypeAlias = tuple[int, int]
"""Free choices, then steps."""


class Routes:
    """The cheapest ways to the states of a search."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._costs: dict[int, Cost] = {}
        self._before: dict[int, tuple[int | None, int, Taken]] = {}
        self._pending: list[tuple[int, int, int]] = []

    def in_order(self) -> Iterator[tuple[int, int]]:
        """The states, those to which the cheapest way is cheapest first, and the free choices on that way."""
        for number, taken in self._search.begun:
            self._offer(number, (_choices(taken), 0), (None, 0, taken))
        while self._pending:
            choices, steps, at = heapq.heappop(self._pending)
            if (choices, steps) == self._costs[at] and at < len(self._search.edges):
                yield at, choices
                for target, forgotten, taken in self._search.edges[at]:
                    self._offer(target, (choices + _choices(taken), steps + 1), (at, forgotten, taken))

    def _offer(self, at: int, cost: Cost, before: tuple[int | None, int, Taken]) -> None:
        old = self._costs.get(at)
        if old is None or cost < old:
            self._costs[at] = cost
            self._before[at] = before
            heapq.heappush(self._pending, (*cost, at))

    def steps_to(self, number: int) -> list[tuple[int, Taken]]:
        """What is done on the way to a state, from the start; with the points whose goroutines were forgotten."""
        steps = []
        at: int | None = number
        while at is not None:
            at, forgotten, taken = self._before[at]
            steps.append((forgotten, taken))
        return steps[::-1]


def _choices(taken: Taken) -> int:
    return sum(way.choices for _, way in taken)


@dataclass(slots=True)
class Story:
    """A run told with a number for each goroutine. Goroutines at one point are alike: any may be the one that acts."""

    machine: Machine
    moves: list[Move] = field(default_factory=list)
    standing: dict[int, int] = field(default_factory=dict)
    _forgotten: set[int] = field(default_factory=set)
    _count: int = 0
    _instant: int = 0

    def tell(self, steps: list[tuple[int, Taken]]) -> None:
        """Replay steps."""
        for forgotten, taken in steps:
            actors = self._actors(taken)
            started = next((who for who, (point, _) in zip(actors, taken, strict=True) if point == NEW), None)
            for who, (point, way) in zip(actors, taken, strict=True):
                self._go(who, way, None if point == NEW else started)
            for who, point in self.standing.items():
                if point != GONE and forgotten >> point & 1 and who not in actors:
                    self._forgotten.add(who)
            self._instant += 1

    def waiting_at(self, point: int) -> int:
        """The first goroutine that stands at a point."""
        return next(who for who, at in self.standing.items() if at == point and who not in self._forgotten)

    def others(self, than: int) -> tuple[Standing, ...]:
        """Where all but one stand that have not ended."""
        found = []
        for who, point in self.standing.items():
            if who != than and point != GONE:
                key = self.machine.point(point).key
                found.append(Standing(who, key.automaton, key.state))
        return tuple(found)

    def _actors(self, taken: Taken) -> list[int]:
        actors: list[int] = []
        for point, _ in taken:
            if point == NEW:
                actors.append(self._count)
                self._count += 1
            else:
                candidates = (who for who, at in self.standing.items() if at == point and who not in self._forgotten)
                actors.append(next(who for who in candidates if who not in actors))
        return actors

    def _go(self, who: int, way: Way, starts: int | None) -> None:
        for number, passed in enumerate(way.passed):
            self.moves.append(Move(self._instant, who, *passed, starts if number == 0 else None))
        self.standing[who] = way.point
