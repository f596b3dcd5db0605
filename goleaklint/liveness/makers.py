"""Calls of Go's library and zero values in; the objects that they make out."""

from typing import Protocol

from goleaklint.calls.code import Code
from goleaklint.calls.contexts import CANCELLED, ENDLESS, TIMED
from goleaklint.liveness.counts import Counter, capacity
from goleaklint.liveness.objects import Channel, Condition, Context, Flag, Lock, Object, WaitGroup
from goleaklint.liveness.shapes import ERRGROUP, Shapes
from goleaklint.liveness.values import OUTSIDE, Cancel, Frame, Over, Tracked, Value
from goleaklint.liveness.world import World, place
from goleaklint.syntax import ast
from goleaklint.types.types import Chan, Named, Type


class Making(Protocol):
    """What it takes to make objects: the values of expressions, and where new objects go."""

    world: World
    shapes: Shapes
    counter: Counter

    def value(self, expr: ast.Expr, frame: Frame, name: str = "", position: int = 0) -> Value: ...

    def zero(self, kind: Type, frame: Frame, start: int, name: str) -> Value: ...

    def new(self, made: Object, frame: Frame, key: object, start: int) -> Tracked: ...


METHODS = {
    "WaitGroup": ("Add", "Done", "Wait", "Go"),
    "Mutex": ("Lock", "Unlock", "TryLock"),
    "RWMutex": ("Lock", "Unlock", "TryLock", "RLock", "RUnlock", "TryRLock"),
    "Once": ("Do",),
    "Cond": ("Wait", "Signal", "Broadcast"),
}


def zero_object(kind: Type, name: str, code: Code, node: ast.Node) -> Object | None:
    """The object that a zero value of this type is, made at `node`; None for types that are none."""
    if kind == ERRGROUP:
        return WaitGroup(name, where=place(code, node))
    if not isinstance(kind, Named) or kind.package != "sync":
        return None
    match kind.name:
        case "WaitGroup":
            return WaitGroup(name, where=place(code, node))
        case "Mutex" | "RWMutex":
            return Lock(name, shared=kind.name == "RWMutex", where=place(code, node))
        case "Once":
            return Flag(name, start=False, where=place(code, node))
        case _:
            return None


def has_method(kind: Type, method: str) -> bool:
    """Reports whether it is a synchronisation type with this method."""
    return isinstance(kind, Named) and kind.package == "sync" and method in METHODS.get(kind.name, ())


def make(evaluator: Making, call: ast.Call, frame: Frame, name: str, position: int) -> Value | None:
    """What a call of a builtin or of the library makes; None if the call is of another kind."""
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Ident) and fun.name in ("make", "new") and frame.code.types.is_builtin(fun):
        return _builtin(evaluator, call, frame, name, fun.name)
    if not isinstance(fun, ast.Selector):
        return None
    base = evaluator.value(fun.x, frame)
    if isinstance(base, Tracked):
        return _method(evaluator, base.number, fun.name.name)
    found = frame.code.callee_name(call)
    if found is None:
        return None
    match found:
        case ("context", made):
            return _context(evaluator, call, frame, name, made, position)
        case ("sync", "NewCond") if call.args:
            lock = evaluator.value(call.args[0], frame)
            if not isinstance(lock, Tracked):
                return OUTSIDE
            condition = Condition(name, lock.number, where=place(frame.code, call))
            return evaluator.new(condition, frame, call, call.start)
        case ("golang.org/x/sync/errgroup", "WithContext"):
            if position == 0:
                return evaluator.new(WaitGroup(name, where=place(frame.code, call)), frame, call, call.start)
            live = Context(name, live=True, where=place(frame.code, call))
            return evaluator.new(live, frame, (call, 1), call.start)
        case _:
            return None


def _builtin(evaluator: Making, call: ast.Call, frame: Frame, name: str, builtin: str) -> Value:
    kind = frame.code.type_of(call)
    if builtin == "new":
        inner = frame.code.type_of(call.args[0]) if call.args else kind
        return evaluator.zero(inner, frame, call.start, name)
    if not isinstance(evaluator.shapes.core(kind), Chan):
        return OUTSIDE
    room = capacity(evaluator.counter, call.args[1], frame) if len(call.args) > 1 else None
    where = place(frame.code, call)
    if len(call.args) > 1 and room is None:
        found = Channel(name or "channel", foreign_receives=True, where=where)
    elif room is None:
        found = Channel(name or "channel", where=where)
    else:
        found = Channel(name or "channel", room, where=where)
    return evaluator.new(found, frame, call, call.start)


def _method(evaluator: Making, number: int, method: str) -> Value:
    if method == "Done" and isinstance(evaluator.world.objects[number], Context):
        return Over(number)
    return OUTSIDE


def _context(evaluator: Making, call: ast.Call, frame: Frame, name: str, made: str, position: int) -> Value | None:
    if made in ENDLESS:
        return evaluator.new(Context(name or "context", where=place(frame.code, call)), frame, call, call.start)
    if made == "WithValue":
        return evaluator.value(call.args[0], frame) if call.args else OUTSIDE
    if made not in CANCELLED | TIMED:
        return None
    parent = evaluator.value(call.args[0], frame) if call.args else OUTSIDE
    known = isinstance(parent, Tracked) and isinstance(evaluator.world.objects[parent.number], Context)
    context = Context(
        name if position == 0 else "ctx",
        live=made in TIMED or not known,
        parent=parent.number if isinstance(parent, Tracked) and known else None,
        where=place(frame.code, call),
    )
    number = evaluator.new(context, frame, call, call.start).number
    return Tracked(number) if position == 0 else Cancel(number)
