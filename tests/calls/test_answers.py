"""Answers to questions that lead to one another do not depend on which was asked before."""

from itertools import permutations

import pytest

from goleaklint.calls.answers import Line, Memo

UNSURE = frozenset("?")
MOST = 6

GRAPHS = {
    "a circle": {"a": "b", "b": "ac", "c": ""},
    "two circles with one function in common": {"a": "b", "b": "acd", "c": "b", "d": ""},
    "one that calls itself": {"a": "ab", "b": "bc", "c": ""},
    "a way round that is shorter": {"a": "bd", "b": "c", "c": "d", "d": "ae", "e": ""},
    "a chain with a short cut": {"a": "be", "b": "c", "c": "cd", "d": "e", "e": "f", "f": ""},
    "a chain that ends in a circle": {"a": "b", "b": "cd", "c": "d", "d": "e", "e": "df", "f": "f"},
}


def answers(calls: dict[str, str], order: tuple[str, ...], most: int = MOST) -> dict[str, frozenset[str]]:
    """What each function comes to if they are asked in this order: itself, and what those come to that it calls."""
    line = Line(most)
    memo: Memo[str, frozenset[str]] = Memo()

    def ask(name: str) -> frozenset[str]:
        return line.answer(memo, name, UNSURE, lambda: frozenset(name).union(*map(ask, calls[name])))

    return {name: ask(name) for name in order}


@pytest.mark.parametrize("most", [2, 3, MOST])
@pytest.mark.parametrize("calls", GRAPHS.values(), ids=GRAPHS.keys())
def test_the_order_of_questions_does_not_matter(calls: dict[str, str], most: int) -> None:
    alone = {name: answers(calls, (name,), most)[name] for name in calls}
    assert all(answers(calls, order, most) == alone for order in permutations(calls))


def test_a_chain_is_cut_short_for_who_asks_from_its_top_only() -> None:
    names = [chr(ord("a") + number) for number in range(MOST + 3)]
    calls = dict(zip(names, [*names[1:], ""], strict=True))
    alone = {name: answers(calls, (name,))[name] for name in names}
    assert answers(calls, tuple(names)) == answers(calls, tuple(reversed(names))) == alone
    assert "?" in alone[names[2]]
    assert alone[names[3]] == frozenset(names[3:])


def test_each_question_is_worked_out_once() -> None:
    line = Line(MOST)
    memo: Memo[str, frozenset[str]] = Memo()
    asked: list[str] = []

    def work() -> frozenset[str]:
        asked.append("a")
        return line.answer(memo, "a", UNSURE, work)

    assert [line.answer(memo, "a", UNSURE, work) for _ in range(3)] == [UNSURE] * 3
    assert asked == ["a"]


def test_a_crash_leaves_nothing_behind() -> None:
    line = Line(MOST)
    memo: Memo[str, frozenset[str]] = Memo()

    def crash() -> frozenset[str]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        line.answer(memo, "a", UNSURE, lambda: line.answer(memo, "b", UNSURE, crash))
    assert line.answer(memo, "b", UNSURE, frozenset) == frozenset()
