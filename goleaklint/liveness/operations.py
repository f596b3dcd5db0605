"""Operations of a function in; the actions that they are for the explorer out."""

from collections.abc import Callable, Iterator

from goleaklint.flow import ops
from goleaklint.flow.facts import NOTHING, Facts
from goleaklint.knowledge.pack import CallbackFate
from goleaklint.liveness import automaton as act
from goleaklint.liveness.branches import Branches, known_at_entry
from goleaklint.liveness.drafts import SILENT, Draft, Ended, Leave
from goleaklint.liveness.evaluate import Evaluator
from goleaklint.liveness.objects import Channel, Condition, Flag, Lock, WaitGroup
from goleaklint.liveness.partitions import is_listed, shared_sends
from goleaklint.liveness.results import lose_results, lose_unfollowed
from goleaklint.liveness.shapes import hands_on_errors, is_library
from goleaklint.liveness.values import NIL, Cancel, Closure, Constant, Frame, Method, Over, Record, Tracked, Value
from goleaklint.liveness.world import place
from goleaklint.syntax import ast
from goleaklint.types.types import Tuple

Spawn = Callable[[Frame, int | None, bool], int]
"""Gives the automaton of a goroutine that runs a call, is counted by a wait group, and may be started by a timer."""

Inline = Callable[[Frame, int, Facts, Leave], list[Ended]]
"""Gives the states after a call that begins in a state: one, unless the caller asks for what it gives."""

_UNKNOWN = act.Unknown()
_METHODS = frozenset("Lock Unlock RLock RUnlock TryLock TryRLock Add Done Wait Go Do Signal Broadcast TryGo".split())


class Operations:
    """The operations of one automaton. `results_leave` is the call whose results go to code outside: the root's."""

    def __init__(
        self, evaluator: Evaluator, branches: Branches, draft: Draft, spawn: Spawn, inline: Inline, root: Frame
    ) -> None:
        self.evaluator = evaluator
        self.branches = branches
        self.draft = draft
        self._world = evaluator.world
        self._spawn = spawn
        self._inline = inline
        self._root = root
        self._uncertain = False
        self._made: set[int] = set()

    def begin(self, uncertain: bool) -> None:
        """A block begins. `uncertain`: what it does may happen any number of times."""
        self._uncertain = uncertain
        self._made = set()

    def is_uncertain(self, loop: ast.For | ast.Range, frame: Frame) -> bool:
        return self.branches.is_uncertain(loop, frame)

    # --- steps

    def _then(self, state: int, action: act.Action, frame: Frame, node: ast.Node) -> int:
        self._touch(action)
        return self.draft.then(state, action, (frame.code, node))

    def _touch(self, action: act.Action) -> None:
        if self._uncertain:
            for name in ("channel", "group"):
                number = getattr(action, name, None)
                if number is not None:
                    self._world.lose(number)

    def _make(self, state: int, frame: Frame, node: ast.Node) -> int:
        """Objects that this statement makes anew each time."""
        for number in self._world.made_again(frame, node):
            if number not in self._made:
                self._made.add(number)
                state = self.draft.then(state, act.Make(number), (frame.code, node))
        return state

    def other(self, state: int, op: ops.Op, frame: Frame) -> int:
        """Any operation that is no call and no select."""
        match op:
            case ops.Assign():
                return self.assign(state, op, frame)
            case ops.Send(node=node):
                self._lose_all((node.value,), frame)
                return self._send(state, node, frame)
            case ops.Receive(node=node):
                channel = self.evaluator.value(node.x, frame)
                return self.receive(state, node.x, channel, frame, node, act.Outcome.EITHER)
            case ops.Go(node=node):
                return self._go(state, node, frame)
            case ops.Return(node=node):
                if frame is self._root:
                    lose_results(self.evaluator, node, frame)
                else:
                    lose_unfollowed(self.evaluator, node, frame)
                return self._make(state, frame, node)
            case _:
                return state

    def assign(self, state: int, op: ops.Assign, frame: Frame) -> int:
        """What gets out of sight by an assignment; objects that it makes."""
        for number, target in enumerate(op.left):
            if not op.right:
                continue
            target = ast.unparen(target)
            symbol = frame.code.symbol(target)
            if isinstance(target, ast.Ident) and target.name == "_":
                continue
            single = len(op.right) == len(op.left)
            if isinstance(target, ast.Ident) and symbol is not None and symbol.is_variable:
                owner = frame.owner(symbol)
                if owner is not None and owner is not frame:
                    held = self.evaluator.value(
                        op.right[number if single else 0], frame, symbol.name, 0 if single else number
                    )
                    self.evaluator.assigned(symbol, owner, held)
                else:
                    self.contained(op.right[number if single else 0], frame)
                continue
            name = target.name.name if isinstance(target, ast.Selector) else ""
            value = self.evaluator.value(op.right[number if single else 0], frame, name, 0 if single else number)
            base = self.evaluator.value(target.x, frame) if isinstance(target, ast.Selector | ast.Star) else None
            if isinstance(base, Record) and isinstance(target, ast.Selector):
                base.origins[target.name.name] = None
                self.evaluator.store(base, target.name.name, value)
            else:
                if isinstance(base, Record):
                    self.evaluator.lose(base)  # `*p = T{…}`: each field gets another value
                self.evaluator.lose(value, frame.code.core_type(target))
        state = self._make(state, frame, op.node)
        for flag, new in self.branches.sets(op, frame):
            state = self.draft.then(state, act.SetFlag(flag, new))
        return state

    def contained(self, expr: ast.Expr, frame: Frame) -> None:
        """What a slice or map is written to hold gets out of sight, though nobody asks what the slice itself is."""
        expr = ast.unparen(expr)
        if isinstance(expr, ast.CompositeLit):
            self.evaluator.value(expr, frame)

    def _lose_all(self, exprs: tuple[ast.Expr, ...], frame: Frame) -> None:
        for expr in exprs:
            self.evaluator.lose(self.evaluator.value(expr, frame))

    # --- channels

    def _channel(self, expr: ast.Expr, value: Value, frame: Frame) -> int | None:
        """The channel that an expression is; one that is nil where that is sure; None for what nobody knows."""
        if isinstance(value, Tracked) and isinstance(self._world.objects[value.number], Channel):
            return value.number
        if value == NIL and not frame.ghost:
            where = place(frame.code, expr)
            nil = Channel(frame.code.text(expr), is_nil=True, where=where)
            return self._world.object((frame, expr, "nil"), nil, (frame, -1), again=False)
        return None

    def _send(self, state: int, node: ast.Send, frame: Frame) -> int:
        number = self._channel(node.chan, self.evaluator.value(node.chan, frame), frame)
        if number is None:
            return self._then(state, _UNKNOWN, frame, node)
        if node.start in shared_sends(frame.code):
            self._world.lose(number, "receive")  # how often it is sent in both loops cannot be told
        return self._then(state, self._sending(number, node.value, frame), frame, node)

    def _sending(self, number: int, payload: ast.Expr, frame: Frame) -> act.Send:
        value = self.evaluator.value(payload, frame)
        self._world.sends(number, value.name if isinstance(value, Constant) else "")
        return act.Send(number)

    def receiving(
        self, channel: Value, frame: Frame, node: ast.Range | ast.Unary, outcome: act.Outcome
    ) -> act.Action | None:
        """The action of a receive; None for one that is never taken."""
        number = self._channel(node.x, channel, frame)
        if number is not None:
            if is_listed(frame.code, node.start):
                self._world.lose(number, "send")  # there are as many to receive as were sent
            self._touch(action := act.Receive(number, outcome))
            return action
        if isinstance(channel, Over):
            return None if outcome is act.Outcome.VALUE else act.AwaitDone(channel.context)
        return _UNKNOWN

    def receive(
        self, state: int, x: ast.Expr, channel: Value, frame: Frame, node: ast.Unary, outcome: act.Outcome
    ) -> int:
        """The state after `<-x`."""
        action = self.receiving(channel, frame, node, outcome)
        if action is None:
            return self.draft.state()
        return self._then(state, action, frame, node)

    def case(self, clause: ast.CommClause, frame: Frame) -> Iterator[tuple[act.Action, bool | None]]:
        """The actions of a case of a select, with whether a receive gives a value, where that is asked for."""
        match clause.comm:
            case None:
                yield act.Default(), None
            case ast.Send(chan=chan, value=value):
                self._lose_all((value,), frame)
                number = self._channel(chan, self.evaluator.value(chan, frame), frame)
                action: act.Action = _UNKNOWN if number is None else self._sending(number, value, frame)
                self._touch(action)
                yield action, None
            case ast.Assign(left=(_, _), right=(received,)):
                for ok, outcome in ((True, act.Outcome.VALUE), (False, act.Outcome.CLOSED)):
                    found = self._received(received, frame, outcome)
                    if found is not None:
                        yield found, ok
            case ast.ExprStmt(x=received) | ast.Assign(right=(received,)):
                found = self._received(received, frame, act.Outcome.EITHER)
                if found is not None:
                    yield found, None

    def _received(self, expr: ast.Expr, frame: Frame, outcome: act.Outcome) -> act.Action | None:
        expr = ast.unparen(expr)
        if not isinstance(expr, ast.Unary):
            return _UNKNOWN
        return self.receiving(self.evaluator.value(expr.x, frame), frame, expr, outcome)

    # --- goroutines

    def _go(self, state: int, node: ast.Go, frame: Frame) -> int:
        call = ast.unparen(node.call)
        if not isinstance(call, ast.Call):
            return state
        target = self.target(call, frame)
        inner = self.evaluator.enter(frame, call, target) if isinstance(target, Closure | Method) else None
        if inner is None:
            self.evaluator.lose_call(call, frame)
            fun = ast.unparen(call.fun)
            self._lose_all((*call.args, *((fun.x,) if isinstance(fun, ast.Selector) else ())), frame)
            return state
        inner.uncertain = False
        return self._start(state, inner, frame, node)

    def _start(
        self, state: int, inner: Frame, frame: Frame, node: ast.Node, group: int | None = None, timer: bool = False
    ) -> int:
        if group is not None:
            state = self._then(state, act.Add(group), frame, node)
        return self._then(state, act.Spawn(self._spawn(inner, group, timer)), frame, node)

    def target(self, call: ast.Call, frame: Frame) -> Value | None:
        """The function that a call runs, if what it is given or gives can matter."""
        fun = ast.unparen(call.fun)
        matters = self.evaluator.matters
        symbol = frame.code.symbol(fun)
        if isinstance(fun, ast.FuncLit) or (symbol is not None and symbol.is_variable):
            return self.evaluator.function(fun, frame)
        given = [self.evaluator.value(arg, frame) for arg in call.args]
        if isinstance(fun, ast.Selector):
            given.append(self.evaluator.value(fun.x, frame))
        if any(map(matters, given)) or any(map(matters, self._gives(call, frame))):
            return self.evaluator.function(fun, frame)
        return None

    def _gives(self, call: ast.Call, frame: Frame) -> Iterator[Value]:
        kind = frame.code.type_of(call)
        for position in range(len(kind.types) if isinstance(kind, Tuple) else 1):
            if self.evaluator.shapes.gives(call, frame.code, position):
                yield self.evaluator.value(call, frame, "", position)

    # --- calls

    def call(self, state: int, call: ast.Call, frame: Frame, facts: Facts, throw: Leave) -> int:
        """The state after a call whose results nobody asks for."""
        return self.ended(state, call, frame, facts, throw, asked=False)[0].state

    def ended(self, state: int, call: ast.Call, frame: Frame, facts: Facts, throw: Leave, asked: bool) -> list[Ended]:
        """The states after a call: with `asked` one for each thing that it may give."""
        plain = self._plain(state, call, frame, throw)
        if plain is not None:
            return [Ended(plain)]
        target = self.target(call, frame)
        if isinstance(target, Cancel):
            return [Ended(self._then(state, act.Cancel(target.context), frame, call))]
        inner = self._entered(target, call, frame)
        if inner is None:
            return [Ended(self._make(self._callback(state, call, frame, facts, throw), frame, call))]
        inner.uncertain = self._uncertain
        inner.asked = asked
        known = known_at_entry(inner, facts, frame) | (facts if inner.outer is frame else NOTHING)
        ends = self._inline(inner, state, known, throw)
        self._uncertain = inner.uncertain
        return ends

    def _plain(self, state: int, call: ast.Call, frame: Frame, throw: Leave) -> int | None:
        """The state after a conversion, or a call of a builtin or of an object's method; None for other calls."""
        fun = ast.unparen(call.fun)
        if frame.code.types.is_type(fun):
            return state
        if isinstance(fun, ast.Ident) and frame.code.types.is_builtin(fun):
            return self._builtin(state, call, frame, fun.name)
        number = self._object(fun, frame) if isinstance(fun, ast.Selector) and fun.name.name in _METHODS else None
        if number is None or not isinstance(fun, ast.Selector):
            return None
        return self._method(state, call, fun.name.name, number, frame, throw)

    def _entered(self, target: Value | None, call: ast.Call, frame: Frame) -> Frame | None:
        """The call that is looked into; None if it is not: then what it is given is out of sight."""
        if not isinstance(target, Closure | Method):
            return None
        if isinstance(target, Closure) and target.frame is not None and target.frame.ghost:
            return None
        return self.evaluator.enter(frame, call, target)

    def _builtin(self, state: int, call: ast.Call, frame: Frame, name: str) -> int:
        if name == "close" and call.args:
            number = self._channel(call.args[0], self.evaluator.value(call.args[0], frame), frame)
            return state if number is None else self._then(state, act.Close(number), frame, call)
        if name == "make":
            return self._make(state, frame, call)
        if name in ("append", "panic"):
            self._lose_all(call.args, frame)
        return state

    def _object(self, fun: ast.Selector, frame: Frame) -> int | None:
        """The object that a method is called on."""
        base = self.evaluator.value(fun.x, frame)
        if isinstance(base, Record):
            base = self.evaluator.embedded(base, fun.name.name)
        return base.number if isinstance(base, Tracked) else None

    def _method(self, state: int, call: ast.Call, name: str, number: int, frame: Frame, throw: Leave) -> int:
        match self._world.objects[number], name:
            case Lock(), "Lock" | "RLock":
                return self._then(state, act.Acquire(number, name == "RLock"), frame, call)
            case Lock(), "Unlock" | "RUnlock":
                return self._then(state, act.Release(number, name == "RUnlock"), frame, call)
            case Lock(), _:
                self._world.lose(number)
            case WaitGroup(), "Add":
                return self._add(state, call, number, frame)
            case WaitGroup(), "Done":
                return self._then(state, act.Done(number), frame, call)
            case WaitGroup(), "Wait":
                # Where it is left open whether it comes to waiting, the count is as certain as before.
                waits = act.Unknown() if self._uncertain else act.Wait(number)
                return self._then(state, waits, frame, call)
            case WaitGroup(), "Go" | "TryGo":
                return self._spawned(state, call, 0, frame, number)
            case Condition(), "Wait":
                return self._then(state, act.CondWait(number), frame, call)
            case Condition(), "Signal" | "Broadcast":
                return self._then(state, act.Signal(number, name == "Broadcast"), frame, call)
            case Flag(), "Do":
                return self._once(state, call, number, frame, throw)
        return state

    def _add(self, state: int, call: ast.Call, number: int, frame: Frame) -> int:
        count = self.evaluator.counter.number(call.args[0], frame) if call.args else None
        if count is None:
            self._world.lose(number)
            return state
        return self._then(state, act.Add(number, count), frame, call)

    def _once(self, state: int, call: ast.Call, number: int, frame: Frame, throw: Leave) -> int:
        first, after = self.draft.state(), self.draft.state()
        self.draft.add(state, act.TestFlag(number, value=True), after)
        self.draft.add(state, act.TestFlag(number, value=False, sets=True), first)
        self.draft.add(self._run_argument(first, call, 0, frame, NOTHING, throw), SILENT, after)
        return after

    # --- functions as arguments

    def _argument(self, call: ast.Call, argument: int, frame: Frame) -> Frame | None:
        """The call of an argument by the function it is given to."""
        value = self.evaluator.function(call.args[argument], frame) if argument < len(call.args) else None
        if not isinstance(value, Closure | Method):
            return None
        own = ast.Call(call.start, call.end, call.args[argument], (), False)
        return self.evaluator.enter_argument(frame, call, own, value)

    def _run_argument(self, state: int, call: ast.Call, argument: int, frame: Frame, facts: Facts, throw: Leave) -> int:
        inner = self._argument(call, argument, frame)
        if inner is None:
            self.evaluator.lose_call(call, frame)
            return state
        return self._inline(inner, state, facts, throw)[0].state

    def _spawned(self, state: int, call: ast.Call, argument: int, frame: Frame, group: int | None = None) -> int:
        inner = self._argument(call, argument, frame)
        if inner is None:
            self.evaluator.lose_call(call, frame)
            if group is not None:
                self._world.lose(group)
            return state
        return self._start(state, inner, frame, call, group, timer=group is None)

    def _callback(self, state: int, call: ast.Call, frame: Frame, facts: Facts, throw: Leave) -> int:
        name = frame.code.callee_name(call)
        known = frame.code.whole.functions.knowledge.function(*name) if name is not None else None
        if known is not None and known.callback is CallbackFate.SPAWNS:
            return self._spawned(state, call, known.argument, frame)
        if known is not None and known.callback is CallbackFate.CALLS:
            after, begun = self.draft.state(), self.draft.state()
            for way in (begun,) if hands_on_errors(call, frame.code, known.argument) else (after, begun):
                self.draft.add(state, act.Silent(free=True), way)
            self.draft.add(self._run_argument(begun, call, known.argument, frame, facts, throw), SILENT, after)
            return after
        self.evaluator.lose_call(call, frame, borrows=name is not None and is_library(name[0]))
        return state
