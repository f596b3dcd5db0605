"""States as they are come upon, and the automaton they make when all are known."""

import enum
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from goleaklint.calls.code import Code
from goleaklint.flow.graph import Edge
from goleaklint.liveness.automaton import Action, Automaton, Silent, State, Transition
from goleaklint.liveness.objects import Where
from goleaklint.liveness.outcomes import Outcome
from goleaklint.liveness.world import World, place, way
from goleaklint.syntax import ast

SILENT = Silent()


class Leaving(enum.Enum):
    """How a call ends: it returns, it panics, or its goroutine ends."""

    RETURN = enum.auto()
    PANIC = enum.auto()
    UNWIND = enum.auto()


Leave = Callable[[Leaving, ast.Node | None, Outcome], int]
"""Gives the state in which things go on after a call that ended so, at this return statement, with these results."""


class Ended(NamedTuple):
    """The state after a call that gave `outcome`."""

    state: int
    outcome: Outcome = ()


At: TypeAlias = tuple[Code, ast.Node] | tuple[Code, Edge]
"""A piece of the source, or one way of a branch there. Most drafts are dropped before anybody wants to see the text."""


class Draft:
    """An automaton under construction. State 0 is the start."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._states: list[list[tuple[Action, int, At | None]]] = []
        self._places: list[At | None] = []
        self.counters: dict[object, int] = {}
        self.state()

    def state(self) -> int:
        """A new state."""
        self._world.count_state()
        self._states.append([])
        self._places.append(None)
        return len(self._states) - 1

    def add(self, source: int, action: Action, target: int = 0, where: At | None = None) -> None:
        """One more transition."""
        self._states[source].append((action, target, where))

    def then(self, source: int, action: Action, where: At | None = None) -> int:
        """The state after an action, which is all that can happen in `source`."""
        if where is not None:
            self._places[source] = where
        target = self.state()
        self.add(source, action, target)
        return target

    def put(self, state: int, where: At) -> None:
        """Where a state stands in the source."""
        self._places[state] = where

    def counter(self, key: object) -> int:
        """The number of a loop's counter."""
        return self.counters.setdefault(key, len(self.counters))

    def automaton(self, name: str, where: At) -> Automaton:
        states = (
            State(tuple(Transition(action, target, _where(at)) for action, target, at in each), _where(put))
            for each, put in zip(self._states, self._places, strict=True)
        )
        return Automaton(name, tuple(states), _where(where))


def _where(at: At | None) -> Where | None:
    if at is None:
        return None
    code, shown = at
    return way(code, shown) if isinstance(shown, Edge) else place(code, shown)
