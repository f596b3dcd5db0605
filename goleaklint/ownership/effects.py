"""An operation and a state in; the state after it, or how the resource's story ends there, out."""

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from goleaklint.calls.code import Code
from goleaklint.calls.known import Known
from goleaklint.calls.summary import Use
from goleaklint.flow import ops
from goleaklint.flow.exits import literal_of
from goleaklint.flow.facts import NOTHING, Facts
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.knowledge import CallbackFate, Resource
from goleaklint.knowledge.pack import ReleasedBy
from goleaklint.ownership.assignments import Assignments
from goleaklint.ownership.carrying import RELEASE_LIKE, Carried, Carry, Carrying, bare_name, is_wrapper, root_of
from goleaklint.ownership.origins import Origins, mentions
from goleaklint.ownership.state import INSIDE, End, Name, State
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions

Fate = Callable[[Code, Name, Resource, Facts], frozenset[End]]
"""Asks how the resource's story goes on in another function, in which this variable holds it."""

_LOGS = re.compile(r"(Trace|Debug|Info|Warn|Warning|Error|Crit|Print|Sprint|Fprint|Log|Err|With)(f|ln|w|Context|S)?")
_STARTS = re.compile(r"(?i)(start|run|serve|listen|go|init|open|register|add|set|attach|manage|use|loop|handle)")

_KEEPS = re.compile(r"(?i)(set|add|register|use|attach|redirect|with)")
"""Functions of libraries that keep what they are given, even if it is given as an io.Writer."""

LENT_TO_CALLBACKS = frozenset("GL404 GL405 GL406 GL407".split())
"""Rules of things that are lent to callbacks: `fn(txn)` works with the transaction, its caller finishes it."""

_BY_ITS_BODY = Known()
"""What packs say of a function of the module: what it does with an argument is seen in its body."""

MAX_METHODS = 2
"""How deep the methods that a method calls on its receiver are looked into."""


class Effects:
    """What the operations of one function do to one resource that is followed through it."""

    def __init__(self, code: Code, resource: Resource, origins: Origins, fate: Fate) -> None:
        self.code = code
        self.resource = resource
        self.carrying = Carrying(code, resource, self._wraps)
        self._fate = fate
        self._exhausts = ReleasedBy.EXHAUSTED in resource.released_by
        self.assignments = Assignments(code, self.carrying, origins, exhausts=self._exhausts)

    def after(self, op: ops.Op, state: State) -> State | End:
        """What becomes of the resource in one operation."""
        match op:
            case ops.Call(node=call):
                return self.call(call, state)
            case ops.Assign():
                return self.assignments.assigned(op, state)
            case ops.Defer():
                return self._put_off(op, state)
            case ops.Return(node=node):
                return self.assignments.returned(node, state)
            case ops.Go(node=node):
                return End.HANDED_OVER if mentions(self.code, node.call, state.symbols) else state
            case ops.Send(node=node):
                return End.HANDED_OVER if self.carrying.of(node.value, state) else state
            case ops.Select(node=select):
                sent = [clause.comm.value for clause in select.clauses if isinstance(clause.comm, ast.Send)]
                return End.HANDED_OVER if any(self.carrying.of(each, state) for each in sent) else state
            case ops.Range(node=node):
                return End.HANDED_OVER if self.carrying.of(node.x, state).carry is Carry.CONTAINS else state
            case ops.Unreadable():
                return End.HANDED_OVER
            case _:
                return state

    # --- calls

    def call(self, call: ast.Call, state: State) -> State | End:
        """What a call that is made here does to the resource."""
        if self.carrying.gives_back(call, state) or (self._exhausts and self.carrying.reads_to_its_end(call, state)):
            return End.RELEASED
        fun = ast.unparen(call.fun)
        if self.code.types.is_type(fun) or (isinstance(fun, ast.Ident) and self.code.types.is_builtin(fun)):
            return state
        ends = {end for end in self._parts(call, fun, state) if end is not End.KEPT}
        if End.HANDED_OVER in ends:
            return End.HANDED_OVER
        return End.RELEASED if End.RELEASED in ends else state

    def _parts(self, call: ast.Call, fun: ast.Expr, state: State) -> list[End]:
        """What each part of a call that has to do with the resource means for it."""
        found = []
        if isinstance(fun, ast.Selector):
            found.append(self._called_on(fun, state))
        elif (literal := self._literal(fun)) is not None:
            found.append(self._captured(literal, state))
        elif isinstance(fun, ast.Ident) and self.carrying.of(fun, state):
            found.append(End.RELEASED)  # a method value, or a function that got hold of it
        for number, arg in enumerate(call.args):
            carried = self.carrying.of(arg, state)
            if carried:
                found.append(self._given(call, number, carried, state))
        return found

    def _literal(self, fun: ast.Expr) -> Code | None:
        """The function literal that is called: where it stands, or by the variable that it is the only value of."""
        symbol = self.code.symbol(fun)
        is_local = isinstance(fun, ast.FuncLit) or (symbol is not None and symbol.is_variable)
        found = self.code.function_value(fun) if is_local else None
        return found if found is not None and isinstance(found.node, ast.FuncLit) else None

    def _captured(self, literal: Code, state: State) -> End:
        """What a function literal that is called now does to the variables it sees."""
        body = literal.block.stmts
        if mentions(self.code, body, state.owners):
            return End.RELEASED
        for name in sorted(state.names, key=lambda each: each[0].start):
            if mentions(self.code, body, frozenset((name[0],))):
                return _one(self._fate(literal, name, self.resource, state.facts))
        return End.KEPT

    def _called_on(self, fun: ast.Selector, state: State) -> End:
        """A method is called on the resource, or on what contains it."""
        on = self.carrying.of(fun.x, state)
        if not on or on.carry is Carry.WRAPS or (on.carry is Carry.IS and on.field):
            return End.KEPT
        callee = self.code.function_value(fun)
        if on.carry is Carry.CONTAINS:
            if callee is None:
                return End.HANDED_OVER if _STARTS.match(fun.name.name) else End.KEPT
            receiver = callee.params[0] if callee.is_method and callee.params else None
            if receiver is None or self._only_reads(callee, receiver):
                return End.KEPT
            ends = self._fate(callee, (receiver, INSIDE), self.resource, NOTHING)
            return _of_receiver(fun.name.name, _one(ends), may_keep=End.RELEASED in ends)
        receiver = callee.params[0] if callee is not None and callee.is_method and callee.params else None
        if callee is None or receiver is None:
            return End.KEPT
        return _of_receiver(fun.name.name, _one(self._fate(callee, (receiver, ""), self.resource, NOTHING)))

    def _only_reads(self, callee: Code, receiver: Symbol, depth: int = 0) -> bool:
        """Reports whether a method neither keeps its receiver nor may release what is in it."""
        calls = list(_calls_on(callee, receiver))
        if depth > MAX_METHODS or any(RELEASE_LIKE.match(fun.name.name) for fun in calls):
            return False
        summary = self.code.whole.functions.summary(callee.whole.decl)
        number = callee.params.index(receiver)
        if summary is None or number >= len(summary.params) or summary.params[number].uses:
            return False
        for fun in calls:
            inner = callee.function_value(fun) if callee.symbol(fun.x) is receiver else None
            first = inner.params[0] if inner is not None and inner.is_method else None
            if inner is not None and first is not None and not self._only_reads(inner, first, depth + 1):
                return False
        return True

    def _given(self, call: ast.Call, number: int, carried: Carried, state: State) -> End:
        """The resource, or what contains it, is an argument of a call."""
        callee = self.code.callee(call)
        known = self.code.known(call) if callee is None else _BY_ITS_BODY
        if number in known.takes:
            return End.HANDED_OVER
        arg = ast.unparen(call.args[number])
        if isinstance(arg, ast.FuncLit):
            return self._callback(call, number, arg, state)
        if self._calls_back(call, number) is not None:
            return End.HANDED_OVER
        if known.borrows or _LOGS.fullmatch(bare_name(call)):
            return End.KEPT
        if self.carrying.borrows(call, number):
            return self._lent(call, number, carried, callee)
        if self._is_callback(call) and self.resource.rule in LENT_TO_CALLBACKS:
            return End.KEPT
        if carried.carry is Carry.WRAPS:
            holds_on = is_wrapper(bare_name(call)) and not self._exhausts  # what comes out of it is a wrapper, too
            return End.KEPT if holds_on or _only_uses(self.code.known(call), number) else End.HANDED_OVER
        if callee is None:
            return End.HANDED_OVER
        if number >= len(callee.type.params) and callee.type.params and callee.type.params[-1].variadic:
            return End.HANDED_OVER
        ends = self._ends_in(call, number, carried, callee)
        return End.HANDED_OVER if ends is None else _one(ends)

    def _lent(self, call: ast.Call, number: int, carried: Carried, callee: Code | None) -> End:
        """It is given as something without a method that could give it back, as an io.Reader. It may be read to its
        end all the same, be asked whether it has such a method, or be kept by what somebody closes later."""
        if carried.carry is Carry.WRAPS:
            return End.KEPT
        if callee is None:
            known = self.code.known(call)
            return End.HANDED_OVER if known.summary is None and _KEEPS.match(bare_name(call)) else End.KEPT
        if _stores(self.code.known(call), number):
            return End.HANDED_OVER
        ends = self._ends_in(call, number, carried, callee) if carried.carry is Carry.IS else None
        return End.RELEASED if ends is not None and _one(ends) is End.RELEASED else End.KEPT

    def _ends_in(self, call: ast.Call, number: int, carried: Carried, callee: Code) -> frozenset[End] | None:
        """The ends that an argument comes to in a function of the module; None where no parameter stands for it."""
        for symbol, value in self.code.arguments(call, callee):
            if value is call.args[number]:
                return self._fate(callee, (symbol, _field(carried)), self.resource, NOTHING)
        return None

    def _wraps(self, call: ast.Call, number: int, carried: Carried) -> bool:
        """Reports whether a function of the module returns something that contains its argument."""
        callee = self.code.callee(call)
        ends = self._ends_in(call, number, carried, callee) if callee is not None else None
        return ends is not None and End.RETURNED in ends

    def _is_callback(self, call: ast.Call) -> bool:
        """Reports whether a parameter of this function is called."""
        symbol = self.code.symbol(call.fun)
        return symbol is not None and symbol.kind is SymbolKind.PARAM

    def _callback(self, call: ast.Call, number: int, literal: ast.FuncLit, state: State) -> End:
        """A function literal that has to do with the resource is handed to a function which may call it."""
        calls = self._calls_back(call, number) is CallbackFate.CALLS
        inner = self.code.whole.literal(literal) if calls else None
        return End.KEPT if inner is not None and not self._may_release(inner, state) else End.HANDED_OVER

    def _calls_back(self, call: ast.Call, number: int) -> CallbackFate | None:
        """What becomes of the argument as a function; None where it is not known to be one that is called."""
        name = self.code.callee_name(call)
        function = self.code.whole.functions.knowledge.function(*name) if name is not None else None
        return function.callback if function is not None and function.argument == number else None

    def _may_release(self, literal: Code, state: State) -> bool:
        """Reports whether a function literal makes a call that, by its name, may give the resource back: one that has
        to do with it, or of a local function that may."""
        for each in deep_expressions(literal.block.stmts):
            if isinstance(each, ast.Call) and RELEASE_LIKE.match(bare_name(each)):
                symbol = self.code.symbol(each.fun)
                local = symbol is not None and symbol.is_variable
                if local or mentions(self.code, each, state.symbols - state.wrapping):
                    return True
        return False

    # --- deferred calls

    def may_release(self, literal: Code, state: State) -> bool:
        """Reports whether a deferred literal gives it back on some way through it."""
        for name in sorted(state.names, key=lambda each: each[0].start):
            if mentions(self.code, literal.block.stmts, frozenset((name[0],))):
                return End.RELEASED in self._fate(literal, name, self.resource, NOTHING)
        return False

    def _put_off(self, op: ops.Defer, state: State) -> State | End:
        """A deferred call: what it surely gives back counts as given back at every exit from here on."""
        call = ast.unparen(op.node.call)
        if not isinstance(call, ast.Call):
            return state
        after: State | End
        if literal_of(op) is None:
            after = self.call(call, state)
        else:
            ends = [
                self._given(call, number, carried, state)
                for number, arg in enumerate(call.args)
                if (carried := self.carrying.of(arg, state))
            ]
            after = next((end for end in ends if end is not End.KEPT), state)
        return replace(after, deferred=(*after.deferred, op)) if isinstance(after, State) else after

    def at_exit(self, op: ops.Defer, literal: Code | None, state: State) -> State | End:
        """A deferred call runs now. `literal` is what it calls, where that is a function literal."""
        if literal is not None:
            end = self._captured(literal, state)
            return state if end is End.KEPT else end
        call = ast.unparen(op.node.call)
        if isinstance(call, ast.Call) and mentions(self.code, call, state.owners):
            return End.RELEASED
        fun = call.fun if isinstance(call, ast.Call) else call
        named = self._literal(ast.unparen(fun))
        if named is None:
            return state
        end = self._captured(named, state)
        return state if end is End.KEPT else end


def _calls_on(code: Code, receiver: Symbol) -> Iterator[ast.Selector]:
    """The methods that a function calls on a variable, or on what is in it, in literals too."""
    for expr in deep_expressions(code.block.stmts):
        fun = ast.unparen(expr.fun) if isinstance(expr, ast.Call) else None
        root = root_of(fun) if isinstance(fun, ast.Selector) else None
        if root is not None and isinstance(fun, ast.Selector) and code.symbol(root) is receiver:
            yield fun


def _stores(known: Known, number: int) -> bool:
    """Reports whether a function of the module puts an argument into something that stays."""
    at = number + known.offset
    params = known.summary.params if known.summary is not None else ()
    return at < len(params) and Use.STORED in params[at].uses


def _only_uses(known: Known, number: int) -> bool:
    """Reports whether a function of the module does nothing with an argument but call its methods."""
    at = number + known.offset
    params = known.summary.params if known.summary is not None else ()
    return at < len(params) and not params[at].uses


def _field(carried: Carried) -> str:
    """Where the resource is in the variable of a function that is given this."""
    return carried.field if carried.carry is Carry.IS else INSIDE


def _of_receiver(method: str, end: End, *, may_keep: bool = False) -> End:
    """What a method does to what its receiver is or has: but for those that start or end something, none takes it."""
    may_keep = may_keep or _STARTS.match(method) is not None or RELEASE_LIKE.match(method) is not None
    return End.KEPT if end is End.HANDED_OVER and not may_keep else end


def _one(ends: frozenset[End]) -> End:
    """The one end that a call means: handed over where its ways differ."""
    ends -= {End.ABSENT}
    if not ends or ends <= {End.KEPT, End.RETURNED}:
        return End.KEPT
    return End.RELEASED if ends == {End.RELEASED} else End.HANDED_OVER
