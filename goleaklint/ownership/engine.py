"""Functions in; what each of them leaks, and what it does with the resources it is given or makes, out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from goleaklint.calls.answers import Line, Memo
from goleaklint.calls.code import Code, DeclaredFunction
from goleaklint.calls.functions import Functions
from goleaklint.flow import ops
from goleaklint.flow.facts import Facts
from goleaklint.flow.paths import Point
from goleaklint.index.symbols import Symbol
from goleaklint.knowledge import ITSELF, Holder, Knowledge, Resource
from goleaklint.ownership.acquisitions import Acquisition, Acquisitions
from goleaklint.ownership.candidates import Candidates
from goleaklint.ownership.concrete import is_hollow
from goleaklint.ownership.origins import Origins
from goleaklint.ownership.rounds import needs_empty_loop
from goleaklint.ownership.state import End, Name, State
from goleaklint.ownership.walk import Ending, Walk, held_by, ways_to
from goleaklint.ownership.wrappers import wrapped
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions, statements
from goleaklint.types.types import Func

MAX_DEPTH = 8
"""How many calls deep a resource is followed into functions it is given to; beyond, it counts as handed over."""

_UNSURE = frozenset((End.HANDED_OVER,))

_Question = tuple[Symbol, str, Resource, Facts]


@dataclass(frozen=True, slots=True)
class Leak:
    """A resource that is kept for good on some ways: `endings` are those, the nearest first; none where the result of
    the acquiring call is thrown away at once. On others it is `passed_on`, if it is; it is
    `deferrable` where no way hands it on, so that its release may be deferred."""

    acquisition: Acquisition
    endings: tuple[Ending, ...]
    passed_on: bool = False
    deferrable: bool = False


class Ownership:
    """Answers for all functions of a run; what was worked out is kept as long as the function is."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._candidates = Candidates(knowledge)
        self._acquired: dict[Code, tuple[Acquisition, ...]] = {}
        self._origins: dict[DeclaredFunction, Origins] = {}
        self._fates: dict[Code, Memo[_Question, frozenset[End]]] = {}
        self._made: dict[Code, Memo[None, Mapping[int, Resource]]] = {}
        self._line = Line(MAX_DEPTH)

    @classmethod
    def of(cls, functions: Functions) -> "Ownership":
        """The one that belongs to the functions of a run."""
        found = functions.cache.get(cls)
        if not isinstance(found, Ownership):
            found = functions.cache[cls] = cls(functions.knowledge)
        return found

    def leaks(self, code: Code, counts: Callable[[Resource], bool]) -> Iterator[Leak]:
        """What a function acquires and keeps on some way out of it, of the resources that count."""
        for acquisition in self.acquired(code):
            if not counts(acquisition.resource):
                continue
            if acquisition.state is None:
                if not is_hollow(code, acquisition.call, acquisition.resource.position, acquisition.resource):
                    yield Leak(acquisition, ())
                continue
            endings = list(self._endings(code, acquisition, acquisition.state))
            kept = [each for each in endings if each.end in (End.KEPT, End.LOST) and _matters(acquisition, each)]
            kept = [each for each in kept if not needs_empty_loop(code, each, endings)]
            if kept and not is_hollow(code, acquisition.call, _position(code, acquisition), acquisition.resource):
                passed_on = any(each.end in (End.RETURNED, End.HANDED_OVER) for each in endings)
                stays = not passed_on and all(_is_named(code, each, acquisition.state) for each in endings)
                yield Leak(acquisition, _distinct(kept), passed_on, stays)

    def acquired(self, code: Code) -> tuple[Acquisition, ...]:
        """What a function acquires, worked out once for all who ask."""
        found = self._acquired.get(code)
        if found is None:
            found = self._acquired[code] = tuple(self._acquisitions(code).all())
        return found

    def _acquisitions(self, code: Code) -> Acquisitions:
        return Acquisitions(code, self.origins(code), self._candidates, self.made_by)

    def origins(self, code: Code) -> Origins:
        found = self._origins.get(code.whole)
        if found is None:
            found = self._origins[code.whole] = Origins(code.whole)
        return found

    def _endings(self, code: Code, acquisition: Acquisition, held: State) -> Iterator[Ending]:
        walk = self._walk(code, acquisition.resource)
        walk.branches.contexts = acquisition.contexts
        early = acquisition.resource.holder is not Holder.RESULT
        for facts, deferred in ways_to(code, acquisition.block, acquisition.index):
            if early and any(walk.gives_back(each, held) for each in deferred):
                continue  # `defer signal.Stop(ch)` before Notify
            facts = code.tracker.after(acquisition.op, facts)
            state = replace(held, facts=facts, deferred=deferred)
            yield from walk.endings(Point(acquisition.block, acquisition.index + 1), state, acquisition.op)

    def _walk(self, code: Code, resource: Resource) -> Walk:
        return Walk(code, resource, self.origins(code), self.fate)

    # --- functions that are given a resource, or make one

    def fate(self, code: Code, name: Name, resource: Resource, facts: Facts) -> frozenset[End]:
        """The ends that a resource comes to in a function that is called with it in a variable."""

        def follow() -> frozenset[End]:
            endings = self._walk(code, resource).endings(Point(0), held_by(name, facts))
            return frozenset(each.end for each in endings)

        return self._line.answer(self._fates.setdefault(code, Memo()), (*name, resource, facts), _UNSURE, follow)

    def made_by(self, code: Code) -> Mapping[int, Resource]:
        """The results of a function that are new resources, whose ownership passes to the caller."""
        if not code.type.results:
            return {}
        return self._line.answer(self._made.setdefault(code, Memo()), None, {}, lambda: dict(self._make(code)))

    def _make(self, code: Code) -> Iterator[tuple[int, Resource]]:
        finder = self._acquisitions(code)
        returns = (stmt for stmt in statements(code.block.stmts) if isinstance(stmt, ast.Return))
        passing = {stmt: found for stmt in returns if (found := list(_passed_on(finder, stmt)))}
        for _, op in code.graph.ops(ops.Return) if passing else ():
            yield from passing.get(op.node, ())
        for acquisition in finder.all():
            if acquisition.state is None or _comes_with_release(code, acquisition.resource):
                continue
            endings = self._returned(code, acquisition, acquisition.state)
            if not endings:
                continue
            positions = list(_positions(code, acquisition.state, endings))
            for position in positions:
                yield position, acquisition.resource
            around = None if positions else wrapped(code, acquisition.resource, self.fate)
            if around is not None:
                yield 0, around

    def _returned(self, code: Code, acquisition: Acquisition, held: State) -> list[Ending]:
        """The endings of what is returned on some way and handed over to nobody else; none where it is not so."""
        endings = []
        for each in self._endings(code, acquisition, held):
            if each.end is End.HANDED_OVER:
                return []
            endings.append(each)
        return endings if any(each.end is End.RETURNED for each in endings) else []


def _position(code: Code, acquisition: Acquisition) -> int:
    """Which result of the call it is that acquires."""
    names = {symbol for symbol, _ in acquisition.state.names} if acquisition.state is not None else set()
    left = acquisition.op.left if isinstance(acquisition.op, ops.Assign) and len(acquisition.op.right) == 1 else ()
    return next((number for number, each in enumerate(left) if code.symbol(each) in names), 0)


def _matters(acquisition: Acquisition, ending: Ending) -> bool:
    return ending.node is None or ending.node.end > acquisition.since


def _passed_on(finder: Acquisitions, node: ast.Return) -> Iterator[tuple[int, Resource]]:
    """`return os.Open(name)`: what the call makes is what the function makes."""
    for number, value in enumerate(node.results):
        call = ast.unparen(value)
        for made in finder.made(call) if isinstance(call, ast.Call) else ():
            if made.certain:
                yield (made.position if len(node.results) == 1 else number), made.resource


def _comes_with_release(code: Code, resource: Resource) -> bool:
    """Reports whether a function also returns a function, which may be what gives back the other results."""
    if ITSELF in resource.release:
        return False
    env = code.types.env
    return any(isinstance(code.types.declared.resolve(each.type, env), Func) for each in code.type.results)


def _positions(code: Code, held: State, endings: list[Ending]) -> Iterator[int]:
    """The results in which the resource itself is returned, by a variable."""
    holders = {symbol for symbol, _ in held.names}
    for ending in endings:
        if ending.end is End.RETURNED and isinstance(ending.node, ast.Return):
            for number, value in enumerate(ending.node.results):
                if code.symbol(value) in holders:
                    yield number


def _is_named(code: Code, ending: Ending, held: State) -> bool:
    """Reports whether a release is one of the resource itself, not a call of an object that it was put into."""
    if ending.end is not End.RELEASED or not isinstance(ending.node, ast.Call):
        return True
    return any(isinstance(each, ast.Ident) and code.symbol(each) in held.symbols for each in expressions(ending.node))


def _distinct(endings: list[Ending]) -> tuple[Ending, ...]:
    """One ending for each place, the nearest."""
    found: dict[int, Ending] = {}
    for each in endings:
        found.setdefault(-1 if each.node is None else each.node.start, each)
    return tuple(found.values())
