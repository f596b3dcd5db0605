"""Automata without what does not matter do the same as before."""

from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import Automaton, Group, State, Transition
from goleaklint.liveness.objects import Channel, Context, Count
from goleaklint.liveness.reduction import reduced

SILENT, FREE = act.Silent(), act.Silent(free=True)


def group(objects: tuple[Channel | Context, ...], *states: tuple[Transition, ...]) -> Group:
    return Group(objects, (Automaton("f", tuple(map(State, states))),))


def test_branches_that_meet_again_before_they_do_anything_are_left_out() -> None:
    found = reduced(
        group(
            (Channel("c"),),
            (Transition(FREE, 1), Transition(FREE, 2)),
            (Transition(SILENT, 3),),
            (Transition(SILENT, 3),),
            (Transition(act.Send(0), 4),),
            (Transition(act.Return()),),
        )
    )
    assert [state.transitions[0].action for state in found.automata[0].states] == [act.Send(0), act.Return()]


def test_counted_loops_that_do_nothing_are_left_out() -> None:
    count = Count(0, 1)
    found = reduced(
        group(
            (Channel("c"),),
            (Transition(act.Round(0, count), 1), Transition(act.Finished(0, count), 2)),
            (Transition(SILENT, 0),),
            (Transition(act.Receive(0), 3),),
            (Transition(act.Return()),),
        )
    )
    assert len(found.automata[0].states) == 2


def test_what_others_can_always_let_go_on_belongs_to_the_environment() -> None:
    everybody = Channel("c", foreign_sends=True, foreign_receives=True, foreign_closes=True)
    found = reduced(group((everybody,), (Transition(act.Send(0), 1),), (Transition(act.Return()),)))
    assert found.automata[0].states[0].transitions[0].action == act.Unknown()
    assert found.objects == ()


def test_a_context_below_a_live_one_may_end_at_any_time() -> None:
    contexts = (Context("parent", live=True), Context("child", parent=0))
    found = reduced(group(contexts, (Transition(act.AwaitDone(1), 1),), (Transition(act.Return()),)))
    assert found.automata[0].states[0].transitions[0].action == act.Unknown()


def test_branches_that_surely_crash_are_not_taken() -> None:
    found = reduced(
        group(
            (Channel("c"),),
            (Transition(FREE, 1), Transition(FREE, 2)),
            (Transition(act.Panic()),),
            (Transition(act.Send(0), 3),),
            (Transition(act.Return()),),
        )
    )
    assert [state.transitions[0].action for state in found.automata[0].states] == [act.Send(0), act.Return()]


def test_objects_are_numbered_anew() -> None:
    channels = (Channel("unused"), Channel("used"))
    found = reduced(group(channels, (Transition(act.Close(1), 1),), (Transition(act.Return()),)))
    assert [each.name for each in found.objects] == ["used"]
    assert found.automata[0].states[0].transitions[0].action == act.Close(0)
