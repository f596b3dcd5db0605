"""Groups that need no exploring: the patterns everybody writes, and never one that the explorer would report."""

import pytest
from random_programs import random_program
from small_go import For, Go, Op, Program, Select, Stmt

from goleaklint.liveness.explore import explore
from goleaklint.liveness.objects import Channel, Context, Count, Lock, Object, WaitGroup
from goleaklint.liveness.screening import plainly_safe

OBJECTS: dict[str, Object] = {
    "c": Channel("c"),
    "one": Channel("one", Count(1)),
    "ours": Channel("ours", foreign_receives=True),
    "quit": Channel("quit", foreign_closes=True),
    "mu": Lock("mu"),
    "wg": WaitGroup("wg"),
    "ctx": Context("ctx", live=True),
    "sub": Context("sub", parent=6),
    "dead": Context("dead"),
}
GO = (Go("f"),)
SEND, SEND_ONE, RECEIVE = Op("send", "c"), Op("send", "one"), Op("receive", "c")
LOCKED = (Op("lock", "mu"), SEND_ONE, Op("unlock", "mu"))


@pytest.mark.parametrize(
    ("safe", "main", "f"),
    [
        (True, GO, (SEND_ONE,)),
        (False, GO, (SEND_ONE, SEND_ONE)),
        (False, (*GO, *GO), (SEND_ONE,)),
        (False, (For(None, GO),), (SEND_ONE,)),
        (False, (*GO, RECEIVE), (SEND,)),
        (True, (), (SEND,)),
        (True, GO, (For(None, (Select(((SEND, ()), (Op("timeout"), ()))),)),)),
        (True, GO, (Select(((SEND, ()),), default=()),)),
        (False, GO, (Select(((SEND, ()), (RECEIVE, ()))),)),
        (True, GO, (For(None, (Select(((SEND, ()), (Op("await", "sub"), (Op("return"),)))),)),)),
        (False, GO, (Op("await", "dead"),)),
        (True, GO, (Op("send", "ours"), Op("receive", "quit"))),
        (True, GO, LOCKED),
        (False, GO, (Op("lock", "mu"), SEND, Op("unlock", "mu"))),
        (False, GO, (Op("lock", "mu"), SEND_ONE)),
        (True, (Op("wait", "wg"),), ()),
    ],
)
def test_plain_patterns(safe: bool, main: tuple[Stmt, ...], f: tuple[Stmt, ...]) -> None:
    group = Program(OBJECTS, {"main": main, "f": f}).group()
    assert plainly_safe(group) is safe
    assert not safe or explore(group).left == ()


def test_nothing_is_screened_out_that_would_be_reported() -> None:
    groups = [random_program(seed).group() for seed in range(600)]
    safe = [group for group in groups if plainly_safe(group)]
    assert len(safe) > 20
    assert [explore(group).left for group in safe] == [()] * len(safe)
