"""A small Go, as values: statements on channels, locks and the like in, automata out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import Automaton, Group, Outcome, State, Transition
from goleaklint.liveness.objects import Count, Object, Where
from goleaklint.model import Span


@dataclass(frozen=True)
class Op:
    """An operation on an object: `verb` is a key of ACTIONS. `number` tells the statements of a program apart."""

    verb: str
    object: str = ""
    number: int = -1

    def __str__(self) -> str:
        return f"{self.verb} {self.object}".strip()


@dataclass(frozen=True)
class Go:
    function: str


@dataclass(frozen=True)
class Add:
    """Add of a wait group. Count 1 is told as a number."""

    object: str
    count: Count = field(default_factory=lambda: Count(1))


@dataclass(frozen=True)
class If:
    """A branch on a coin, or with `flag` on a flag; with `swaps` by CompareAndSwap(false, true), which gives `then`."""

    then: tuple["Stmt", ...]
    other: tuple["Stmt", ...] = ()
    flag: str = ""
    swaps: bool = False


@dataclass(frozen=True)
class For:
    """A counted loop; without a count an endless one."""

    count: Count | None
    body: tuple["Stmt", ...]


@dataclass(frozen=True)
class Range:
    """A range over a channel."""

    object: str
    body: tuple["Stmt", ...]
    number: int = -1

    def __str__(self) -> str:
        return f"range {self.object}"


@dataclass(frozen=True)
class Select:
    """`cases` may have receive, send, done and timeout operations. `default` is None where there is no default."""

    cases: tuple[tuple[Op, tuple["Stmt", ...]], ...]
    default: tuple["Stmt", ...] | None = None
    number: int = -1

    def __str__(self) -> str:
        return "select"


Stmt: TypeAlias = Op | Go | Add | If | For | Range | Select

ACTIONS: Mapping[str, Callable[[int], act.Action]] = {
    "send": act.Send,
    "receive": act.Receive,
    "close": act.Close,
    "lock": act.Acquire,
    "unlock": act.Release,
    "rlock": lambda number: act.Acquire(number, read=True),
    "runlock": lambda number: act.Release(number, read=True),
    "done": act.Done,
    "wait": act.Wait,
    "condwait": act.CondWait,
    "signal": act.Signal,
    "broadcast": lambda number: act.Signal(number, all=True),
    "cancel": act.Cancel,
    "await": act.AwaitDone,
    "set": lambda number: act.SetFlag(number, value=True),
    "make": act.Make,
}
PLAIN: Mapping[str, act.Action] = {
    "timeout": act.Unknown(),
    "panic": act.Panic(),
    "exit": act.Exit(),
    "return": act.Return(),
}


@dataclass(frozen=True)
class Program:
    """Functions by name; those in `roots` run from the start."""

    objects: Mapping[str, Object]
    functions: Mapping[str, tuple[Stmt, ...]]
    roots: tuple[str, ...] = ("main",)

    def numbered(self) -> "Program":
        """The same, with a number for each statement that can block."""
        numbers = iter(range(10**9))
        return replace(self, functions={name: _numbered(body, numbers) for name, body in self.functions.items()})

    def group(self) -> Group:
        """The automata. Each state's `where` names the function and the statement; its line is the number."""
        names = list(self.functions)
        objects = {name: number for number, name in enumerate(self.objects)}
        automata = tuple(_Body(name, names, objects).automaton(body) for name, body in self.functions.items())
        return Group(tuple(self.objects.values()), automata, tuple(names.index(root) for root in self.roots))


def _numbered(body: Sequence[Stmt], numbers: Iterator[int]) -> tuple[Stmt, ...]:
    return tuple(_number(each, numbers) for each in body)


def _number(stmt: Stmt, numbers: Iterator[int]) -> Stmt:
    match stmt:
        case Op():
            return replace(stmt, number=next(numbers))
        case Range(body=body):
            return replace(stmt, number=next(numbers), body=_numbered(body, numbers))
        case Select(cases=cases, default=default):
            own = next(numbers)
            arms = tuple((op, _numbered(body, numbers)) for op, body in cases)
            return Select(arms, None if default is None else _numbered(default, numbers), own)
        case If(then=then, other=other):
            return replace(stmt, then=_numbered(then, numbers), other=_numbered(other, numbers))
        case For(body=body):
            return replace(stmt, body=_numbered(body, numbers))
        case _:
            return stmt


class _Body:
    """Makes the automaton of one function: each statement leads from one state to another."""

    def __init__(self, name: str, functions: Sequence[str], objects: Mapping[str, int]) -> None:
        self._name = name
        self._functions = functions
        self._objects = objects
        self._states: list[list[Transition]] = []
        self._wheres: list[Where | None] = []
        self._counters = 0

    def automaton(self, body: Sequence[Stmt]) -> Automaton:
        self._leave(self._sequence(body, self._state()), act.Return())
        states = (State(tuple(each), where) for each, where in zip(self._states, self._wheres, strict=True))
        return Automaton(self._name, tuple(states))

    def _state(self) -> int:
        self._states.append([])
        self._wheres.append(None)
        return len(self._states) - 1

    def _leave(self, at: int, action: act.Action, target: int | None = None) -> int:
        """Go on from a state by an action."""
        target = self._state() if target is None else target
        self._states[at].append(Transition(action, target))
        return target

    def _sequence(self, body: Sequence[Stmt], at: int) -> int:
        for stmt in body:
            if isinstance(stmt, Op | Range | Select):
                span = Span("small.go", stmt.number, 1, stmt.number, 1, 0, 0)
                if self._wheres[at] is not None or self._states[at]:
                    at = self._leave(at, act.Silent())
                self._wheres[at] = Where(span, self._name, str(stmt))
            at = self._statement(stmt, at)
        return at

    def _statement(self, stmt: Stmt, at: int) -> int:
        match stmt:
            case Op():
                return self._leave(at, self._action(stmt))
            case Go(function=name):
                return self._leave(at, act.Spawn(self._functions.index(name)))
            case Add(object=name, count=count):
                return self._leave(at, act.Add(self._objects[name], count))
            case If():
                return self._if(stmt, at)
            case For(count=count, body=body):
                return self._for(count, body, at)
            case Range(object=name, body=body):
                number = self._objects[name]
                self._back(self._sequence(body, self._leave(at, act.Receive(number, Outcome.VALUE))), at)
                return self._leave(at, act.Receive(number, Outcome.CLOSED))
            case Select():
                return self._select(stmt, at)

    def _action(self, op: Op) -> act.Action:
        return PLAIN[op.verb] if op.verb in PLAIN else ACTIONS[op.verb](self._objects[op.object])

    def _back(self, at: int, target: int) -> None:
        self._leave(at, act.Silent(), target)

    def _if(self, stmt: If, at: int) -> int:
        after = self._state()
        for branch, taken in ((stmt.then, True), (stmt.other, False)):
            if stmt.flag:
                number = self._objects[stmt.flag]
                value = taken != stmt.swaps
                action: act.Action = act.TestFlag(number, value, True if stmt.swaps and taken else None)
            else:
                action = act.Silent(free=True)
            self._back(self._sequence(branch, self._leave(at, action)), after)
        return after

    def _for(self, count: Count | None, body: Sequence[Stmt], at: int) -> int:
        head = self._leave(at, act.Silent())
        if count is None:
            self._back(self._sequence(body, self._leave(head, act.Silent())), head)
            return self._state()
        counter = self._counters
        self._counters += 1
        self._back(self._sequence(body, self._leave(head, act.Round(counter, count))), head)
        return self._leave(head, act.Finished(counter, count))

    def _select(self, select: Select, at: int) -> int:
        after = self._state()
        for op, body in select.cases:
            self._back(self._sequence(body, self._leave(at, self._action(op))), after)
        if select.default is not None:
            self._back(self._sequence(select.default, self._leave(at, act.Default())), after)
        return after
