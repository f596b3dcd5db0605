"""A call or a function literal in; what it does to the locks of the function around it, in its names, out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from msgspec.structs import replace

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.index.program import Decl
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.liveness.lock_state import NO_EFFECT, Effect, Locks, Take
from goleaklint.liveness.locks import Action, Lock, lock_at, lock_call, root_of, unlocked_by
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions, expressions, stmt_exprs

EffectOf = Callable[[Code], Effect]

_LOCK_LIKE = ("ock", "cquire", "elease")
"""Parts of the names of functions that lock or unlock for others."""

_LOCKS, _CALLS = re.compile(rb"ock\(\)"), re.compile(rb"\(")

MAX_PASSING_ON = 300
"""Bytes: a function with a longer body is no mere step on the way to a lock. Without this, the callees of everything
that is called under a lock are read: half of all functions."""


class LockCalls:
    """What calls in one function do to locks. `effect_of` tells what other functions do."""

    def __init__(self, code: Code, effect_of: EffectOf) -> None:
        self.code = code
        self.effect_of = effect_of
        self._effects: dict[ast.Call, Effect] = {}
        self._handed: dict[ops.Op, frozenset[Lock]] = {}

    @cached_property
    def roots(self) -> frozenset[Symbol]:
        """The variables from which this function, or a literal in it, reaches locks."""
        found: set[Symbol] = set()
        for call in self._calls:
            fun = ast.unparen(call.fun)
            if isinstance(fun, ast.Selector) and any(part in fun.name.name for part in _LOCK_LIKE):
                root = root_of(self.code, fun.x)
                if root is not None and root not in found and lock_at(self.code, fun.x) is not None:
                    found.add(root)
        return frozenset(found)

    @cached_property
    def _calls(self) -> list[ast.Call]:
        return [each for each in deep_expressions(self.code.block.stmts) if isinstance(each, ast.Call)]

    def is_idle(self) -> bool:
        """Reports whether nothing in the function does anything to a lock."""
        if any(lock_call(self.code, call) is not None for call in self._calls):
            return False
        return not any(self.effect(call) for call in self._calls)

    def effect(self, call: ast.Call) -> Effect:
        """What a call of a function that can be read does to locks that are named from here."""
        if call not in self._effects:
            self._effects[call] = NO_EFFECT
            callee = self._callee(call)
            if callee is not None:
                found = self.effect_of(callee)
                self._effects[call] = _renamed(found, self._places(call, callee), callee, call) if found else found
        return self._effects[call]

    # --- which functions are looked into

    def _callee(self, call: ast.Call) -> Code | None:
        """What a call runs, if that could do something to a lock that matters here. Whether it is given one is asked
        first, then what its text says: to read it costs more."""
        fun = ast.unparen(call.fun)
        symbol = self.code.symbol(fun)
        if isinstance(fun, ast.FuncLit) or (symbol is not None and symbol.is_variable):
            callee = self.code.callee(call)
            return callee if callee is not None and self._concerns(call, callee) else None
        if not self._may_be_given(call, fun):
            return None
        decl = self.code.declaration(fun)
        if decl is None or not _may_lock(self.code, decl):
            return None
        callee = self.code.callee(call)
        return callee if callee is not None and self._is_given(call, callee) else None

    @cached_property
    def _given(self) -> frozenset[Symbol]:
        """The variables from which others reach locks that matter here."""
        return self.roots or frozenset(each for each in self.code.params if each is not None)

    @cached_property
    def _is_global(self) -> bool:
        """Reports whether some lock that matters can be reached without being given anything."""
        return any(root.kind is SymbolKind.GLOBAL for root in self._given)

    def _may_be_given(self, call: ast.Call, fun: ast.Expr) -> bool:
        """Reports whether names alone say that a call gives away what leads to a lock that matters."""
        values = (fun.x, *call.args) if isinstance(fun, ast.Selector) else call.args
        return self._is_global or any(root_of(self.code, value) in self._given for value in values)

    def _concerns(self, call: ast.Call, callee: Code) -> bool:
        """Reports whether a function value, of which it is known what it stands for, could do something to such a lock:
        a literal shares the variables around it."""
        start, end = callee.node.start, callee.node.end
        if end - start > MAX_PASSING_ON and callee.source.data.find(b"ock()", start, end) < 0:
            return False
        return bool(callee.whole is self.code.whole and callee.depth) or self._is_given(call, callee)

    def _is_given(self, call: ast.Call, callee: Code) -> bool:
        """Reports whether a function can reach a lock that matters from its parameters, or without them."""
        if self._is_global:
            return True
        values = (value for _, value in self.code.arguments(call, callee) if root_of(self.code, value) in self._given)
        return any(lock_at(self.code, value) is not None for value in values)

    def _places(self, call: ast.Call, callee: Code) -> Mapping[Symbol, Lock]:
        found = ((param, lock_at(self.code, value)) for param, value in self.code.arguments(call, callee))
        places = {param: place for param, place in found if place is not None}
        if callee.whole is self.code.whole:
            places |= {each: Lock(each) for each in _captured(callee, self.code)}
        return places

    # --- function values

    @cached_property
    def run_here(self) -> frozenset[ast.FuncLit]:
        """The literals that are called or deferred where they stand, or by the only name they have."""
        found: set[ast.FuncLit] = set()
        names = self._called_names
        for block in self.code.graph.blocks:
            for op in block.ops:
                call = ast.unparen(op.node.call) if isinstance(op, ops.Defer) else op.node
                if isinstance(op, ops.Call | ops.Defer) and isinstance(call, ast.Call):
                    fun = ast.unparen(call.fun)
                    found |= {fun} if isinstance(fun, ast.FuncLit) else set()
        for symbol in names:
            value = self.code.whole.value_of(symbol)
            value = ast.unparen(value) if value is not None else None
            found |= {value} if isinstance(value, ast.FuncLit) else set()
        return frozenset(found)

    @cached_property
    def _called_names(self) -> frozenset[Symbol]:
        """The local variables that are called, and used for nothing else."""
        every = list(deep_expressions(self.code.whole.function.body.block.stmts))
        called = {
            fun for each in every if isinstance(each, ast.Call) and isinstance(fun := ast.unparen(each.fun), ast.Ident)
        }
        symbols = {symbol for fun in called if (symbol := self.code.names.symbol(fun)) is not None}
        other = {
            symbol
            for each in every
            if isinstance(each, ast.Ident)
            and each not in called
            and (symbol := self.code.names.symbol(each))
            and each.start != symbol.start
        }
        return frozenset(each for each in symbols - other if each.kind is SymbolKind.LOCAL)

    def handed_over(self, op: ops.Op, locks: Locks) -> frozenset[Lock]:
        """The locks that somebody else unlocks from an operation on: who is given a literal or method value that does,
        the goroutine that is started, a function of which nothing is known. Only `locks` are of interest."""
        found = self._handed.get(op)
        if found is None:
            found = self._handed[op] = self._handed_over(op)
        return found.union(self._addresses(op.node, locks)) if isinstance(op, ops.Call) else found

    def _handed_over(self, op: ops.Op) -> frozenset[Lock]:
        match op:
            case ops.Closure(node=node):
                return frozenset() if node in self.run_here else self._unlocked_in(node)
            case ops.Go(node=node):
                call = ast.unparen(node.call)
                effect = self.effect(call) if isinstance(call, ast.Call) else NO_EFFECT
                return frozenset((*(lock for lock, _ in effect.released), *effect.unsure))
            case ops.Call(node=call):
                return frozenset(self._values(call.args))
            case ops.Assign(right=right):
                return frozenset(self._values(right))
            case ops.Return(node=node):
                return frozenset(self._values(node.results))
            case ops.Send(node=node):
                return frozenset(self._values(stmt_exprs(node)))
            case ops.Defer(node=node):
                call = ast.unparen(node.call)
                return frozenset(self._values(call.args)) if isinstance(call, ast.Call) else frozenset()
            case _:
                return frozenset()

    def _unlocked_in(self, literal: ast.FuncLit) -> frozenset[Lock]:
        calls = [each for each in deep_expressions(literal.body.stmts) if isinstance(each, ast.Call)]
        found = [each for call in calls if (each := lock_call(self.code, call)) is not None]
        inner = self.code.whole.literal(literal)
        effect = self.effect_of(inner) if inner is not None else NO_EFFECT
        unlocked = {each.lock for each in found if each.action is Action.UNLOCK}
        locked = {each.lock for each in found if each.action is not Action.UNLOCK}
        return frozenset((unlocked - locked) | {lock for lock, _ in effect.released})

    def _values(self, exprs: Iterable[ast.Expr]) -> Iterator[Lock]:
        """The locks that are unlocked by method values among the expressions."""
        for expr in exprs:
            parts = list(expressions(expr))
            called = {ast.unparen(each.fun) for each in parts if isinstance(each, ast.Call)}
            for each in parts:
                lock = unlocked_by(self.code, each) if each not in called else None
                if lock is not None:
                    yield lock

    def _addresses(self, call: ast.Call, locks: Locks) -> Iterator[Lock]:
        """The locks whose address a function gets that may unlock them."""
        for arg in call.args:
            arg = ast.unparen(arg)
            place = lock_at(self.code, arg.x) if isinstance(arg, ast.Unary) and arg.op == "&" else None
            if place is not None and locks.names(place):
                known = self.code.known(call)
                if known.summary is None and not known.borrows:
                    yield place


def _may_lock(code: Code, decl: Decl) -> bool:
    """Reports whether a function locks or unlocks itself, or is so short that it may only pass on to what does."""
    node = decl.node
    is_short = isinstance(node, ast.FuncDecl) and node.body_end - node.body_start <= MAX_PASSING_ON
    return code.whole.functions.holds(decl, _CALLS if is_short else _LOCKS)


def _captured(literal: Code, around: Code) -> Iterator[Symbol]:
    """The variables that a literal shares with the function around it."""
    own = set(literal.params)
    for _, symbol in around.names.items():
        if symbol not in own and not literal.node.start <= symbol.start < literal.node.end:
            yield symbol


def _renamed(effect: Effect, places: Mapping[Symbol, Lock], callee: Code, call: ast.Call) -> Effect:
    """The effect in the names of the caller; what cannot be named there is left out."""

    def name(lock: Lock) -> Lock | None:
        if lock.indices:
            return lock if all(each in places for each in lock.depends) else None
        place = places.get(lock.root)
        if place is not None:
            return lock.below(place)
        return lock if lock.root.kind is SymbolKind.GLOBAL else None

    acquired = ((found, read) for lock, read in effect.acquired if (found := name(lock)) is not None)
    released = ((found, read) for lock, read in effect.released if (found := name(lock)) is not None)
    unsure = (found for lock in effect.unsure if (found := name(lock)) is not None)
    taken: list[Take] = []
    for take in effect.taken:
        found = name(take.lock)
        if found is not None:
            taken.append(replace(take, lock=found, chain=((callee, call), *take.chain)))
    return Effect(frozenset(acquired), frozenset(released), frozenset(unsure), tuple(taken))
