"""A function in; the operations out at which a goroutine that has to do with it is left behind, each with its story."""

from collections.abc import Iterator

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.liveness import automaton as act
from goleaklint.liveness.automaton import BLOCKING, Group
from goleaklint.liveness.explore import explore
from goleaklint.liveness.footprints import objects_of
from goleaklint.liveness.screening import plainly_safe
from goleaklint.liveness.shapes import SYNC, Shapes
from goleaklint.liveness.skeletons import skeleton
from goleaklint.liveness.stories import Kind, Leak, leak_of
from goleaklint.liveness.unserved import unserved
from goleaklint.liveness.verdict import LeftBehind, Standing, Verdict
from goleaklint.model import Span
from goleaklint.syntax import ast
from goleaklint.syntax.walk import direct_expressions, expressions, statements
from goleaklint.types.types import Chan, Interface, Named, Pointer, Type

WORDS = ("make(chan", "sync.", "errgroup", "chan ", "go ")
"""A function without any of these makes nothing that goroutines wait for, and starts none."""

MAX_LONELY = 1500
"""A function of more bytes that starts no goroutine itself is left out: it seldom waits for something of its own."""

_RANKS = (act.Send, act.Receive, act.AwaitDone, act.CondWait, act.Acquire, act.Wait)
"""Of goroutines that wait for one another, the one whose operation comes first here is likeliest to be the mistake."""


_ENDS = (act.Return, act.Panic, act.Exit)

_SERVED_BY: dict[type, tuple[type, ...]] = {
    act.Send: (act.Receive,),
    act.Receive: (act.Send, act.Close),
    act.Acquire: (act.Release,),
    act.Wait: (act.Done,),
    act.CondWait: (act.Signal,),
    act.AwaitDone: (act.Cancel,),
}
"""What ends a wait."""


def left_behind(code: Code, ends_process: bool) -> tuple[Leak, ...]:
    """The leaks in which a function has a part. What is made in a literal inside it is left to a question of its own.

    `ends_process`: the process ends when the function returns.
    """
    if not _makes_something(code):
        return ()
    group = skeleton(code, ends_process)
    if group is None or not _may_wait(group) or plainly_safe(group):
        return ()
    best: dict[tuple[Kind, Span], Leak] = {}
    verdict = explore(group)
    stuck = {(each.automaton, each.state) for each in verdict.left}
    found = [(group, each, stuck) for each in _causes(group, verdict)]
    if not found and not verdict.complete:
        found = [(part, each, {(each.automaton, each.state)}) for part, each in unserved(group)]
    for part, each, with_it in found:
        leak = leak_of(part, each, with_it)
        if leak is not None:
            old = best.setdefault((leak.kind, leak.where.span), leak)
            if leak.choices < old.choices:
                best[leak.kind, leak.where.span] = leak
    return tuple(best.values())


# --- which functions are looked into


def _makes_something(code: Code) -> bool:
    """Reports whether a function itself makes something that is waited for, and is worth looking into."""
    text = code.source.data[code.node.start : code.node.end]
    spawns = b"go " in text or b".Go(" in text or b"AfterFunc" in text
    if not spawns and len(text) > MAX_LONELY:
        return False
    making = _Making(code, Shapes(code.types.declared))
    return any(map(making.is_made, statements(code.block.stmts)))


class _Making:
    """What a function itself makes."""

    def __init__(self, code: Code, shapes: Shapes) -> None:
        self._code = code
        self._shapes = shapes
        self._starts = next(code.graph.ops(ops.Go), None) is not None
        results = (code.types.declared.resolve(field.type, code.types.env) for field in code.type.results)
        self._hands_out = any(shapes.holds(each) or isinstance(shapes.core(each), Interface) for each in results)

    def is_made(self, stmt: ast.Stmt) -> bool:
        """Reports whether a statement makes something."""
        if isinstance(stmt, ast.DeclStmt) and any(map(self._is_declared, stmt.specs)):
            return True
        return any(self._is_new(each) for part in direct_expressions(stmt) for each in expressions(part))

    def _is_declared(self, spec: ast.ValueSpec | ast.TypeSpec) -> bool:
        if not isinstance(spec, ast.ValueSpec) or spec.type is None or spec.values:
            return False
        return isinstance(spec.type, ast.ChanType) or self._is_sync(spec.type)

    def _is_sync(self, written: ast.Expr) -> bool:
        if not isinstance(written, ast.Selector):
            return False
        return written.name.name in SYNC or (written.name.name == "Group" and "errgroup" in self._code.text(written))

    def _is_new(self, expr: ast.Expr) -> bool:
        match expr:
            case ast.Call(fun=ast.Ident(name="make"), args=(kind, *_)):
                return isinstance(kind, ast.ChanType) or isinstance(self._code.core_type(expr), Chan)
            case ast.CompositeLit(type=kind) if kind is not None:
                return self._is_sync(kind) or self._is_struct(expr)
            case ast.Call(fun=ast.Ident(name="new")):
                return self._is_struct(expr)
            case ast.Call(fun=ast.Selector(name=ast.Ident(name="NewCond" | "WithContext"))):
                return True
            case ast.Call() if self._starts and not self._hands_out:
                return self._shapes.gives(expr, self._code, 0) and _is_own(self._code.type_of(expr))
            case _:
                return False

    def _is_struct(self, expr: ast.Expr) -> bool:
        """A struct that is filled here and not for others: a constructor leaves it to its callers to use it."""
        return self._starts and not self._hands_out and self._shapes.holds(self._code.type_of(expr))


def _is_own(kind: Type) -> bool:
    kind = kind.elem if isinstance(kind, Pointer) else kind
    return not (isinstance(kind, Named) and kind.package == "context")


def _may_wait(group: Group) -> bool:
    """Reports whether some goroutine may have to wait for another one, and for nobody else."""
    return any(
        state.transitions and all(isinstance(each.action, BLOCKING) for each in state.transitions)
        for automaton in group.automata
        for state in automaton.states
    )


# --- which of those left behind are told of


def _causes(group: Group, verdict: Verdict) -> Iterator[LeftBehind]:
    """Those that do not wait for another one that is left behind, too; of two that wait for each other the likelier."""
    left = {(each.automaton, each.state) for each in verdict.left}
    for each in verdict.left:
        others = [other for other in each.others if (other.automaton, other.state) in left]
        if _rank(group, each) < len(_RANKS) and not any(_is_to_blame(group, other, each) for other in others):
            yield each


def _is_to_blame(group: Group, other: Standing, left: LeftBehind) -> bool:
    """Reports whether one would end the wait of another if it could go on, and does not itself wait for that one."""
    if not _could_serve(group, other, left):
        return False
    return _rank(group, other) < _rank(group, left) or not _could_serve(group, left, other)


def _rank(group: Group, place: LeftBehind | Standing) -> int:
    """The place in the order of blame; the last for a goroutine that waits for nothing."""
    actions = (each.action for each in group.automata[place.automaton].states[place.state].transitions)
    return min((_RANKS.index(type(each)) for each in actions if isinstance(each, _RANKS)), default=len(_RANKS))


def _could_serve(group: Group, server: LeftBehind | Standing, waiter: LeftBehind | Standing) -> bool:
    """Reports whether a goroutine, or one that it starts, would do later what another one waits for."""
    wanted = {
        (kind, number)
        for each in group.automata[waiter.automaton].states[waiter.state].transitions
        for kind in _SERVED_BY.get(type(each.action), ())
        for number in objects_of(each.action)
    }
    pending = [(server.automaton, server.state)]
    seen = set(pending)
    while pending:
        automaton, at = pending.pop()
        for each in group.automata[automaton].states[at].transitions:
            if any((type(each.action), number) in wanted for number in objects_of(each.action)):
                return True
            onward = [] if isinstance(each.action, _ENDS) else [(automaton, each.target)]
            if isinstance(each.action, act.Spawn):
                onward.append((each.action.automaton, 0))
            for place in onward:
                if place not in seen:
                    seen.add(place)
                    pending.append(place)
    return False
