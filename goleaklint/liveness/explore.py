"""A group of goroutines in, the operations at which one of them is left behind out.

A goroutine is left behind at an operation if a state can be reached in which it waits there, and no state that can be
reached from that one lets it go on. What is not explored is taken to let everything go on.
"""

import itertools
from collections.abc import Iterator

from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import BLOCKING, Group
from goleaklint.liveness.footprints import Footprints
from goleaklint.liveness.machine import Machine
from goleaklint.liveness.objects import Channel, Count, Flag
from goleaklint.liveness.product import Product
from goleaklint.liveness.search import Search
from goleaklint.liveness.verdict import LeftBehind, Verdict
from goleaklint.liveness.witness import Routes, Story

MAX_STATES = 3000
"""For a group, once for each set of numbers: a leak of two or three goroutines shows within some hundred states."""
MAX_OBJECTS = 16
"""More objects than this are seldom one protocol, and their states are too many."""
MAX_FLAGS = 8
"""Each flag doubles the states."""
NUMBERS = (1, 2, 3)
"""What is tried for a symbol: no round at all never makes a leak worth telling, and three rounds show what more do."""
MAX_SYMBOLS = 2
"""Symbols whose numbers are tried in all combinations; those beyond have the number of the last."""


def explore(group: Group) -> Verdict:
    """All operations of a group at which a goroutine is left behind, each with the cheapest run to it.

    Raises TypeError where an action names an object of another kind.
    """
    flags = sum(isinstance(each, Flag) for each in group.objects)
    if flags > MAX_FLAGS or len(group.objects) - flags > MAX_OBJECTS:
        return Verdict(complete=False)
    found: dict[tuple[int, int], LeftBehind] = {}
    complete, states = True, 0
    footprints = Footprints(group)
    for counts in numberings(group):
        machine = Machine(group, counts, footprints)
        search = Search(Product(machine), MAX_STATES)
        complete = complete and search.complete
        states += len(search.explored)
        for left in left_behind(machine, search, counts, frozenset(found)):
            found[left.automaton, left.state] = left
        if len(search.explored) == MAX_STATES:
            break  # greater numbers make more states
    return Verdict(tuple(found[key] for key in sorted(found)), complete, states)


def left_behind(
    machine: Machine, search: Search, counts: tuple[int, ...], known: frozenset[tuple[int, int]] = frozenset()
) -> Iterator[LeftBehind]:
    """The operations, other than those known, at which a goroutine is left behind with these numbers."""
    places = abandoned(machine, search)
    wanted = {_operation(machine, point) for points in places.values() for point in points} - known
    routes = Routes(search)
    order = routes.in_order()
    while wanted:
        number, choices = next(order)
        for point in places.get(number, ()):
            operation = _operation(machine, point)
            if operation in wanted:
                wanted.remove(operation)
                story = Story(machine)
                story.tell(routes.steps_to(number))
                who = story.waiting_at(point)
                yield LeftBehind(*operation, who, tuple(story.moves), choices, counts, story.others(who))


def _operation(machine: Machine, point: int) -> tuple[int, int]:
    key = machine.point(point).key
    return key.automaton, key.state


def abandoned(machine: Machine, search: Search) -> dict[int, list[int]]:
    """By state the points in it that are never left again."""
    left, doomed = search.left(), search.doomed()
    found: dict[int, list[int]] = {}
    for number in search.explored:
        if not doomed[number]:
            bits = left[number]
            points = [point for point in dict.fromkeys(search.states[number][1]) if not bits >> point & 1]
            waiting = [point for point in points if _waits(machine, point)]
            if waiting:
                found[number] = waiting
    return found


def _waits(machine: Machine, point: int) -> bool:
    """Reports whether goroutines wait at a point, other than for a flag that has neither value."""
    key = machine.point(point).key
    transitions = machine.group.automata[key.automaton].states[key.state].transitions
    return not transitions or any(isinstance(each.action, BLOCKING) for each in transitions)


def numberings(group: Group) -> Iterator[tuple[int, ...]]:
    """Numbers for the symbols of a group; equal ones come first. What differs in symbols without use comes once."""
    used = {count.symbol for count in _counts(group) if count.factor}
    symbols = 1 + max(used, default=-1)
    tried = min(symbols, MAX_SYMBOLS)
    seen: set[tuple[int, ...]] = set()
    for numbers in sorted(itertools.product(NUMBERS, repeat=tried), key=lambda each: len(set(each)) > 1):
        counts = (*numbers, *numbers[-1:] * (symbols - tried))
        seen_as = tuple(counts[each] for each in sorted(used))
        if seen_as not in seen:
            seen.add(seen_as)
            yield counts


def _counts(group: Group) -> Iterator[Count]:
    for each in group.objects:
        if isinstance(each, Channel):
            yield each.capacity
    for automaton in group.automata:
        for state in automaton.states:
            for transition in state.transitions:
                match transition.action:
                    case act.Round(count=count) | act.Finished(count=count) | act.Add(count=count):
                        yield count
