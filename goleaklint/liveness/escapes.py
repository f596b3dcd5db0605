"""Values in; which of them matter, and what becomes of the objects in those that code outside gets, out."""

from abc import ABC, abstractmethod

from goleaklint.index.symbols import Symbol
from goleaklint.liveness.shapes import Shapes
from goleaklint.liveness.values import (
    NIL_FIELD,
    Cancel,
    Closure,
    Constant,
    Frame,
    Method,
    Outside,
    Record,
    Tracked,
    Value,
    objects_in,
)
from goleaklint.liveness.world import World
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions
from goleaklint.types.types import Chan, Func, Slice, Type


class Escapes(ABC):
    """Follows values out of sight; what variables hold is for others to say."""

    def __init__(self, world: World, shapes: Shapes) -> None:
        self.world = world
        self.shapes = shapes
        self._lost: set[Closure] = set()
        self._asked: set[Closure] = set()

    @abstractmethod
    def value(self, expr: ast.Expr, frame: Frame, name: str = "", position: int = 0) -> Value:
        """What an expression is worth."""

    @abstractmethod
    def variable(self, symbol: Symbol, frame: Frame) -> Value:
        """What a variable holds."""

    def matters(self, value: Value) -> bool:
        """Reports whether an object can be reached by a value."""
        match value:
            case Closure(frame=frame):
                if frame is None or value in self._asked:
                    return False
                self._asked.add(value)
                found = any(self.matters(each) for each in self.captured(value))
                self._asked.discard(value)
                return found
            case Method(receiver=receiver):
                return self.matters(receiver)
            case Record(type=kind):
                return self.shapes.holds(kind) or any(True for _ in objects_in(value))
            case _:
                return isinstance(value, Tracked | Cancel)

    def follows(self, call: ast.Call, frame: Frame, position: int) -> bool:
        """Reports whether it is looked at what a call gives: it may make something, or give what it was given."""
        if self.shapes.gives(call, frame.code, position):
            return True
        if not self.shapes.may_hand_on(call, frame.code, position):
            return False
        fun = ast.unparen(call.fun)
        used = [*call.args, fun.x] if isinstance(fun, ast.Selector) else call.args
        return any(self.matters(self.value(each, frame)) for each in used)

    def is_given_own(self, frame: Frame) -> bool:
        """Reports whether a goroutine gets something to use that code outside does not have."""
        types = frame.code.types
        given = any(self._is_own(value, types.symbol_type(param)) for param, value in frame.args.items())
        return given or self._captures_own(Closure(frame.code, frame.outer))

    def _captures_own(self, closure: Closure) -> bool:
        frame = closure.frame
        if frame is None or closure in self._asked:
            return False
        self._asked.add(closure)
        types = frame.code.types
        used = self._used(closure)
        found = any(self._is_own(self.variable(each, frame), types.symbol_type(each)) for each in used)
        self._asked.discard(closure)
        return found

    def _is_own(self, value: Value, kind: Type) -> bool:
        match value:
            case Tracked(number=number):
                return self.world.is_own(number)
            case Record():
                return not value.lost and self.matters(value)
            case Method(receiver=receiver):
                return self._is_own(receiver, kind)
            case Closure():
                return value not in self._lost and self._captures_own(value)
            case Constant():
                return isinstance(self.shapes.core(kind), Chan)  # one that was never made
            case _:
                return False

    def captured(self, closure: Closure) -> list[Value]:
        """What the variables around a literal hold that it uses."""
        frame = closure.frame
        values = [] if frame is None else [self.variable(each, frame) for each in self._used(closure)]
        return [each for each in values if not isinstance(each, Outside | Constant)]

    def _used(self, closure: Closure) -> list[Symbol]:
        """The variables around a literal that it uses."""
        frame, node = closure.frame, closure.code.node
        if frame is None or not isinstance(node, ast.FuncLit):
            return []
        names = frame.code.names
        used = (names.symbol(each) for each in deep_expressions(node.body.stmts) if isinstance(each, ast.Ident))
        outer = {each for each in used if each is not None and each.is_variable}
        outer = {each for each in outer if not node.start <= each.start < node.end}
        return sorted(outer, key=lambda each: each.start)

    def lose(self, value: Value, kind: Type | None = None) -> None:
        """Code outside gets a value, as a value of type `kind`: it may do with it whatever that lets it do."""
        match value:
            case Tracked(number=number):
                self.world.lose(number, kind.direction if isinstance(kind, Chan) else "both")
            case Cancel(context=number):
                self.world.may_end(number)
            case Method(receiver=receiver):
                self.lose(receiver)
            case Record() if not value.lost:
                value.lost = True
                self.world.changed = self.world.changed or NIL_FIELD in value.asked
                for each in list(value.fields.values()):
                    self.lose(each)
            case Closure() if value not in self._lost:
                self._lost.add(value)
                for each in self.captured(value):
                    self.lose(each)

    def lose_call(self, expr: ast.Expr, frame: Frame, borrows: bool = False) -> None:
        """A function that is not looked into gets its arguments, its receiver and what it captures.

        One of the standard library keeps no structs.
        """
        call = ast.unparen(expr)
        if not isinstance(call, ast.Call):
            return
        fun = ast.unparen(call.fun)
        kind = frame.code.core_type(fun)
        params = kind.params if isinstance(kind, Func) else ()
        for number, arg in enumerate(call.args):
            value = self.value(arg, frame)
            given = frame.code.types.declared.core(_param(params, number)) if params else None
            if not borrows or not isinstance(value, Record):
                self.lose(value, given)
        if isinstance(fun, ast.Selector):
            base = self.value(fun.x, frame)
            if not isinstance(base, Tracked) and not borrows:
                self.lose(base)
        elif not isinstance(fun, ast.Ident) or frame.code.symbol(fun) is not None:
            self.lose(self.value(fun, frame))


def _param(params: tuple[Type, ...], number: int) -> Type:
    if number < len(params) - 1:
        return params[number]
    last = params[-1]
    return last.elem if isinstance(last, Slice) and not isinstance(last.elem, Chan) else last
