"""A group that is too large to explore in; the wait groups in it that are never counted down enough, whatever happens,
out.

One wait group is looked at alone: all else may always go on. That allows more than can happen, so that one run that
leaves a Wait behind shows nothing. But where no run at all comes past a Wait, none does in the whole group.
"""

from collections.abc import Iterator

import msgspec

from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import Automaton, Group, Transition
from goleaklint.liveness.explore import MAX_STATES, abandoned, left_behind, numberings
from goleaklint.liveness.machine import Machine
from goleaklint.liveness.objects import Channel, Condition, Context, Lock, Object, WaitGroup
from goleaklint.liveness.product import Product
from goleaklint.liveness.reduction import mapped, reduced
from goleaklint.liveness.search import Search
from goleaklint.liveness.verdict import LeftBehind

MAX_GROUPS = 8
"""So many wait groups of a group are looked at: each costs an exploration of its own."""


def unserved(group: Group) -> Iterator[tuple[Group, LeftBehind]]:
    """The Waits that nothing ends, each with the part of the group in which that shows."""
    own = [at for at, each in enumerate(group.objects) if isinstance(each, WaitGroup) and not each.foreign]
    for number in own[:MAX_GROUPS]:
        objects = tuple(_freed(group.objects, number))
        part = reduced(Group(objects, tuple(map(_unflagged, group.automata)), group.roots))
        yield from ((part, left) for left in _never_passed(part))


def _freed(objects: tuple[Object, ...], kept: int) -> Iterator[Object]:
    """The objects, of which code outside may do anything to all but one."""
    for number, each in enumerate(objects):
        match each:
            case Channel():
                yield msgspec.structs.replace(each, foreign_sends=True, foreign_closes=True, foreign_receives=True)
            case Lock() | Condition():
                yield msgspec.structs.replace(each, foreign=True)
            case WaitGroup() if number != kept:
                yield msgspec.structs.replace(each, foreign=True)
            case Context():
                yield msgspec.structs.replace(each, live=True)
            case _:
                yield each


def _unflagged(automaton: Automaton) -> Automaton:
    """The automaton, with either way open where it asks for a flag."""

    def free(each: Transition) -> Transition:
        match each.action:
            case act.TestFlag() | act.SetFlag():
                return msgspec.structs.replace(each, action=act.Silent(free=isinstance(each.action, act.TestFlag)))
            case _:
                return each

    return mapped(automaton, free)


def _never_passed(group: Group) -> Iterator[LeftBehind]:
    """The Waits that no run comes past, once there is something to wait for, with the first numbers."""
    waits = set(_waits(group))
    if not waits or len(group.objects) != 1:
        return
    counts = next(numberings(group))
    machine = Machine(group, counts)
    search = Search(Product(machine), MAX_STATES)
    stuck = abandoned(machine, search)
    passed: set[tuple[int, int]] = set()
    for number in search.explored:
        values, points = search.states[number]
        keys = {point: machine.point(point).key for point in points}
        standing = {point for point, key in keys.items() if (key.automaton, key.state) in waits and any(values)}
        kept = set(stuck.get(number, ()))
        passed |= {(keys[each].automaton, keys[each].state) for each in standing - kept}
    for left in left_behind(machine, search, counts):
        if (left.automaton, left.state) in waits - passed:
            yield left


def _waits(group: Group) -> Iterator[tuple[int, int]]:
    for number, automaton in enumerate(group.automata):
        for at, state in enumerate(automaton.states):
            if any(isinstance(each.action, act.Wait) for each in state.transitions):
                yield number, at
