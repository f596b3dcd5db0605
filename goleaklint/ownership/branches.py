"""A branch and a state in; the state once it is taken, or how the resource's story ends with it, out."""

import re

from msgspec.structs import replace

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.conditions import NIL, TRUE, Conditions, Fact
from goleaklint.flow.graph import Edge, EdgeKind
from goleaklint.flow.places import Place, place_of
from goleaklint.knowledge import Resource
from goleaklint.knowledge.pack import Holder, ReleasedBy
from goleaklint.ownership.carrying import Carrying
from goleaklint.ownership.origins import mentions
from goleaklint.ownership.state import End, State
from goleaklint.syntax import ast

_NEXT = re.compile(r"Next\w*|HasNext|Valid|More|Scan")

_ENDED = frozenset(("Done", "Closed", "CloseNotify"))
"""Methods that give the channel which is closed when the resource itself has come to its end."""


class Branches:
    """What the branches of one function say of one resource that is followed through it.

    `contexts` are those whose end releases it: of a cancel function, its own and the parent.
    """

    def __init__(self, code: Code, resource: Resource, carrying: Carrying) -> None:
        self.contexts: frozenset[Place] = frozenset()
        self._code = code
        self._carrying = carrying
        self._conditions = Conditions(code.names, code.types)
        self._holder = resource.holder
        self._exhausts = ReleasedBy.EXHAUSTED in resource.released_by

    def along(self, edge: Edge, state: State) -> State | End:
        """What a branch tells: that the resource was not acquired, or is exhausted, or that this way is impossible."""
        facts = self._conditions.established(edge)
        if state.proofs:
            found = self._proven(edge, facts, state.proofs)
            if found is False:
                return End.ABSENT
            if found is True:
                state = replace(state, proofs=frozenset())
        for fact in facts:
            if fact.test.question == TRUE and fact.holds and fact.test.places == (state.denial,):
                return End.ABSENT
            if fact.test.question != NIL:
                continue
            if fact.holds and self._holds(fact.test.places[0], state):
                return End.ABSENT
            if not fact.holds and fact.test.places == (state.ended,):
                return End.RELEASED
        if self._is_end_of_own_channel(edge, state):
            return End.ABSENT
        if self.contexts and self._is_cancelled(edge):
            return End.RELEASED
        if self._exhausts and self._is_exhausted(edge, state):
            return End.RELEASED
        return End.RELEASED if self._has_ended(edge, state) else state

    def _proven(self, edge: Edge, facts: tuple[Fact, ...], proofs: frozenset[Place]) -> bool | None:
        """Whether the branch says that the resource was acquired; None if it says nothing of that."""
        for fact in facts:
            if fact.test.question in (NIL, TRUE) and fact.test.places[0] in proofs:
                return fact.holds
        condition = None if edge.condition is None else ast.unparen(edge.condition)
        asks = isinstance(condition, ast.Call | ast.Binary) and edge.holds
        if (
            asks
            and condition is not None
            and mentions(self._code, condition, frozenset(each.symbol for each in proofs))
        ):
            return False  # `os.IsNotExist(err)`, `err == errClosed`: only true of an error
        return None

    def _holds(self, place: Place, state: State) -> bool:
        """Reports whether a place is what holds the resource: `conn`, `resp.Body`, `peer.conn`, the only variable of an
        object around it."""
        if not place.fields and not state.names and state.inside == {place.symbol}:
            return True
        if not place.fields or place.symbol not in state.inside:
            return any(place.symbol is symbol for symbol, _ in state.names)
        return len(place.fields) == 1

    def _has_ended(self, edge: Edge, state: State) -> bool:
        """Reports whether the branch is that of a select on which the resource said that it has ended by itself:
        `case <-session.Done()`."""
        comm = edge.cause.comm if isinstance(edge.cause, ast.CommClause) else None
        values = comm.right if isinstance(comm, ast.Assign) else (comm.x,) if isinstance(comm, ast.ExprStmt) else ()
        for value in map(ast.unparen, values):
            call = ast.unparen(value.x) if isinstance(value, ast.Unary) and value.op == "<-" else None
            fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
            if not isinstance(fun, ast.Selector) or fun.name.name not in _ENDED:
                continue
            if self._carrying.of(fun.x, state) or place_of(self._code.names, fun.x) in self.contexts:
                return True
        return False

    def _is_end_of_own_channel(self, edge: Edge, state: State) -> bool:
        """Reports whether this is the end of a range over a channel that was given away to be sent on, as to
        signal.Notify, which never closes it, and that nobody here closes: there is no such end."""
        last = self._code.graph.blocks[edge.source].ops[-1:]
        if edge.kind is not EdgeKind.DONE or self._holder is Holder.RESULT or not last:
            return False
        x = last[0].node.x if isinstance(last[0], ops.Range) else None
        symbol = None if x is None else self._code.symbol(x)
        held = symbol is not None and any(symbol is each for each, _ in state.names)
        return held and not any(map(_closes, self._code.whole.all_code()))

    def _is_cancelled(self, edge: Edge) -> bool:
        """Reports whether the branch is that on which `ctx.Err() != nil`."""
        condition = None if edge.condition is None else ast.unparen(edge.condition)
        if not isinstance(condition, ast.Binary) or condition.op not in ("!=", "=="):
            return False
        call, other = ast.unparen(condition.x), ast.unparen(condition.y)
        fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
        asks = isinstance(fun, ast.Selector) and fun.name.name == "Err"
        is_nil = isinstance(other, ast.Ident) and other.name == "nil"
        if not asks or not is_nil or not isinstance(fun, ast.Selector):
            return False
        return edge.holds == (condition.op == "!=") and place_of(self._code.names, fun.x) in self.contexts

    def _is_exhausted(self, edge: Edge, state: State) -> bool:
        """Reports whether the branch is that on which `rows.Next()` was false."""
        condition = None if edge.condition is None else ast.unparen(edge.condition)
        if edge.holds or not isinstance(condition, ast.Call):
            return False
        fun = ast.unparen(condition.fun)
        if not isinstance(fun, ast.Selector) or not _NEXT.fullmatch(fun.name.name):
            return False
        return bool(self._carrying.of(fun.x, state))


def _closes(code: Code) -> bool:
    """Reports whether code closes any channel."""
    calls = (op.node for _, op in code.graph.ops(ops.Call))
    return any(isinstance(each.fun, ast.Ident) and each.fun.name == "close" for each in calls)
