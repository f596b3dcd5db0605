"""A resource that must be released before its parent in; the way on which the parent goes first out."""

from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.paths import Path, Point, find_path
from goleaklint.index.symbols import Symbol
from goleaklint.knowledge import Order, Resource
from goleaklint.ownership.acquisitions import Acquisition
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions

NOWHERE: frozenset[int] = frozenset()
"""Exits are of no interest to questions about operations."""


@dataclass(frozen=True, slots=True)
class Disorder:
    """The parent's release `first` comes before that of the resource, which is `late`: a call, or a defer statement.

    `deferred` tells that both are deferred, and so run last first.
    """

    acquisition: Acquisition
    parent: Symbol
    first: ast.Node
    late: ast.Node
    path: Path
    deferred: bool


class Orders:
    """Finds releases in the wrong order among what one function acquires."""

    def __init__(self, code: Code, acquired: tuple[Acquisition, ...]) -> None:
        self._code = code
        self._acquired = acquired

    def all(self) -> Iterator[Disorder]:
        """One for each resource whose parent, a variable of this function, is released first on some way."""
        for acquisition in self._acquired:
            if acquisition.resource.order is not Order.BEFORE_PARENT or acquisition.state is None:
                continue
            parent = self._parent_of(acquisition)
            names = {symbol for symbol, field in acquisition.state.names if not field}
            if parent is not None and len(names) == 1:
                found = self._disorder(acquisition, names.pop(), *parent)
                if found is not None:
                    yield found

    def _parent_of(self, acquisition: Acquisition) -> tuple[Symbol, Resource] | None:
        fun = ast.unparen(acquisition.call.fun)
        symbol = self._code.symbol(fun.x) if isinstance(fun, ast.Selector) else None
        for other in self._acquired:
            if symbol is not None and other.state is not None and (symbol, "") in other.state.names:
                return symbol, other.resource
        return None

    def _disorder(self, child: Acquisition, name: Symbol, parent: Symbol, above: Resource) -> Disorder | None:
        own = {each.name for each in child.resource.release}
        ending = {each.name for each in above.release}
        late = self._released(name, own)
        if late is None:
            return None  # never released at all: another rule's business

        def closes(op: ops.Op) -> bool:
            return isinstance(op, ops.Call) and self._calls(op.node, name, own)

        def ends_parent(op: ops.Op) -> bool:
            return isinstance(op, ops.Call) and self._calls(op.node, parent, ending)

        start = Point(child.block, child.index + 1)
        found = find_path(
            self._code.graph, self._code.tracker, start, to=ends_parent, avoiding=closes, exits=NOWHERE
        ).path
        if found is not None and isinstance(found.reached, ops.Call):
            return Disorder(child, parent, found.reached.node, late, found, False)
        return self._deferred(child, name, own, parent, ending)

    def _deferred(
        self, child: Acquisition, name: Symbol, own: set[str], parent: Symbol, ending: set[str]
    ) -> Disorder | None:
        """`defer it.Close()` and then `defer txn.Discard()`: the second runs first."""

        def defers_parent(op: ops.Op) -> bool:
            return isinstance(op, ops.Defer) and self._calls(op.node.call, parent, ending)

        start = Point(child.block, child.index + 1)
        found = find_path(self._code.graph, self._code.tracker, start, to=defers_parent, exits=NOWHERE).path
        if found is None or not isinstance(found.reached, ops.Defer):
            return None
        late = next((each for each in found.deferred if self._calls(each.node.call, name, own)), None)
        if late is None:
            return None
        return Disorder(child, parent, found.reached.node, late.node, found, True)

    def _released(self, name: Symbol, methods: set[str]) -> ast.Node | None:
        body = self._code.block.stmts
        return next((each for each in deep_expressions(body) if self._calls(each, name, methods)), None)

    def _calls(self, call: ast.Expr, symbol: Symbol, methods: set[str]) -> bool:
        call = ast.unparen(call)
        fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
        return isinstance(fun, ast.Selector) and fun.name.name in methods and self._code.symbol(fun.x) is symbol
