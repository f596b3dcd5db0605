"""Functions and the calls between them in; questions about them answered: callees, callers, reach."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from goleaklint.calls.nodes import Edge, EdgeKind, External, FunctionId, Site

if TYPE_CHECKING:
    import networkx

ALL_KINDS = frozenset(EdgeKind)


class CallGraph:
    """Who calls whom among `functions`. Everything it gives is in a fixed order.

    `external` are the functions called whose bodies are not in the graph; `unresolved` are calls of which it is not
    known, or not sure, whom they call.
    """

    def __init__(
        self,
        functions: Iterable[FunctionId],
        edges: Iterable[Edge],
        external: Mapping[FunctionId, Collection[External]] | None = None,
        unresolved: Mapping[FunctionId, Collection[Site]] | None = None,
    ) -> None:
        self.functions = tuple(sorted(functions, key=_order))
        self.edges = tuple(sorted(edges, key=_edge_order))
        self._external = external or {}
        self._unresolved = unresolved or {}

    @cached_property
    def _callees(self) -> Mapping[FunctionId, tuple[Edge, ...]]:
        return _grouped((edge.caller, edge) for edge in self.edges)

    @cached_property
    def _callers(self) -> Mapping[FunctionId, tuple[Edge, ...]]:
        return _grouped((edge.callee, edge) for edge in self.edges)

    def callees(self, function: FunctionId) -> tuple[Edge, ...]:
        """The calls that a function makes; those of the literals in it are theirs."""
        return self._callees.get(function, ())

    def callers(self, function: FunctionId) -> tuple[Edge, ...]:
        """The calls that may call a function."""
        return self._callers.get(function, ())

    def external(self, function: FunctionId) -> tuple[External, ...]:
        """The functions it calls whose bodies are not in the graph."""
        return tuple(sorted(self._external.get(function, ())))

    def unresolved(self, function: FunctionId) -> tuple[Site, ...]:
        """Its calls of which it is not known whom they call."""
        return tuple(sorted(self._unresolved.get(function, ())))

    def find(self, name: str) -> tuple[FunctionId, ...]:
        """The functions a user may mean by `f`, `m`, `(*T).m` or `T.m`, with the import path or its end before it."""
        return tuple(function for function in self.functions if function.is_called(name))

    def within(
        self, roots: Collection[FunctionId], depth: int | None = None, kinds: Collection[EdgeKind] = ALL_KINDS
    ) -> "CallGraph":
        """The part that `roots` reach in at most `depth` calls (None: any number) of these kinds."""
        reached, level = set(roots), list(roots)
        while level and (depth is None or depth > 0):
            depth = None if depth is None else depth - 1
            below = {e.callee for function in level for e in self.callees(function) if e.kind in kinds}
            level = sorted(below - reached)
            reached.update(level)
        return self.part(reached, kinds)

    def part(self, functions: Collection[FunctionId], kinds: Collection[EdgeKind] = ALL_KINDS) -> "CallGraph":
        """These functions and the calls of these kinds between them."""
        chosen = frozenset(functions)
        edges = (e for e in self.edges if e.kind in kinds and e.caller in chosen and e.callee in chosen)
        return CallGraph(chosen, edges, self._external, self._unresolved)

    def networkx(self) -> "networkx.MultiDiGraph":
        """The graph as networkx has it; the attributes are text and numbers, as graph files can hold them."""
        import networkx

        graph = networkx.MultiDiGraph()
        for function in self.functions:
            graph.add_node(function, package=function.package, name=function.name, path=function.path)
        for edge in self.edges:
            place = {"path": edge.site.path, "start": edge.site.start, "end": edge.site.end}
            graph.add_edge(edge.caller, edge.callee, kind=edge.kind.value, resolution=edge.resolution.value, **place)
        return graph


def _order(function: FunctionId) -> tuple[str, str, int, str]:
    """Functions by package, then in the order of the text."""
    return function.package, function.path, function.start, function.name


def _edge_order(edge: Edge) -> tuple[Site, str, str, FunctionId, FunctionId]:
    return edge.site, edge.kind.value, edge.resolution.value, edge.callee, edge.caller


def _grouped(pairs: Iterable[tuple[FunctionId, Edge]]) -> Mapping[FunctionId, tuple[Edge, ...]]:
    groups: dict[FunctionId, list[Edge]] = defaultdict(list)
    for function, edge in pairs:
        groups[function].append(edge)
    return {function: tuple(edges) for function, edges in groups.items()}
