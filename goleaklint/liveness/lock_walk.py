"""A function in; along each way through it that facts allow, which locks stay held and which are taken twice, out.

A lock that is unlocked before it was locked is the caller's; locking it again only gives it back.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec
from msgspec.structs import replace

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.exits import facts_at_start
from goleaklint.flow.facts import NOTHING
from goleaklint.flow.graph import Edge, EdgeKind
from goleaklint.liveness.lock_calls import LockCalls
from goleaklint.liveness.lock_conditions import Choice, binding, choices
from goleaklint.liveness.lock_state import Effect, Ending, Held, How, Locks, Outcome, Take, Twice
from goleaklint.liveness.locks import Action, Lock, LockCall, lock_at, lock_call, root_of
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions

MAX_STATES = 1_000
"""How many (place, locks, facts) one walk visits. Functions of a few hundred lines take some 100; what lies beyond the
budget is not reported."""


class _Visit(msgspec.Struct, frozen=True, eq=False, gc=False):
    block: int
    locks: Locks
    last: ast.Return | None = None
    before: "_Visit | None" = None
    edge: Edge | None = None

    def edges(self) -> tuple[Edge, ...]:
        found: list[Edge] = []
        at: _Visit | None = self
        while at is not None and at.edge is not None:
            found.append(at.edge)
            at = at.before
        return tuple(reversed(found))


class LockWalk:
    """One walk through one function. `outcome` grows as it goes; deferred literals are walked with what is held.

    `everywhere` goes along every edge, whatever is known, and keeps no facts: that costs half as much, and what is not
    found on more ways than there are is not there.
    """

    def __init__(self, code: Code, calls: LockCalls, everywhere: bool = False) -> None:
        self._code = code
        self._everywhere = everywhere
        self.calls = calls
        self.outcome = Outcome()
        self._deferring: dict[ops.Defer, bool] = {}

    @cached_property
    def _choices(self) -> Mapping[Edge, Choice]:
        return choices(self._code)

    @cached_property
    def _binding(self) -> Sequence[frozenset[int]]:
        return binding(self._code)

    def run(self, start: Locks) -> list[tuple[Locks, ast.Return | None]]:
        """Walk from the entry; gives the locks at each return, before the deferred calls of the caller."""
        graph = self._code.graph
        returns: list[tuple[Locks, ast.Return | None]] = []
        pending = deque([_Visit(0, start)])
        seen: set[tuple[int, Locks]] = set()
        while pending and len(seen) < MAX_STATES:
            visit = pending.popleft()
            if (visit.block, visit.locks) in seen:
                continue
            seen.add((visit.block, visit.locks))
            passed = self._through(visit)
            for edge in graph.blocks[visit.block].edges if passed is not None else ():
                onward = self._along(passed, edge) if passed is not None else None
                if onward is None:
                    continue
                if edge.target == graph.returned:
                    returns += ((locks, onward.last) for locks in self._at_exit(onward, How.RETURN))
                elif edge.target == graph.panicked:
                    self._panicked(onward)
                elif edge.target not in (graph.stopped, graph.unwound):
                    pending.append(onward)
        self.outcome.complete &= not pending
        return returns

    # --- operations

    def _through(self, visit: _Visit) -> _Visit | None:
        """The operations of a block; None where one of them waits for a lock that never comes free."""
        for op in self._code.graph.blocks[visit.block].ops:
            locks = self._after(op, visit)
            if locks is None:
                return None
            if not self._everywhere:
                facts = self._code.tracker.after(op, locks.facts)
                if facts is not locks.facts:
                    locks = replace(locks, facts=facts)
            last = op.node if isinstance(op, ops.Return) else visit.last
            if locks is not visit.locks or last is not visit.last:  # most operations change nothing
                visit = replace(visit, locks=locks, last=last)
        return visit

    def _after(self, op: ops.Op, visit: _Visit) -> Locks | None:
        locks = visit.locks
        if locks.held:
            locks = locks.without(self.calls.handed_over(op, locks))
        match op:
            case ops.Call(node=call):
                return self._called(call, visit if locks is visit.locks else replace(visit, locks=locks))
            case ops.Defer() if op not in locks.deferred and self._is_about_locks(op):
                return replace(locks, deferred=(*locks.deferred, op))
            case ops.Assign(left=left, define=define):
                return self._renewed(op, left, define, visit if locks is visit.locks else replace(visit, locks=locks))
            case ops.Range(node=node):
                return self._renewed(op, node.left, True, replace(visit, locks=locks))
            case ops.Unreadable():
                return replace(locks, held=frozenset(), owed=frozenset())
            case _:
                return locks

    def _called(self, call: ast.Call, visit: _Visit) -> Locks | None:
        found = lock_call(self._code, call)
        if found is not None:
            return self._locked_or_not(found, call, visit)
        effect = self.calls.effect(call)
        return self._affected(effect, call, visit) if effect else visit.locks

    def _locked_or_not(self, found: LockCall, call: ast.Call, visit: _Visit) -> Locks | None:
        if found.action is Action.LOCK:
            return self._lock(found.lock, found.read, call, visit)
        if found.action is Action.UNLOCK:
            return self._unlock(found.lock, found.read, visit.locks)
        return visit.locks

    def _affected(self, effect: Effect, call: ast.Call, visit: _Visit) -> Locks | None:
        locks: Locks | None = visit.locks
        acquired = {lock for lock, _ in effect.acquired}
        for take in effect.taken:
            if take.lock not in acquired and not self._take(take, visit):
                return None
        for lock, read in effect.released:
            locks = self._unlock(lock, read, locks) if locks is not None else None
        for lock, read in sorted(effect.acquired, key=str):
            locks = self._lock(lock, read, call, replace(visit, locks=locks)) if locks is not None else None
        return locks.without(effect.unsure) if locks is not None else None

    def _unlock(self, lock: Lock, read: bool, locks: Locks) -> Locks:
        after = locks.unlocked(lock, read)
        self.outcome.released |= {each.node for each in locks.held - after.held}
        return after

    def _lock(self, lock: Lock, read: bool, call: ast.Call, visit: _Visit) -> Locks | None:
        if (lock, read) in visit.locks.owed:
            return visit.locks.locked(Held(lock, read, call))
        edges = visit.edges()
        take = Take(lock, read, self._code, call, _is_guarded(edges), _is_certain(edges))
        return visit.locks.locked(Held(lock, read, call)) if self._take(take, visit) else None

    def _take(self, take: Take, visit: _Visit) -> bool:
        """Note that a lock is taken; reports whether control gets past that."""
        held = visit.locks.of(take.lock)
        if not held and not any(lock == take.lock for lock, _ in visit.locks.owed):
            self._note(take, visit)
        for each in held:
            if each.node is take.node and not take.chain:
                self._round(each, take.node, visit)
                return False
            self.outcome.twice.append(Twice(each, take, visit.edges()))
        return all(each.read and take.read for each in held) or bool(take.chain and not take.always)

    def _note(self, take: Take, visit: _Visit) -> None:
        if take.chain:
            edges = visit.edges()
            take = replace(take, guarded=take.guarded or _is_guarded(edges), always=take.always and _is_certain(edges))
        known = next((each for each in self.outcome.taken if (each.lock, each.read) == (take.lock, take.read)), None)
        if known is None:
            self.outcome.taken.append(take)
        elif known.guarded and not take.guarded:
            self.outcome.taken[self.outcome.taken.index(known)] = take

    # --- variables that get new values

    def _renewed(self, op: ops.Op, targets: Iterable[ast.Expr], define: bool, visit: _Visit) -> Locks:
        locks = visit.locks
        if not (locks.held or locks.owed):
            return locks
        roots = locks.depends()
        for target in targets:
            if root_of(self._code, target) not in roots:
                continue
            place = lock_at(self._code, target)
            if place is None or (isinstance(ast.unparen(target), ast.Ident) and place.path):
                continue
            for each in locks.held:
                if define and _is_under(each.lock, place) and place.root.start == target.start:
                    self._round(each, op.node, visit)
            gone = {each.lock for each in locks.held if _is_under(each.lock, place)}
            gone |= {lock for lock, _ in locks.owed if _is_under(lock, place)}
            locks = locks.without(frozenset(gone))
        return locks

    def _round(self, held: Held, node: ast.Node, visit: _Visit) -> None:
        """A lock is still held when the next round of its loop takes it, or one of the same name. That a deferred call
        unlocks it on some way does not count where ways are followed that there are not."""
        if self._everywhere or not any(self._unlocks_when_deferred(op, held) for op in visit.locks.deferred):
            self.outcome.endings.append(Ending(held, How.ROUND, node, visit.edges()))

    def _unlocks_when_deferred(self, op: ops.Defer, held: Held) -> bool:
        return any(held not in each.held for each in self._deferred(op, replace(Locks(), held=frozenset((held,)))))

    # --- branches

    def _along(self, visit: _Visit, edge: Edge) -> _Visit | None:
        locks = visit.locks if self._everywhere else self._allowed(visit.locks, edge)
        if locks is None:
            return None
        tried = _tried(self._code, edge)
        if tried is not None:
            locks = locks.locked(tried)
        return _Visit(edge.target, locks, visit.last, visit, edge)

    def _allowed(self, locks: Locks, edge: Edge) -> Locks | None:
        """The locks with what is known after an edge; None where that rules it out."""
        facts, choice = self._code.tracker.along(edge, locks.facts), self._choices.get(edge)
        if facts is None or (choice is not None and (*choice[:3], not choice[3]) in locks.chosen):
            return None
        chosen = locks.chosen | {choice} if choice is not None else locks.chosen
        if chosen:
            chosen = frozenset(each for each in chosen if each[2] in self._binding[edge.target])
        if facts is locks.facts and chosen == locks.chosen:
            return locks
        return replace(locks, facts=facts, chosen=chosen)

    # --- exits

    def _panicked(self, visit: _Visit) -> None:
        if visit.locks.held and _recovers(visit.locks.deferred):
            self._at_exit(visit, How.PANIC)

    def _at_exit(self, visit: _Visit, how: How) -> list[Locks]:
        """The locks once the deferred calls have run; what is still held is an ending."""
        states = [visit.locks]
        for op in reversed(visit.locks.deferred):
            states = [after for locks in states for after in self._deferred(op, locks)]
        for locks in states:
            for each in locks.held:
                self.outcome.endings.append(Ending(each, how, visit.last, visit.edges()))
        kept = [Locks(each.held, each.owed) for each in states]
        return list(dict.fromkeys(kept))

    def _deferred(self, op: ops.Defer, locks: Locks) -> list[Locks]:
        call = ast.unparen(op.node.call)
        if not isinstance(call, ast.Call):
            return [locks]
        callee = self._code.callee(call)
        if callee is None or callee.whole is not self._code.whole or not isinstance(callee.node, ast.FuncLit):
            after = self._called(call, _Visit(0, locks))
            return [after] if after is not None else []
        facts = NOTHING
        if callee.node is ast.unparen(call.fun) and not self._everywhere:
            facts = facts_at_start(op, callee.node, locks.facts, self._code.graph)
        inner = LockWalk(callee, LockCalls(callee, self.calls.effect_of), self._everywhere)
        found = inner.run(Locks(locks.held, locks.owed, (), facts, locks.chosen))
        self.outcome.complete &= inner.outcome.complete
        self.outcome.twice += (each for each in inner.outcome.twice if each.held in locks.held)
        after_all = [replace(locks, held=after.held, owed=after.owed) for after, _ in found]
        self.outcome.released |= {each.node for after in after_all for each in locks.held - after.held}
        return list(dict.fromkeys(after_all))

    def _is_about_locks(self, op: ops.Defer) -> bool:
        found = self._deferring.get(op)
        if found is None:
            call = ast.unparen(op.node.call)
            found = isinstance(call, ast.Call) and (lock_call(self._code, call) is not None or self._may_affect(call))
            self._deferring[op] = found
        return found

    def _may_affect(self, call: ast.Call) -> bool:
        fun = ast.unparen(call.fun)
        if isinstance(fun, ast.FuncLit):
            inner = self._code.whole.literal(fun)
            return inner is not None and (not LockCalls(inner, self.calls.effect_of).is_idle() or _has_recover(fun))
        return bool(self.calls.effect(call))


def _is_under(lock: Lock, place: Lock) -> bool:
    """Reports whether a new value of a place makes the name of a lock mean another one."""
    if not place.path:
        return place.root in lock.depends
    return lock.root is place.root and lock.path[: len(place.path)] == place.path


def _tried(code: Code, edge: Edge) -> Held | None:
    """The lock that is held once an edge is taken: behind a TryLock that says so."""
    condition, holds = edge.condition, edge.holds
    condition = ast.unparen(condition) if condition is not None else None
    while isinstance(condition, ast.Unary) and condition.op == "!":
        condition, holds = ast.unparen(condition.x), not holds
    found = lock_call(code, condition) if isinstance(condition, ast.Call) and holds else None
    if found is None or found.action is not Action.TRY or not isinstance(condition, ast.Call):
        return None
    return Held(found.lock, found.read, condition)


def _recovers(deferred: Iterable[ops.Defer]) -> bool:
    """Reports whether one of the deferred literals recovers, so that the goroutine goes on after a panic."""
    for op in deferred:
        call = ast.unparen(op.node.call)
        fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
        if isinstance(fun, ast.FuncLit) and _has_recover(fun):
            return True
    return False


def _has_recover(literal: ast.FuncLit) -> bool:
    calls = (each for each in deep_expressions(literal.body.stmts) if isinstance(each, ast.Call))
    return any(isinstance(each.fun, ast.Ident) and each.fun.name == "recover" for each in calls)


_FREE = frozenset("ok found exists exist loaded has present".split())
"""Names of truth values that a lookup gives: they say nothing about locks."""


def _is_guarded(edges: Iterable[Edge]) -> bool:
    """Reports whether a path is taken under a condition that may know who holds a lock: a flag, a mode, an answer."""
    return any(not _is_free(each) for each in edges)


def _is_free(edge: Edge) -> bool:
    if isinstance(edge.cause, ast.CaseClause):
        return edge.condition is None
    condition = ast.unparen(edge.condition) if edge.condition is not None else None
    while isinstance(condition, ast.Unary) and condition.op == "!":
        condition = ast.unparen(condition.x)
    match condition:
        case ast.Ident(name=name):
            return name in _FREE
        case ast.Binary(op="==" | "!=", y=ast.Ident(name="nil") | ast.BasicLit(text="0" | '""')):
            return True
        case ast.Binary(op="<" | ">" | "<=" | ">="):
            return True
        case ast.Binary(op="==" | "!=", x=ast.Call(fun=ast.Ident(name="len"))):
            return True
        case _:
            return condition is None


def _is_certain(edges: Iterable[Edge]) -> bool:
    """Reports whether nothing had to be true for a path to be taken."""
    return all(each.kind in (EdgeKind.NEXT, EdgeKind.RETURN) for each in edges)
