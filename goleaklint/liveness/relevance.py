"""The run to a goroutine that is left behind in; which goroutines and branches of it have to do with the object that is
waited for out: what has not is no part of the story."""

from collections.abc import Iterator

from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import Group
from goleaklint.liveness.footprints import objects_of
from goleaklint.liveness.objects import Where
from goleaklint.liveness.verdict import LeftBehind, Move

_ENDS = (act.Return, act.Panic, act.Exit)


class Relevance:
    """What matters to one object of a group."""

    def __init__(self, group: Group, left: LeftBehind, number: int) -> None:
        self._group = group
        self._number = number
        self._made = group.objects[number].where
        self._users = {at for at in range(len(group.automata)) if self._uses(at)}
        self._started_by = {each.starts: each.goroutine for each in left.run if each.starts is not None}
        runs = {each.goroutine: each.automaton for each in left.run}
        runs |= {each.goroutine: each.automaton for each in left.others}
        self._taking_part = {who for who, automaton in runs.items() if automaton in self._users} | {left.goroutine}
        self._needed = {above for who in self._taking_part for above in self._line(who)}

    def _uses(self, automaton: int) -> bool:
        states = self._group.automata[automaton].states
        return any(self._number in objects_of(each.action) for state in states for each in state.transitions)

    def _line(self, who: int) -> Iterator[int]:
        """A goroutine, the one that started it, and so on."""
        at: int | None = who
        while at is not None:
            yield at
            at = self._started_by.get(at)

    def takes_part(self, move: Move) -> bool:
        """Reports whether the goroutine itself does something with the object."""
        return move.goroutine in self._taking_part

    def is_needed_start(self, move: Move) -> bool:
        """Reports whether a goroutine that takes part would not be there without this start."""
        return move.starts in self._needed

    def decides(self, move: Move, where: Where) -> bool:
        """Reports whether it matters to the object which way a goroutine takes here."""
        made = self._made
        is_early = (
            made is not None
            and where.function == made.function
            and where.span.path == made.span.path
            and where.span.start < made.span.start
        )
        if is_early or not self.takes_part(move):
            return False
        transitions = self._group.automata[move.automaton].states[move.state].transitions
        nexts = {frozenset(self._next(move.automaton, number, move.state)) for number in range(len(transitions))}
        return len(nexts) > 1

    def _next(self, automaton: int, transition: int, state: int) -> set[act.Action]:
        """What may be done next with the object after a transition; its end is something, too."""
        found: set[act.Action] = set()
        states = self._group.automata[automaton].states
        pending = [states[state].transitions[transition]]
        seen: set[int] = set()
        while pending:
            each = pending.pop()
            if isinstance(each.action, _ENDS) or self._concerns(each.action):
                found.add(each.action)
            elif each.target not in seen:
                seen.add(each.target)
                pending += states[each.target].transitions
        return found

    def _concerns(self, action: act.Action) -> bool:
        if isinstance(action, act.Spawn):
            return action.automaton in self._users
        return self._number in objects_of(action)
