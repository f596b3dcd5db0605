"""What exploring a group found: the operations at which a goroutine is left behind, and how each comes about."""

from dataclasses import dataclass

from goleaklint.liveness.automaton import Automaton, Group, State, Transition
from goleaklint.liveness.objects import Where


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a goroutine waits, or could go on. Goroutines are numbered as they start; the roots come first."""

    goroutine: int
    automaton: int
    state: int


@dataclass(frozen=True, slots=True)
class Move:
    """A goroutine takes a transition. Moves with the same `instant` happen at once; `starts` is the one it starts."""

    instant: int
    goroutine: int
    automaton: int
    state: int
    transition: int
    starts: int | None = None

    def taken(self, group: Group) -> Transition:
        return group.automata[self.automaton].states[self.state].transitions[self.transition]

    def where(self, group: Group) -> Where | None:
        """The place of the transition, else that of its state."""
        return self.taken(group).where or group.automata[self.automaton].states[self.state].where


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A goroutine waits at a state of its automaton, and whatever happens it will wait there for ever.

    `run` leads there with the fewest free choices, and then in the fewest steps; `choices` counts them. `counts` are
    the numbers for the group's symbols with which it happens. `others` tells where the rest stand at its end; those
    that have ended are not in it.
    """

    automaton: int
    state: int
    goroutine: int
    run: tuple[Move, ...]
    choices: int
    counts: tuple[int, ...]
    others: tuple[Standing, ...] = ()

    def automaton_in(self, group: Group) -> Automaton:
        return group.automata[self.automaton]

    def state_in(self, group: Group) -> State:
        return group.automata[self.automaton].states[self.state]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`left` is in the order of automata and states, each state at most once.

    `complete`: all was explored. If not, what lies beyond a limit was taken to let every goroutine go on. `states`
    counts those that were explored.
    """

    left: tuple[LeftBehind, ...] = ()
    complete: bool = True
    states: int = 0
