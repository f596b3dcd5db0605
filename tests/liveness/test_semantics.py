"""Go's rules for channels, locks, wait groups, conditions, contexts and flags, one small program for each."""

from dataclasses import dataclass

import pytest
from small_go import Add, For, Go, If, Op, Program, Range, Select, Stmt

from goleaklint.liveness.explore import explore
from goleaklint.liveness.objects import Channel, Condition, Context, Count, Flag, Lock, Object, WaitGroup

N = Count(0, 1)
OBJECTS: dict[str, Object] = {
    "c": Channel("c"),
    "d": Channel("d"),
    "one": Channel("one", Count(1)),
    "two": Channel("two", Count(2)),
    "nil": Channel("nil", is_nil=True),
    "some": Channel("some", N),
    "less": Channel("less", Count(-1, 1)),
    "mu": Lock("mu"),
    "rw": Lock("rw", shared=True),
    "wg": WaitGroup("wg"),
    "cond": Condition("cond", lock=7),
    "ctx": Context("ctx"),
    "child": Context("child", parent=11),
    "flag": Flag("flag", start=False),
    "free": Flag("free"),
}
OTHERS: dict[str, Object] = {
    "c": Channel("c"),
    "mu": Lock("mu"),
    "from": Channel("from", foreign_sends=True),
    "to": Channel("to", foreign_receives=True),
    "quit": Channel("quit", foreign_closes=True),
    "shut": Lock("shut", foreign=True),
    "all": WaitGroup("all", foreign=True),
    "bell": Condition("bell", lock=1, foreign=True),
    "live": Context("live", live=True),
    "under": Context("under", parent=8),
}
"""What code outside has a hand in."""


def op(words: str) -> Op:
    verb, _, name = words.partition(" ")
    return Op(verb, name)


def ops(words: str) -> tuple[Stmt, ...]:
    """`go f; send c; wait wg`."""
    parts = [part.strip() for part in words.split(";")] if words else []
    return tuple(_statement(part) for part in parts)


def _statement(part: str) -> Stmt:
    verb, _, name = part.partition(" ")
    return Go(name) if verb == "go" else Add(name) if verb == "add" else op(part)


def case(words: str, *body: Stmt) -> tuple[Op, tuple[Stmt, ...]]:
    return op(words), body


@dataclass(frozen=True)
class Case:
    """The bodies of main and f, and what is left behind, as `function: statement`."""

    name: str
    main: tuple[Stmt, ...]
    left: str = ""
    f: tuple[Stmt, ...] = ()


def select(*cases: tuple[Op, tuple[Stmt, ...]], default: tuple[Stmt, ...] | None = None) -> Select:
    return Select(cases, default)


CHANNELS = (
    Case("a send meets a receive", ops("go f; receive c"), "", ops("send c")),
    Case("a send without a receiver", ops("go f"), "f: send c", ops("send c")),
    Case("a receive without a sender", ops("go f"), "f: receive c", ops("receive c")),
    Case("a root that waits", ops("receive c"), "main: receive c"),
    Case("two senders, one receive", ops("go f; go f; receive c"), "f: send c", ops("send c")),
    Case("a goroutine does not meet itself", ops("send c; receive c"), "main: send c"),
    Case("room for one value", ops("go f"), "", ops("send one")),
    Case("room for one value, two sent", ops("go f"), "f: send one", ops("send one; send one")),
    Case("values stay after the sender ended", ops("go f; receive two; receive two"), "", ops("send two; send two")),
    Case("a closed channel wakes receivers", ops("go f; go f; close c"), "", ops("receive c")),
    Case("a closed channel gives its values first", ops("send two; close two; go f"), "", (Range("two", ()),)),
    Case("a range without a close", ops("go f; send c; send c"), "f: range c", (Range("c", ()),)),
    Case("a range ends with the close", ops("go f; send c; close c"), "", (Range("c", ()),)),
    Case("a send on a closed channel crashes", ops("go f; close c; receive d"), "", ops("send c")),
    Case("a crash that must come is no leak", ops("go f; close c; send c"), "", ops("receive d")),
    Case("close wakes a sender into a crash", ops("go f; close c; receive d"), "", ops("send c; send c")),
    Case("closing twice crashes", ops("go f; close c; close c"), "", ops("receive d")),
    Case("a nil channel blocks a send", ops("go f; receive nil"), "main: receive nil, f: send nil", ops("send nil")),
    Case("closing a nil channel crashes", ops("go f; close nil"), "", ops("receive d")),
)
SELECTS = (
    Case("a case that comes", (Go("f"), select(case("receive c"), case("receive d"))), "", ops("send c")),
    Case(
        "the other case is taken, the sender stays",
        (Go("f"), select(case("receive c"), case("timeout"))),
        "f: send c",
        ops("send c"),
    ),
    Case("no case comes", (Go("f"), select(case("receive c"), case("send d"))), "main: select", ops("return")),
    Case("select with nothing", (Select(()),), "main: select"),
    Case("a default is always there", (select(case("receive c"), default=()),)),
    Case("a ready case keeps the default away", (*ops("send one; go f"), select(case("receive one", op("send c")))),
         "main: send c", (select(case("timeout")),)),
    Case("no default while a value is there", (op("send one"), select(case("receive one"), default=ops("receive c")))),
    Case("a default though a partner will come", (Go("f"), select(case("send c"), default=())), "f: receive c",
         ops("receive c")),
    Case("two that only look do not meet", (Go("f"), select(case("send c", op("receive d")), default=())), "",
         (select(case("receive c"), default=()),)),
    Case("both of two ready cases", (*ops("send one; close d"), select(case("receive one"), case("receive d")),
         Go("f")), "f: receive one", ops("receive one")),
)  # fmt: skip
LOCKS = (
    Case("a lock is given back", ops("go f; lock mu; unlock mu"), "", ops("lock mu; unlock mu")),
    Case("a lock is kept", ops("go f; lock mu"), "f: lock mu", ops("lock mu; unlock mu")),
    Case("a lock taken twice", ops("lock mu; lock mu"), "main: lock mu"),
    Case("unlocking what is not locked crashes", ops("go f; unlock mu"), "", ops("receive c")),
    Case("opposite orders", ops("go f; lock mu; lock rw; unlock rw; unlock mu"), "main: lock rw, f: lock mu",
         ops("lock rw; lock mu; unlock mu; unlock rw")),
    Case("readers share", ops("go f; rlock rw; receive c; runlock rw"), "", ops("rlock rw; send c; runlock rw")),
    Case("a writer waits for readers", ops("go f; rlock rw; receive c"),
         "main: receive c, f: lock rw, main: rlock rw, f: send c",
         ops("lock rw; send c; unlock rw")),
    Case("a waiting writer keeps readers out", ops("go f; rlock rw; rlock rw; runlock rw; runlock rw"),
         "main: rlock rw, f: lock rw", ops("lock rw; unlock rw")),
    Case("a partner needs the lock", ops("go f; lock mu; receive c; unlock mu"),
         "main: receive c, f: lock mu, main: lock mu, f: send c",
         ops("lock mu; send c; unlock mu")),
)  # fmt: skip
GROUPS = (
    Case("Wait counts", ops("add wg; go f; wait wg"), "", ops("done wg")),
    Case("Done is missing", ops("add wg; add wg; go f; wait wg"), "main: wait wg", ops("done wg")),
    Case("nothing added", ops("wait wg")),
    Case("one Done too many crashes", ops("go f; done wg"), "", ops("receive c")),
    Case("Wait before the receive", ops("add wg; go f; wait wg; receive c"), "main: wait wg, f: send c",
         ops("send c; done wg")),
    Case("as many as there are", (Add("wg", N), For(N, ops("go f")), op("wait wg")), "", ops("done wg")),
    Case("one too few for all but one", (Add("wg", N), *ops("go f; wait wg")), "main: wait wg", ops("done wg")),
)  # fmt: skip
CONDITIONS = (
    Case("a signal that may come first", ops("go f; signal cond"), "f: condwait cond",
         ops("lock mu; condwait cond; unlock mu")),
    Case("nobody signals", ops("go f"), "f: condwait cond", ops("lock mu; condwait cond; unlock mu")),
    Case("waiting gives the lock back", ops("go f; lock mu; unlock mu; receive c"), "main: receive c, f: condwait cond",
         ops("lock mu; condwait cond; unlock mu")),
    Case("a signal wakes one of two", ops("go f; go f; receive two; receive two; lock mu; signal cond; unlock mu"),
         "f: condwait cond", ops("lock mu; send two; condwait cond; unlock mu")),
    Case("a broadcast wakes all", ops("go f; go f; receive two; receive two; lock mu; broadcast cond; unlock mu"),
         "", ops("lock mu; send two; condwait cond; unlock mu")),
    Case("the woken wants the lock", ops("go f; receive two; lock mu; signal cond"), "f: condwait cond",
         ops("lock mu; send two; condwait cond; unlock mu")),
)  # fmt: skip
CONTEXTS = (
    Case("cancelled", ops("go f; cancel ctx"), "", ops("await ctx")),
    Case("never cancelled", ops("go f"), "f: await ctx", ops("await ctx")),
    Case("the parent is cancelled", ops("go f; cancel ctx"), "", ops("await child")),
    Case("only the child is cancelled", ops("go f; cancel child"), "f: await ctx", ops("await ctx")),
    Case("done already", (op("cancel ctx"), select(case("await ctx"), default=ops("receive c")))),
)
FLAGS = (
    Case("a flag says what it said before", (Go("f"), If(ops("receive c"), flag="free")), "",
         (If(ops("send c"), flag="free"),)),
    Case("two flags need not agree", (Go("f"), If(ops("receive c"), flag="free")),
         "main: receive c, f: send c", (If(ops("send c")),)),
    Case("a coin is thrown anew", (If(ops("send one")), If(ops("send one"))), "main: send one"),
    Case("who comes first closes", ops("go f; go f; receive c"), "", (If(ops("close c"), flag="flag", swaps=True),)),
    Case("set before it is read", (op("set flag"), If((), ops("receive c"), flag="flag"))),
    Case("read before it is set", (Go("f"), op("set flag")), "f: receive c", (If((), ops("receive c"), flag="flag"),)),
)  # fmt: skip
COUNTS = (
    Case("as much room as senders", (For(N, ops("go f")),), "", ops("send some")),
    Case("room for one less", (For(N, ops("go f")),), "f: send less", ops("send less")),
    Case("only the first is received", (For(N, ops("go f")), op("receive c")), "f: send c", ops("send c")),
    Case("all are received", (For(N, ops("go f")), For(N, ops("receive c"))), "", ops("send c")),
    Case("a constant loop", (For(Count(10), ops("send one; receive one")), op("receive c")), "main: receive c"),
    Case("loops in loops", (For(Count(3), (For(N, ops("go f; receive c")),)),), "", ops("send c")),
)
ENDS = (
    Case("main ends the process", ops("go f; exit"), "", ops("receive c")),
    Case("main may never end", (Go("f"), For(None, (If(ops("exit")), op("timeout")))), "f: receive c",
         ops("receive c")),
    Case("a panic on one branch", (Go("f"), If(ops("panic"))), "f: receive c", ops("receive c")),
    Case("a server goes on", (Go("f"), For(None, (select(case("receive c"), case("timeout")),))), "", ops("send c")),
    Case("a server that leaves", (Go("f"), For(None, (select(case("receive c"), case("timeout", op("return"))),))),
         "f: send c", (For(None, ops("send c")),)),
)  # fmt: skip
FRESH = (
    Case("each round its own channel", (For(N, (*ops("make c; go f"), select(case("receive c"), case("timeout")))),),
         "f: send c", ops("send c")),
    Case("each round its own channel, forever",
         (For(None, (*ops("make c; go f"), select(case("receive c"), case("timeout")))),),
         "f: send c", ops("send c")),
    Case("each round its own channel with room", (For(N, (*ops("make one; go f"),
         select(case("receive one"), case("timeout")))),), "", ops("send one")),
    Case("one channel for all rounds", (For(None, (Go("f"), select(case("receive c"), case("timeout")))),),
         "", ops("send c")),
)  # fmt: skip
FOREIGN = (
    Case("others send", ops("receive from")),
    Case("others send, and never close", (op("receive from"), Range("from", ()), op("receive c"))),
    Case("others receive", ops("send to; send to")),
    Case("others close", ops("receive quit; receive quit")),
    Case("others close what is sent to", ops("send quit"), "main: send quit"),
    Case("others unlock", ops("lock shut; lock shut")),
    Case("others are done", ops("add all; wait all")),
    Case("others signal", ops("lock mu; condwait bell; unlock mu")),
    Case("a live context may end", ops("await live; await under")),
    Case("a live context may not end", (select(case("await under"), default=ops("receive c")),), "main: receive c"),
    Case("what ended stays ended", (op("await live"), select(case("await under"), default=ops("receive c")))),
)
CASES = (
    *CHANNELS, *SELECTS, *LOCKS, *GROUPS, *CONDITIONS, *CONTEXTS, *FLAGS, *COUNTS, *ENDS, *FRESH,
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_who_is_left_behind(case: Case) -> None:
    assert left_in(case, OBJECTS) == {each.strip() for each in case.left.split(",") if each}


@pytest.mark.parametrize("case", FOREIGN, ids=lambda case: case.name)
def test_what_others_may_do(case: Case) -> None:
    assert left_in(case, OTHERS) == {each.strip() for each in case.left.split(",") if each}


def left_in(case: Case, objects: dict[str, Object]) -> set[str]:
    group = Program(objects, {"main": case.main, "f": case.f}).group()
    wheres = [left.state_in(group).where for left in explore(group).left]
    return {f"{where.function}: {where.text}" for where in wheres if where is not None}
