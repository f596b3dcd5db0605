"""The explorer's limits, numbers and runs; and that taking only some orders of steps loses nothing."""

from collections.abc import Container

import pytest
from random_programs import random_program
from small_go import Add, For, Go, If, Op, Program, Select, Stmt

from goleaklint.liveness import automaton as act
from goleaklint.liveness import explore as explorer
from goleaklint.liveness.automaton import Automaton, Group, State, Transition
from goleaklint.liveness.explore import explore
from goleaklint.liveness.machine import Machine
from goleaklint.liveness.objects import Channel, Count, Flag, Lock, Object, WaitGroup
from goleaklint.liveness.product import Common, Product, Step
from goleaklint.liveness.search import Search
from goleaklint.liveness.verdict import LeftBehind, Verdict

N = Count(0, 1)
OBJECTS: dict[str, Object] = {
    "c": Channel("c"),
    "n": Channel("n", N),
    "less": Channel("less", Count(-1, 1)),
    "double": Channel("double", Count(0, 2)),
    "wg": WaitGroup("wg"),
}
TIMEOUT = (Op("timeout"), ())


def group(main: tuple[Stmt, ...], f: tuple[Stmt, ...] = (), objects: dict[str, Object] | None = None) -> Group:
    return Program(OBJECTS if objects is None else objects, {"main": main, "f": f}).group()


def abandoned_send() -> Group:
    """The classic: the receiver gives up."""
    select = Select(((Op("receive", "c"), ()), TIMEOUT))
    return group((If((Go("f"), select)),), (If((Op("send", "c"),)),))


def told(group: Group, left: LeftBehind) -> list[str]:
    """The run as text: who does what, where it says so."""
    lines = []
    for move in left.run:
        where = move.where(group)
        action = type(move.taken(group).action).__name__
        lines.append(f"{move.goroutine} {action}" + (f" at {where.text}" if where else ""))
    return lines


class TestRuns:
    def test_a_run_tells_what_each_goroutine_does(self) -> None:
        abandoned = abandoned_send()
        (left,) = explore(abandoned).left
        assert told(abandoned, left) == [
            "0 Silent",
            "0 Spawn",
            "1 Silent",
            "0 Unknown at select",
            "0 Silent",
            "0 Silent",
            "0 Return",
        ]

    def test_free_choices_are_counted(self) -> None:
        (left,) = explore(abandoned_send()).left
        assert left.choices == 2

    def test_a_run_with_fewer_choices_is_preferred_to_a_shorter_one(self) -> None:
        longer = (Op("timeout"), Op("close", "less"), Op("close", "n"), Op("send", "c"))
        shorter = (If((Op("send", "c"),)),)
        (left,) = explore(group((*shorter, *longer))).left[-1:]
        assert left.choices == 1
        assert [left.choices for left in explore(group(longer)).left] == [0]

    def test_the_one_who_is_left_is_named(self) -> None:
        abandoned = abandoned_send()
        (left,) = explore(abandoned).left
        assert (left.goroutine, left.automaton_in(abandoned).name) == (1, "f")
        assert [move.starts for move in left.run if move.starts is not None] == [1]

    def test_two_who_meet_do_so_at_once(self) -> None:
        (left,) = explore(group((Go("f"), Op("receive", "c"), Op("receive", "c")), (Op("send", "c"),))).left
        sent, received = (
            next(move for move in left.run if isinstance(move.taken(group_of_two()).action, kind))
            for kind in (act.Send, act.Receive)
        )
        assert sent.instant == received.instant
        assert sent.goroutine != received.goroutine

    def test_the_others_are_told(self) -> None:
        lefts = explore(group((Go("f"), Op("receive", "n")), (Op("receive", "c"),))).left
        assert [[other.goroutine for other in left.others] for left in lefts] == [[1], [0]]


def group_of_two() -> Group:
    return group((Go("f"), Op("receive", "c"), Op("receive", "c")), (Op("send", "c"),))


class TestNumbers:
    @pytest.mark.parametrize(
        ("channel", "sends", "counts"),
        [
            ("n", (Op("send", "n"),), None),
            ("less", (Op("send", "less"),), (1,)),
            ("double", (Op("send", "double"), Op("send", "double")), None),
            ("double", (Op("send", "double"),) * 3, (1,)),
        ],
    )
    def test_capacity_and_loop_share_a_number(
        self, channel: str, sends: tuple[Stmt, ...], counts: tuple[int] | None
    ) -> None:
        lefts = explore(group((For(N, (Go("f"),)),), sends)).left
        assert [left.counts for left in lefts[-1:]] == ([] if counts is None else [counts])

    def test_a_leak_may_need_a_second_round(self) -> None:
        (left,) = explore(group((For(N, (Go("f"),)), Op("receive", "c")), (Op("send", "c"),))).left
        assert left.counts == (2,)

    def test_two_symbols_are_independent(self) -> None:
        objects: dict[str, Object] = {"m": Channel("m", Count(0, 1, 1))}
        lefts = explore(group((For(N, (Op("send", "m"),)),), objects=objects)).left
        assert [left.counts for left in lefts] == [(2, 1)]

    def test_numbers_are_not_raised_once_there_are_too_many_states(self, monkeypatch: pytest.MonkeyPatch) -> None:
        growing = group((For(N, (Go("f"),)), Op("receive", "c")), (Op("send", "c"),))
        assert [left.counts for left in explore(growing).left] == [(2,)]
        monkeypatch.setattr(explorer, "MAX_STATES", 2)
        verdict = explore(growing)
        assert (verdict.left, verdict.states) == ((), 2)

    def test_no_round_at_all_makes_no_leak(self) -> None:
        assert explore(group((Go("f"), For(N, (Op("receive", "c"), Op("return")))), (Op("send", "c"),))).left == ()

    def test_loops_start_anew(self) -> None:
        body = (For(Count(2), (For(Count(3), (Op("send", "c"),)),)),)
        receives = (Op("receive", "c"),)
        assert explore(group((Go("f"), *receives * 6), body)).left == ()
        assert explore(group((Go("f"), *receives * 7), body)).left != ()
        assert explore(group((Go("f"), *receives * 5), body)).left != ()


class TestLimits:
    def test_what_was_not_explored_lets_everything_go_on(self, monkeypatch: pytest.MonkeyPatch) -> None:
        abandoned = abandoned_send()
        assert explore(abandoned).complete
        monkeypatch.setattr(explorer, "MAX_STATES", 3)
        verdict = explore(abandoned)
        assert (verdict.left, verdict.complete, verdict.states) == ((), False, 3)

    def test_goroutines_without_end_do_not_hide_those_that_are_left(self) -> None:
        verdict = explore(group((For(None, (If((Op("return"),)), Go("f"))),), (Op("receive", "c"),)))
        assert not verdict.complete
        assert [left.automaton for left in verdict.left] == [1]

    def test_goroutines_without_end_are_silent_where_they_may_go_on(self) -> None:
        verdict = explore(group((For(None, (Go("f"),)),), (Op("receive", "c"),)))
        assert (verdict.left, verdict.complete) == ((), False)

    def test_counters_without_end(self) -> None:
        verdict = explore(group((For(None, (Add("wg"), If((Op("wait", "wg"),)))),)))
        assert not verdict.complete

    def test_too_many_objects_are_not_explored(self) -> None:
        many: dict[str, Object] = {f"c{number}": Channel(f"c{number}") for number in range(17)}
        assert explore(group((Op("send", "c0"),), objects=many)) == Verdict(complete=False)
        flags: dict[str, Object] = {f"flag{number}": Flag(f"flag{number}") for number in range(9)}
        assert explore(group((), objects=flags)) == Verdict(complete=False)

    def test_an_action_on_an_object_of_another_kind_is_a_mistake(self) -> None:
        with pytest.raises(TypeError, match="object 0 is a Lock, not a Channel"):
            explore(group((Op("send", "c"),), objects={"c": Lock("c")}))

    def test_goroutines_that_do_the_same_are_not_told_apart(self) -> None:
        takes_turns = (Op("lock", "mu"), Op("send", "c"), Op("unlock", "mu"))
        same = explore(
            group((For(Count(8), (Go("f"),)),), takes_turns, {"mu": Lock("mu"), "c": Channel("c", Count(8))})
        )
        assert (same.left, same.complete) == ((), True)
        assert same.states < 200


def test_several_roots_run_side_by_side() -> None:
    receives = Automaton("r", (State((Transition(act.Receive(0), 1),)), State((Transition(act.Return()),))))
    sends = Automaton("s", (State((Transition(act.Send(0), 1),)), State((Transition(act.Return()),))))
    assert explore(Group((Channel("c"),), (receives, sends), (0, 1))).left == ()
    (left,) = explore(Group((Channel("c"),), (receives, sends), (0, 1, 1))).left
    assert left.automaton == 1


def test_a_try_lock_does_not_wait() -> None:
    tried = State((Transition(act.Acquire(0), 1), Transition(act.Default(), 1)))
    done = State((Transition(act.Return()),))
    assert explore(Group((Lock("mu"),), (Automaton("f", (tried, done)),), (0, 0))).left == ()


class _EveryOrder(Product):
    """Takes all steps from every state."""

    def steps(self, state: Common, known: Container[Common]) -> list[Step]:
        return self.all_steps(state)


def test_some_orders_of_steps_tell_as_much_as_all() -> None:
    fewer = compared = 0
    for seed in range(60):
        group = random_program(seed).group()
        verdict = explore(group)
        machine = Machine(group, ())
        search = Search(_EveryOrder(machine), 1000)
        if verdict.complete and search.complete:
            compared += 1
            fewer += verdict.states < len(search.explored)
            operations = {(left.automaton, left.state) for left in verdict.left}
            assert operations == {points(machine, point) for point in _abandoned(machine, search)}, seed
    assert compared > 36
    assert fewer > 18


def points(machine: Machine, point: int) -> tuple[int, int]:
    key = machine.point(point).key
    return key.automaton, key.state


def _abandoned(machine: Machine, search: Search) -> set[int]:
    left, doomed = search.left(), search.doomed()
    return {
        point
        for number in search.explored
        if not doomed[number]
        for point in search.states[number][1]
        if not left[number] >> point & 1
    }
