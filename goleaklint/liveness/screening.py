"""A group in; whether it is plain, without exploring it, that none of its goroutines is left behind, out.

Plain means: every operation can go on by itself. There is room for all sends, a select has a default or a case that the
environment serves, a lock is given back with nothing in between that could wait.
"""

from collections import Counter
from collections.abc import Iterator

from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import BLOCKING, Action, Group, Outcome, State
from goleaklint.liveness.objects import Channel, Condition, Context, Lock, WaitGroup

_ENDLESS = 1 << 30
"""So often: in a loop."""
_ENDS = (act.Return, act.Panic, act.Exit)


def plainly_safe(group: Group) -> bool:
    """Reports whether exploring the group cannot find anything."""
    return _Screening(group).is_safe()


class _Screening:
    def __init__(self, group: Group) -> None:
        self._group = group
        self._looping = [_in_circles(automaton.states) for automaton in group.automata]
        self._runs = self._times_run()
        self._sends = self._times_sent()
        self._adds = any(isinstance(action, act.Add) for _, _, action in self._actions())

    def is_safe(self) -> bool:
        return all(
            any(self._can_happen(each.action) for each in automaton.states[at].transitions)
            for number, automaton in enumerate(self._group.automata)
            if self._runs[number]
            for at in _reached(_follows(automaton.states), {0})
        )

    def _actions(self) -> Iterator[tuple[int, int, Action]]:
        """All actions, with their automaton and state."""
        for number, automaton in enumerate(self._group.automata):
            for at, state in enumerate(automaton.states):
                for transition in state.transitions:
                    yield number, at, transition.action

    def _times_run(self) -> list[int]:
        """How many goroutines run each automaton at most."""
        spawns = [(by, at, each.automaton) for by, at, each in self._actions() if isinstance(each, act.Spawn)]
        begun = [self._group.roots.count(number) for number in range(len(self._group.automata))]
        runs = begun
        for _ in self._group.automata:
            more = list(begun)
            for by, at, started in spawns:
                more[started] += _ENDLESS if at in self._looping[by] else runs[by]
            runs = [min(each, _ENDLESS) for each in more]
        return runs

    def _times_sent(self) -> Counter[int]:
        """How often each channel is sent to at most."""
        sends: Counter[int] = Counter()
        for by, at, action in self._actions():
            if isinstance(action, act.Send):
                sends[action.channel] += _ENDLESS if at in self._looping[by] else self._runs[by]
        return sends

    def _can_happen(self, action: Action) -> bool:
        """Reports whether an action is possible, or will be."""
        if isinstance(action, act.Acquire):
            return self._comes_free(action.lock)
        return self._needs_nobody(action)

    def _needs_nobody(self, action: Action) -> bool:
        """Reports whether an action other than taking a lock can happen without another goroutine of the group."""
        if not isinstance(action, BLOCKING):
            return True
        match action:
            case act.Send(channel=number):
                return self._has_room(number)
            case act.Receive(channel=number, outcome=outcome):
                return self._is_served(number, outcome)
            case act.AwaitDone(context=number):
                return self._may_end(number)
            case act.Wait(group=number):
                group = self._group.objects[number]
                return not self._adds or (isinstance(group, WaitGroup) and group.foreign)
            case _:
                return False

    def _has_room(self, number: int) -> bool:
        channel = self._group.objects[number]
        if not isinstance(channel, Channel) or channel.is_nil:
            return False
        least = channel.capacity.at([1] * (channel.capacity.symbol + 1))  # a symbol is 1 or more
        return channel.foreign_receives or (channel.capacity.factor >= 0 and self._sends[number] <= least)

    def _is_served(self, number: int, outcome: Outcome) -> bool:
        channel = self._group.objects[number]
        if not isinstance(channel, Channel) or channel.is_nil:
            return False
        value = channel.foreign_sends and outcome is not Outcome.CLOSED
        return value or (channel.foreign_closes and outcome is not Outcome.VALUE)

    def _may_end(self, number: int | None) -> bool:
        while number is not None:
            context = self._group.objects[number]
            if not isinstance(context, Context):
                return False
            if context.live:
                return True
            number = context.parent
        return False

    def _comes_free(self, number: int) -> bool:
        """Reports whether whoever takes a lock gives it back without waiting for anything."""
        lock = self._group.objects[number]
        if isinstance(lock, Lock) and lock.foreign:
            return True
        if any(isinstance(each, Condition) and each.lock == number for each in self._group.objects):
            return False
        return all(
            self._gives_back(automaton.states, each.target, each.action)
            for automaton in self._group.automata
            for state in automaton.states
            for each in state.transitions
            if isinstance(each.action, act.Acquire) and each.action.lock == number
        )

    def _gives_back(self, states: tuple[State, ...], start: int, taken: act.Acquire) -> bool:
        """Reports whether every way from a state comes to the release, past nothing that waits or ends."""
        given = act.Release(taken.lock, taken.read)
        seen, pending = {start}, [start]
        while pending:
            state = states[pending.pop()]
            if not any(self._needs_nobody(each.action) for each in state.transitions):
                return False
            for each in state.transitions:
                if isinstance(each.action, act.Return):
                    return False
                if each.action != given and not isinstance(each.action, _ENDS) and each.target not in seen:
                    seen.add(each.target)
                    pending.append(each.target)
        return any(each.action == given for number in seen for each in states[number].transitions)


def _in_circles(states: tuple[State, ...]) -> frozenset[int]:
    """The states that control can come back to."""
    follows = _follows(states)
    return frozenset(number for number in range(len(states)) if number in _reached(follows, follows[number]))


def _follows(states: tuple[State, ...]) -> list[set[int]]:
    """Per state those that can come next."""
    return [{each.target for each in state.transitions if not isinstance(each.action, _ENDS)} for state in states]


def _reached(follows: list[set[int]], start: set[int]) -> set[int]:
    seen, pending = set(start), list(start)
    while pending:
        for target in follows[pending.pop()]:
            if target not in seen:
                seen.add(target)
                pending.append(target)
    return seen
