"""Packages with their call graph in; a summary of each function out, made callees first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goleaklint.calls.declarations import CallPackage
from goleaklint.calls.effects import summarise
from goleaklint.calls.graph import CallGraph
from goleaklint.calls.known import Callees, Key, key_of
from goleaklint.calls.nodes import FunctionId
from goleaklint.calls.scan import Scan
from goleaklint.calls.summary import Summary
from goleaklint.flow.lower import lower
from goleaklint.index.package import Function
from goleaklint.index.program import Decl, FileScope
from goleaklint.index.scopes import Names, Scope, package_scope, resolve
from goleaklint.index.symbols import SymbolKind
from goleaklint.knowledge import Knowledge
from goleaklint.syntax import ast
from goleaklint.types.declared import Declared
from goleaklint.types.function import function_types
from goleaklint.types.infer import Inference


@dataclass(frozen=True, slots=True)
class _Entry:
    """A function with what it is looked at with: its file, the names of its package, and its types by declaration."""

    function: Function
    scope: FileScope
    declared: Scope
    types: dict[ast.FuncDecl, Inference]


MAX_ROUNDS = 4
"""How often functions that call one another in a circle are looked at again. Summaries only grow, and what they say
travels once around the circle a round; three rounds settle every circle met in go-ethereum and etcd."""


class Summaries:
    """Makes the summaries of all declared functions of some packages; literals count as part of their function."""

    def __init__(self, packages: Sequence[CallPackage], declared: Declared, knowledge: Knowledge) -> None:
        self._declared = declared
        self._knowledge = knowledge
        self._callees = Callees(knowledge)
        self._functions: dict[tuple[str, str, int], _Entry] = {}
        for each in packages:
            names = package_scope(each.package)
            for function in each.package.functions:
                path = function.file.text.path
                place = (each.package.path, path, function.decl.start)
                self._functions[place] = _Entry(function, each.scopes[path], names, each.types)

    def of(self, graph: CallGraph, wanted: Iterable[FunctionId] | None = None) -> dict[FunctionId, Summary]:
        """The summaries of the graph's functions; with `wanted`, only what those need is looked at."""
        part = graph if wanted is None else graph.within(tuple(wanted))
        found: dict[FunctionId, Summary] = {}
        for component in part.callees_first():
            circular = len(component) > 1 or any(edge.callee == component[0] for edge in graph.callees(component[0]))
            entries = [each for each in component if (each.package, each.path, each.start) in self._functions]
            if circular:
                self._circle(entries, found)
            else:
                self._round(entries, found)
        return found

    def _circle(self, entries: Sequence[FunctionId], found: dict[FunctionId, Summary]) -> None:
        """Look at functions that call one another until nothing changes; if it does not end, without hope."""
        self._callees.pending = frozenset(self._key(each) for each in entries)
        for _ in range(MAX_ROUNDS):
            if not self._round(entries, found):
                break
        else:
            for each in entries:
                self._callees.summaries.pop(self._key(each), None)
            self._callees.pending = frozenset()
            self._round(entries, found)

    def _round(self, component: Sequence[FunctionId], found: dict[FunctionId, Summary]) -> bool:
        """Look at each function of a component once; reports whether some summary is another than before."""
        changed = False
        for identity in component:
            summary = self._summary(self._functions[identity.package, identity.path, identity.start])
            if found.get(identity) != summary:
                found[identity] = summary
                changed = True
                self._callees.summaries[self._key(identity)] = summary
        return changed

    def _key(self, identity: FunctionId) -> Key:
        entry = self._functions[identity.package, identity.path, identity.start]
        decl = entry.function.decl
        return key_of(Decl(decl.name.name, SymbolKind.FUNC, decl, entry.scope))

    def _types(self, entry: "_Entry") -> Inference:
        """The types of a function, which whoever made the call graph may have worked out already."""
        decl, scope = entry.function.decl, entry.scope
        known = entry.types.get(decl)
        if known is None or known.declared is not self._declared.as_seen_from(scope):
            names = resolve(entry.function, entry.declared, scope.imports)
            known = entry.types[decl] = function_types(self._declared, scope, decl, names)
        return known

    def _summary(self, entry: "_Entry") -> Summary:
        types = self._types(entry)
        function, names = entry.function, types.env.names or Names()

        def never_returns(call: ast.Call) -> bool:
            return self._callees.never_returns(call, types)

        graph = lower(function.body, never_returns)
        decl, block = function.decl, function.body.block
        scan = Scan(decl.type, decl.receiver, block, graph, types, names, lambda call: self._callees.known(call, types))
        return summarise(scan, self._callees.watched)
