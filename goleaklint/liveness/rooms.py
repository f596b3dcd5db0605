"""A group in; the group out in which whoever sends on a channel may go on, where nobody knows how much is sent for the
room that it has.

Who makes a channel as large as a collection is long wants room for all that comes of it. Only loops over the same
collection can be compared with that; how a number, or the length of another collection, bears on it is not known.
"""

from collections.abc import Container, Iterator

from msgspec.structs import replace

from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import Automaton, Group, State
from goleaklint.liveness.objects import Channel

_ENDS = (act.Return, act.Panic, act.Exit)


def with_unknown_rooms(group: Group, lengths: Container[int]) -> Group:
    """The group, in which others may receive from channels whose room cannot be compared with anything."""
    unknown = frozenset(_unknown_rooms(group, lengths))
    if not unknown:
        return group
    objects = (
        replace(each, foreign_receives=True) if number in unknown and isinstance(each, Channel) else each
        for number, each in enumerate(group.objects)
    )
    return replace(group, objects=tuple(objects))


def _unknown_rooms(group: Group, lengths: Container[int]) -> Iterator[int]:
    """The channels whose room is a length that nothing in the group goes by. `lengths` are the symbols of lengths.

    Where somebody sends without end no room is enough.
    """
    found = [
        number
        for number, each in enumerate(group.objects)
        if isinstance(each, Channel) and each.capacity.factor and each.capacity.symbol in lengths
    ]
    if found:
        compared = frozenset(_compared(group))
        found = [number for number in found if _symbol(group, number) not in compared]
    if found:
        endless = frozenset(_sent_without_end(group))
        yield from (number for number in found if number not in endless)


def _symbol(group: Group, number: int) -> int:
    channel = group.objects[number]
    return channel.capacity.symbol if isinstance(channel, Channel) else -1


def _compared(group: Group) -> Iterator[int]:
    """The symbols by which loops go that send, or start a goroutine."""
    for automaton in group.automata:
        for at, state in enumerate(automaton.states):
            if any(isinstance(each.action, act.Send | act.Spawn) for each in state.transitions):
                for around in _reached(automaton, at, ()):
                    symbols = list(_counts(automaton.states[around]))
                    if symbols and at in _reached(automaton, around, ()):
                        yield from symbols


def _counts(state: State) -> Iterator[int]:
    for each in state.transitions:
        if isinstance(each.action, act.Round) and each.action.count.factor:
            yield each.action.count.symbol


def _sent_without_end(group: Group) -> Iterator[int]:
    """The channels on which a goroutine sends, or starts one that sends, in a loop that nobody counts."""
    endless: set[int] = set()
    for number, automaton in enumerate(group.automata):
        for at, state in enumerate(automaton.states):
            for each in state.transitions:
                if isinstance(each.action, act.Send | act.Spawn):
                    again = number in endless or at in _reached(automaton, at, (act.Round,))
                    if again and isinstance(each.action, act.Send):
                        yield each.action.channel
                    elif again and isinstance(each.action, act.Spawn):
                        endless.add(each.action.automaton)


def _reached(automaton: Automaton, start: int, without: tuple[type, ...]) -> set[int]:
    """The states that come after one, by other actions than some."""
    seen: set[int] = set()
    pending = [start]
    while pending:
        for each in automaton.states[pending.pop()].transitions:
            if each.target not in seen and not isinstance(each.action, _ENDS + without):
                seen.add(each.target)
                pending.append(each.target)
    return seen
