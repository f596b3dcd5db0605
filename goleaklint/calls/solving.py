"""The record of all functions in; the edges to the functions that variables hold and that callees call back, out."""

from collections import defaultdict
from collections.abc import Iterator

from goleaklint.calls.nodes import Edge, EdgeKind, FunctionId, Resolution
from goleaklint.calls.recording import Record
from goleaklint.calls.values import Local, Parameter, Value

MAX_ROUNDS = 8
"""A callback handed on from function to function is followed so far; people hand one on twice at most."""


def solve(record: Record) -> None:
    """Enter the edges that depend on what variables hold, and what stays unresolved."""
    _Solver(record).solve()


class _Solver:
    def __init__(self, record: Record) -> None:
        self._record = record
        self._fates: dict[Parameter, set[EdgeKind]] = defaultdict(set)

    def solve(self) -> None:
        record = self._record
        called_on_the_spot = {edge.callee for edge in record.edges}
        for each in record.passed:
            record.values.give(Parameter(each.callee, each.position), each.value)

        def callable_by_others(function: FunctionId) -> bool:
            if function in record.parents:
                return function not in called_on_the_spot
            return function in record.escaped or function.name.rpartition(".")[2] in record.open_methods

        record.values.distrust(callable_by_others)
        self._invoke()
        for _ in range(MAX_ROUNDS):
            if not self._call_back():
                break

    def _invoke(self) -> None:
        for each in self._record.invocations:
            callee = self._record.values.only(each.value)
            if callee is not None:
                self._record.edges[Edge(each.caller, callee, each.kind, each.resolution, each.site)] = None
            elif each.certain and each.resolution is Resolution.VALUE:
                self._record.unresolved[each.caller].add(each.site)

    def _call_back(self) -> bool:
        """One round: what becomes of parameters, then the edges that follow; reports whether there was anything new."""
        before = self._size()
        ways = self._ways()
        for invocation in self._record.invocations:
            self._note(invocation.value, invocation.caller, invocation.kind, ways)
        for passed in self._record.passed:
            for fate in tuple(self._fates.get(Parameter(passed.callee, passed.position), ())):
                self._note(passed.value, passed.caller, passed.kind.then(fate), ways)
        self._record.edges.update(dict.fromkeys(self._callbacks()))
        return self._size() > before

    def _size(self) -> int:
        return len(self._record.edges) + sum(map(len, self._fates.values()))

    def _callbacks(self) -> Iterator[Edge]:
        """Calls of arguments; where the argument is the caller's own parameter, it is the caller's callers' affair."""
        for each in self._record.passed:
            fates = sorted(self._fates.get(Parameter(each.callee, each.position), ()))
            if fates and not any(self._parameters(each.value)):
                function = self._record.values.only(each.value)
                if function is None:
                    continue
                for fate in fates:
                    yield Edge(each.caller, function, each.kind.then(fate), Resolution.CALLBACK, each.site)

    def _parameters(self, value: Value) -> Iterator[Parameter]:
        """The parameters that a value can be."""
        if isinstance(value, Local):
            yield from (each for each in self._record.values.given(value) if isinstance(each, Parameter))

    def _note(self, value: Value, caller: FunctionId, kind: EdgeKind, ways: dict[FunctionId, set[EdgeKind]]) -> None:
        """A value is called in `caller`: if it is a parameter, that is what becomes of it."""
        for parameter in self._parameters(value):
            kinds, at = {kind}, caller
            while at != parameter.function and at in self._record.parents:
                kinds = {way.then(each) for way in ways.get(at, ()) for each in kinds}
                at = self._record.parents[at]
            if at == parameter.function:
                self._fates[parameter] |= kinds

    def _ways(self) -> dict[FunctionId, set[EdgeKind]]:
        """How literals are run by the function they stand in; those that are only stored are absent."""
        ways: dict[FunctionId, set[EdgeKind]] = defaultdict(set)
        for edge in self._record.edges:
            if self._record.parents.get(edge.callee) == edge.caller:
                ways[edge.callee].add(edge.kind)
        return ways
