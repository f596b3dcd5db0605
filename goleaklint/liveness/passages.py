"""One call of a function in; its states in an automaton out: its blocks, once for each set of facts they are reached
with, its exits with what is deferred until then."""

from typing import NamedTuple

from goleaklint.flow import ops
from goleaklint.flow.conditions import TRUE, Fact, Test
from goleaklint.flow.exits import facts_at_start, literal_of
from goleaklint.flow.facts import NOTHING, Facts
from goleaklint.flow.graph import Block, Edge, EdgeKind, Loop
from goleaklint.flow.places import Place
from goleaklint.liveness import automaton as act
from goleaklint.liveness.branches import counting
from goleaklint.liveness.drafts import SILENT, Leave, Leaving
from goleaklint.liveness.guesses import guessed_blocks
from goleaklint.liveness.objects import Count
from goleaklint.liveness.operations import Operations
from goleaklint.liveness.outcomes import Outcome, Told, given, is_asked_for, is_taken, learned, named, telling
from goleaklint.liveness.values import Frame
from goleaklint.liveness.world import TooLargeError
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions
from goleaklint.types.types import Chan, Func

MAX_NODES = 200
"""Pairs of block and facts in one call; from then on facts are not followed any more."""


class Node(NamedTuple):
    """Where control is: before a block. `received` tells whether the receive that led there gave a value."""

    block: int
    facts: Facts
    deferred: tuple[ops.Defer, ...]
    received: bool | None = None


class Cursor(NamedTuple):
    """Where control is inside a block."""

    state: int
    facts: Facts
    received: bool | None = None
    told: Told | None = None


class End(NamedTuple):
    """The operation at which a block ends the call, and what the call then gives."""

    node: ast.Node | None = None
    outcome: Outcome = ()


_NO_END = End()


class Passage:
    """One call of a function."""

    def __init__(self, operations: Operations, frame: Frame, leave: Leave) -> None:
        self._do = operations
        self._draft = operations.draft
        self._frame = frame
        graph = self._graph = frame.code.graph
        self._ends_of = {
            graph.returned: Leaving.RETURN, graph.panicked: Leaving.PANIC, graph.unwound: Leaving.UNWIND
        }  # fmt: skip
        self._guessed = guessed_blocks(frame.code)
        self._unclear: dict[Loop, bool] = {}
        self._tracker = telling(frame.code) if frame.asked else frame.code.tracker
        self._leave = leave
        self._nodes: dict[Node, int] = {}
        self._pending: list[Node] = []
        self._exits: dict[tuple[Leaving, Facts, tuple[ops.Defer, ...], End], int] = {}

    def run(self, start: int, facts: Facts) -> None:
        """The whole call, from state `start` on."""
        facts |= self._tracker.at_entry()
        self._draft.add(start, SILENT, self._state(Node(0, facts, ())))
        while self._pending:
            node = self._pending.pop()
            self._block(node, self._nodes[node])

    def _state(self, node: Node) -> int:
        if len(self._nodes) > MAX_NODES:
            node = node._replace(facts=NOTHING)
        found = self._nodes.get(node)
        if found is None:
            found = self._nodes[node] = self._draft.state()
            self._pending.append(node)
        return found

    # --- blocks

    def _block(self, node: Node, state: int) -> None:
        block = self._graph.blocks[node.block]
        uncertain = self._frame.uncertain or block.index in self._guessed
        self._do.begin(uncertain or any(map(self._is_unclear, block.loops)))
        cursors = [Cursor(state, node.facts, node.received)]
        deferred = node.deferred
        for number, op in enumerate(block.ops):
            if isinstance(op, ops.Unreadable):
                raise TooLargeError
            if isinstance(op, ops.Defer):
                if op in deferred:
                    self._do.evaluator.lose_call(op.node.call, self._frame)
                else:
                    deferred = (*deferred, op)
            if isinstance(op, ops.Call) and is_asked_for(
                self._tracker, self._frame.code, block, number, self._frame.asked
            ):
                cursors = [new for each in cursors for new in self._ends(op, each, deferred)]
                continue
            following = block.ops[number + 1] if number + 1 < len(block.ops) else None
            cursors = [new for each in cursors for new in self._op(op, following, each, deferred)]
        for cursor in cursors:
            self._edges(block, cursor, deferred)

    def _is_unclear(self, loop: Loop) -> bool:
        """Reports whether a loop goes round so often that nobody can tell."""
        found = self._unclear.get(loop)
        if found is None:
            found = self._unclear[loop] = self._do.is_uncertain(loop, self._frame)
        return found

    def _op(
        self, op: ops.Op, following: ops.Op | None, cursor: Cursor, deferred: tuple[ops.Defer, ...]
    ) -> list[Cursor]:
        facts = self._tracker.after(op, cursor.facts)
        match op:
            case ops.Receive(node=node) if self._asks_ok(following, node):
                channel = self._do.evaluator.value(node.x, self._frame)
                return [
                    Cursor(self._do.receive(cursor.state, node.x, channel, self._frame, node, outcome), facts, ok)
                    for ok, outcome in ((True, act.Outcome.VALUE), (False, act.Outcome.CLOSED))
                ]
            case ops.Assign() if cursor.received is not None and len(op.left) == 2:
                state = self._do.assign(cursor.state, op, self._frame)
                return [Cursor(state, facts | self._ok(op.left[1], cursor.received))]
            case ops.Select() | ops.Range() | ops.Defer():
                return [Cursor(cursor.state, facts, cursor.received)]
            case ops.Call(node=call):
                panics = self._thrower(cursor.facts, deferred)
                state = self._do.call(cursor.state, call, self._frame, cursor.facts, panics)
                return [Cursor(state, facts, cursor.received)]
            case ops.Assign():
                facts |= learned(self._frame.code, op, cursor.told)
                return [Cursor(self._do.assign(cursor.state, op, self._frame), facts, cursor.received)]
            case _:
                state = self._do.other(cursor.state, op, self._frame)
                return [cursor._replace(state=state, facts=facts)]

    def _ends(self, op: ops.Call, cursor: Cursor, deferred: tuple[ops.Defer, ...]) -> list[Cursor]:
        """After a call on whose results a branch depends."""
        facts, panics = self._tracker.after(op, cursor.facts), self._thrower(cursor.facts, deferred)
        ends = self._do.ended(cursor.state, op.node, self._frame, cursor.facts, panics, asked=True)
        return [Cursor(each.state, facts, cursor.received, Told(op.node, each.outcome)) for each in ends]

    def _asks_ok(self, following: ops.Op | None, node: ast.Unary) -> bool:
        return (
            isinstance(following, ops.Assign)
            and len(following.left) == 2
            and len(following.right) == 1
            and ast.unparen(following.right[0]) is node
        )

    def _ok(self, target: ast.Expr, ok: bool) -> Facts:
        symbol = self._frame.code.symbol(target)
        return NOTHING if symbol is None else frozenset((Fact(Test(TRUE, (Place(symbol),)), ok),))

    # --- edges

    def _edges(self, block: Block, cursor: Cursor, deferred: tuple[ops.Defer, ...]) -> None:
        last = block.ops[-1] if block.ops else None
        if isinstance(last, ops.Select):
            self._select(last.node, block, cursor, deferred)
        elif isinstance(last, ops.Range):
            self._range(last.node, block, cursor, deferred)
        else:
            self._branch(block, cursor, deferred, last)

    def _branch(self, block: Block, cursor: Cursor, deferred: tuple[ops.Defer, ...], last: ops.Op | None) -> None:
        along, told = self._tracker.along, cursor.told
        ways = [(edge, facts) for edge in block.edges if (facts := along(edge, cursor.facts)) is not None]
        if told is not None:
            ways = [(edge, facts) for edge, facts in ways if is_taken(edge, told) is not False]
        end = End(last.node if isinstance(last, ops.Return | ops.Call) else None, self._given(last, cursor))
        for edge, facts in ways:
            action: act.Action | None = SILENT
            if len(ways) > 1:
                action = self._counted(edge, block) or self._do.branches.action(edge, self._frame)
            if action is None:
                continue
            target = self._target(block, edge, facts, deferred, end, cursor.received)
            where = (self._frame.code, edge) if len(ways) > 1 else None
            self._draft.add(cursor.state, action, target, where)

    def _given(self, last: ops.Op | None, cursor: Cursor) -> Outcome:
        return given(self._frame.code, last, cursor.facts, cursor.told) if self._frame.asked else ()

    def _counted(self, edge: Edge, block: Block) -> act.Action | None:
        if edge.cause is None or not block.loops:
            return None
        loop = next((each for each in reversed(block.loops) if counting(each) is edge.cause), None)
        count = self._do.branches.rounds(loop, self._frame) if loop is not None else None
        if loop is None or count is None:
            return None
        return self._round(loop, count, edge.kind is EdgeKind.TRUE)

    def _round(self, loop: ast.For | ast.Range, count: Count, again: bool) -> act.Action:
        counter = self._draft.counter((self._frame, loop))
        return act.Round(counter, count) if again else act.Finished(counter, count)

    def _target(
        self,
        block: Block,
        edge: Edge,
        facts: Facts,
        deferred: tuple[ops.Defer, ...],
        end: End = _NO_END,
        received: bool | None = None,
    ) -> int:
        """Where an edge leads; loops that it leaves early are over."""
        target = self._reached(edge, facts, deferred, end, received)
        inside = self._graph.blocks[edge.target].loops
        left = [loop for loop in block.loops if loop not in inside]
        if not left:
            return target
        finished = edge.cause is not None and counting(block.loops[-1]) is edge.cause
        over = edge.kind is EdgeKind.DONE or (finished and edge.kind is EdgeKind.FALSE)
        for loop in left[:-1] if over else left:
            if self._do.branches.rounds(loop, self._frame) is not None:
                state = self._draft.state()
                self._draft.add(state, act.Broken(self._draft.counter((self._frame, loop))), target)
                target = state
        return target

    def _reached(
        self,
        edge: Edge,
        facts: Facts,
        deferred: tuple[ops.Defer, ...],
        end: End,
        received: bool | None,
    ) -> int:
        if edge.target == self._graph.stopped:
            state = self._draft.state()
            self._draft.add(state, act.Exit())
            return state
        how = self._ends_of.get(edge.target)
        if how is not None:
            return self.exit(how, facts, deferred, end)
        return self._state(Node(edge.target, facts, deferred, received))

    def _range(self, node: ast.Range, block: Block, cursor: Cursor, deferred: tuple[ops.Defer, ...]) -> None:
        facts = cursor.facts
        if isinstance(self._frame.code.core_type(node.x), Chan):
            channel = self._do.evaluator.value(node.x, self._frame)
            self._draft.put(cursor.state, (self._frame.code, node))
        elif isinstance(self._frame.code.core_type(node.x), Func):
            evaluator = self._do.evaluator  # it runs, and is not looked into
            evaluator.lose(evaluator.value(node.x, self._frame))
        else:
            self._do.contained(node.x, self._frame)
        count = self._do.branches.rounds(node, self._frame)
        for edge in block.edges:
            again = edge.kind is EdgeKind.ROUND
            target = self._target(block, edge, facts, deferred)
            if isinstance(self._frame.code.core_type(node.x), Chan):
                outcome = act.Outcome.VALUE if again else act.Outcome.CLOSED
                action: act.Action | None = self._do.receiving(channel, self._frame, node, outcome)
            else:
                action = act.Silent(free=True) if count is None else self._round(node, count, again)
            if action is not None:
                self._draft.add(cursor.state, action, target)

    def _select(self, node: ast.Select, block: Block, cursor: Cursor, deferred: tuple[ops.Defer, ...]) -> None:
        self._draft.put(cursor.state, (self._frame.code, node))
        for edge in block.edges:
            clause = edge.cause
            if not isinstance(clause, ast.CommClause):
                continue
            where = self._frame.code, clause
            for action, received in self._do.case(clause, self._frame):
                target = self._target(block, edge, cursor.facts, deferred, _NO_END, received)
                self._draft.add(cursor.state, action, target, where)

    # --- exits

    def exit(self, how: Leaving, facts: Facts, deferred: tuple[ops.Defer, ...], end: End) -> int:
        """The state in which the call begins to end: deferred calls first, the last one before the others."""
        key = how, facts if deferred or self._frame.asked else NOTHING, deferred, end
        found = self._exits.get(key)
        if found is not None:
            return found
        found = state = self._exits[key] = self._draft.state()
        self._do.begin(self._frame.uncertain)
        remaining = deferred
        # A panic that nobody stops here ends the process: what the deferred calls wait for then is no leak.
        crashes = how is Leaving.PANIC and not any(map(_recovers, deferred))
        for op in () if crashes else reversed(deferred):
            remaining = remaining[:-1]
            state = self._deferred_call(op, state, facts, remaining)
            facts = self._tracker.after_call(facts)
            if how is Leaving.PANIC and _recovers(op):
                how = Leaving.RETURN
        outcome = end.outcome
        if self._frame.asked and how is Leaving.RETURN:
            outcome = outcome or named(self._frame.code, facts)
        self._draft.add(state, SILENT, self._leave(how, end.node, outcome))
        return found

    def _deferred_call(self, op: ops.Defer, state: int, facts: Facts, remaining: tuple[ops.Defer, ...]) -> int:
        call = ast.unparen(op.node.call)
        if not isinstance(call, ast.Call):
            return state
        literal = literal_of(op)
        known = facts if literal is None else facts_at_start(op, literal, facts, self._graph)
        return self._do.call(state, call, self._frame, known, self._thrower(facts, remaining))

    def _thrower(self, facts: Facts, deferred: tuple[ops.Defer, ...]) -> Leave:
        """What an inlined call does that panics, or ends the goroutine."""
        return lambda how, at, _: self.exit(how, facts, deferred, End(at))


def _recovers(op: ops.Defer) -> bool:
    literal = literal_of(op)
    if literal is None:
        return False
    return any(
        isinstance(each, ast.Call) and isinstance(each.fun, ast.Ident) and each.fun.name == "recover"
        for each in deep_expressions(literal.body.stmts)
    )
