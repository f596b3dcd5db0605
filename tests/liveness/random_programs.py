"""A seed in, a small concurrent program out: two to four goroutines that send, receive, lock, wait, choose."""

import random
from collections.abc import Callable

from small_go import Add, For, Go, If, Op, Program, Range, Select, Stmt

from goleaklint.liveness.objects import Channel, Condition, Context, Count, Flag, Lock, Object, WaitGroup

NAMES = ("main", "f", "g", "h")
KINDS = ("channel", "select", "if", "for", "range", "lock", "rwlock", "group", "context", "flag", "return", "fresh")
WEIGHTS = (12, 5, 4, 2, 2, 4, 2, 3, 2, 2, 1, 1)


def random_program(seed: int) -> Program:
    """The program of a seed, its operations numbered. Few ever end at once, and many can leave a goroutine behind."""
    return _Maker(seed).program()


class _Maker:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - nothing secret
        self._channels = ("c0", "c1", "c2")[: self._random.choice((1, 1, 2, 2, 3))]
        self._depth = 0
        self._kinds = [*self._random.sample(KINDS, 5), "channel"]

    def program(self) -> Program:
        objects: dict[str, Object] = {}
        for name in ("c0", "c1", "c2"):
            room = self._random.choice((0, 0, 0, 1, 1, 2))
            objects[name] = Channel(name, Count(room), is_nil=self._random.random() < 0.02)
        objects |= {"m0": Lock("m0"), "m1": Lock("m1"), "rw": Lock("rw", shared=True), "wg": WaitGroup("wg")}
        objects |= {"cond": Condition("cond", lock=3), "ctx": Context("ctx"), "flag": Flag("flag", start=False)}
        names = NAMES[: self._random.randint(2, 4)]
        functions = self._style()(names)
        waits = self._random.random() < 0.5 and "group" in self._kinds
        starts = self._starts(names[1:], waits)
        main = (*starts, *functions["main"], *((Op("wait", "wg"),) if waits else ()))
        if waits:
            functions = {name: (*body, *self._done()) for name, body in functions.items()}
        return Program(objects, {**functions, "main": main}).numbered()

    def _style(self) -> Callable[[tuple[str, ...]], dict[str, tuple[Stmt, ...]]]:
        return self._random.choice((self._anything, self._anything, self._matching, self._careful))

    def _anything(self, names: tuple[str, ...]) -> dict[str, tuple[Stmt, ...]]:
        return {name: self._body(2, 4) for name in names}

    def _matching(self, names: tuple[str, ...]) -> dict[str, tuple[Stmt, ...]]:
        """For most sends a receive in another goroutine, in one order for all."""
        bodies: dict[str, list[Stmt]] = {name: [] for name in names}
        for _ in range(self._random.randint(2, 6)):
            sender, receiver = self._random.sample(names, 2)
            channel = self._channel()
            if self._random.random() < 0.95:
                bodies[sender].append(Op("send", channel))
            if self._random.random() < 0.95:
                bodies[receiver].append(Op("receive", channel))
            bodies[self._random.choice(names)].extend(self._harmless())
        return {name: tuple(body) for name, body in bodies.items()}

    def _careful(self, names: tuple[str, ...]) -> dict[str, tuple[Stmt, ...]]:
        """Hardly anything waits: selects have a default or a timeout, and there is some room for sends."""
        bodies: dict[str, list[Stmt]] = {name: [] for name in names}
        for name in names:
            for _ in range(self._random.randint(1, 3)):
                bodies[name].extend(self._harmless())
            if self._random.random() < 0.4:
                bodies[name].append(Op("send", self._channel()))
        return {name: tuple(body) for name, body in bodies.items()}

    def _harmless(self) -> tuple[Stmt, ...]:
        match self._random.randrange(5):
            case 0:
                lock = self._random.choice(("m1", "rw"))
                return (Op("lock", lock), If((Op("set", "flag"),)), Op("unlock", lock))
            case 1:
                return (Op("rlock", "rw"), Op("runlock", "rw"))
            case 2:
                return (Add("wg"), Op("done", "wg"))
            case 3:
                cases = ((Op(self._random.choice(("send", "receive")), self._channel()), ()),)
                return (
                    Select((*cases, (Op("timeout"), ())), ()) if self._random.random() < 0.5 else Select(cases, ()),
                )
            case _:
                return ()

    def _starts(self, names: tuple[str, ...], waits: bool) -> tuple[Stmt, ...]:
        stmts: list[Stmt] = []
        for name in names:
            one: tuple[Stmt, ...] = (Add("wg"), Go(name)) if waits else (Go(name),)
            if self._random.random() < 0.2:
                one = (For(Count(2), one),)
            stmts.extend(one)
        return tuple(stmts)

    def _done(self) -> tuple[Stmt, ...]:
        return (Op("done", "wg"),) if self._random.random() < 0.9 else ()

    def _body(self, least: int, most: int) -> tuple[Stmt, ...]:
        self._depth += 1
        stmts: list[Stmt] = []
        for _ in range(self._random.randint(least, most)):
            stmts.extend(self._statements())
        self._depth -= 1
        return tuple(stmts)

    def _statements(self) -> tuple[Stmt, ...]:
        kinds = [kind for kind in self._kinds if self._depth < 3 or kind in ("channel", "group", "context")]
        kind = self._random.choices(kinds, [WEIGHTS[KINDS.index(each)] for each in kinds])[0]
        match kind:
            case "if":
                return (If(self._body(1, 2), self._body(0, 1)),)
            case "for":
                return (For(Count(self._random.randint(1, 3)), self._body(1, 2)),)
            case "select":
                return (self._select(),)
            case "range":
                return (Range(self._channel(), self._body(0, 1)),)
            case "lock":
                return self._locked(self._random.choice(("m0", "m1")), "lock", "unlock")
            case "rwlock":
                return self._locked("rw", *self._random.choice((("lock", "unlock"), ("rlock", "runlock"))))
            case _:
                return self._simple(kind)

    def _simple(self, kind: str) -> tuple[Stmt, ...]:
        match kind:
            case "group":
                return self._random.choice(((Op("wait", "wg"),), (Add("wg"), Op("done", "wg")), (Add("wg"),)))
            case "context":
                return (Op(self._random.choice(("cancel", "await")), "ctx"),)
            case "flag":
                return self._random.choice(
                    ((Op("set", "flag"),), (If(self._body(1, 1), flag="flag", swaps=self._random.random() < 0.5),))
                )
            case "return":
                return (If((Op("return"),)),)
            case "fresh":
                return (Op("make", self._channel()),)
            case _:
                return (self._communication(),)

    def _channel(self) -> str:
        return self._random.choice(self._channels)

    def _communication(self) -> Op:
        verb = self._random.choices(("send", "receive", "close"), (6, 6, 1))[0]
        return Op(verb, self._channel())

    def _select(self) -> Select:
        cases: list[tuple[Op, tuple[Stmt, ...]]] = []
        for _ in range(self._random.randint(1, 2)):
            cases.append((Op(self._random.choice(("send", "receive")), self._channel()), self._body(0, 1)))
        if self._random.random() < 0.3:
            last = Op("await", "ctx") if "context" in self._kinds else Op("timeout")
            cases.append((last, self._body(0, 1)))
        return Select(tuple(cases), self._body(0, 1) if self._random.random() < 0.3 else None)

    def _locked(self, lock: str, take: str, give: str) -> tuple[Stmt, ...]:
        """A section under a lock, which now and then is left without giving it back."""
        inner = self._body(0, 2)
        if lock == "m0" and self._random.random() < 0.4:
            wake = self._random.choice(("condwait", "condwait", "signal", "broadcast"))
            inner = (*inner, Op(wake, "cond"))
        kept = self._random.random() < 0.08
        return (Op(take, lock), *inner, *(() if kept else (Op(give, lock),)))
