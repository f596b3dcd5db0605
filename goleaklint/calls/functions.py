"""Declarations in; what their functions do out, each body read when somebody first asks for it."""

import gc
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from goleaklint.calls.asfound import AsFound
from goleaklint.calls.code import CallSite, DeclaredFunction
from goleaklint.calls.demand import Demand
from goleaklint.calls.effects import summarise
from goleaklint.calls.exits import UNKNOWN_EXITS, exits_of
from goleaklint.calls.known import Callees, Known
from goleaklint.calls.scan import Scan
from goleaklint.calls.sources import Sources
from goleaklint.calls.summary import BLANK, Summary, promised
from goleaklint.files.load import load
from goleaklint.files.selection import GoFile
from goleaklint.files.text import SourceText
from goleaklint.index.hints import is_within
from goleaklint.index.package import Function, PackageFile
from goleaklint.index.package_names import PackageNames
from goleaklint.index.program import Decl, FileScope, PackageScope
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.knowledge import Knowledge, NoReturn
from goleaklint.model import Notification
from goleaklint.syntax import ast
from goleaklint.syntax.parse import parse_body
from goleaklint.types.declared import Declared
from goleaklint.types.infer import Inference
from goleaklint.types.members import Member

MAX_FUNCTIONS = 5_000
"""How many functions are kept with all that was worked out for them, some 50 KB each; then all are let go. A package
rarely asks for more than a few hundred. What is let go may have to be read again."""

MAX_PLACES = 120
"""A method whose name stands in more places than this is one like Close: who calls it through interfaces tells little,
and is much to read."""

_IN_NAMES = frozenset(bytes((each,)) for each in range(128) if chr(each).isalnum() or chr(each) == "_")
"""What goes on with a name, if it stands before or behind it."""

Place = tuple[str, int]
"""The absolute path of a file and the offset at which a function starts in it."""


class Functions:
    """The functions of the packages under analysis. What is asked for is read, resolved and lowered once."""

    def __init__(self, declared: Declared, knowledge: Knowledge, sources: Sources | None = None) -> None:
        self.declared = declared
        self.knowledge = knowledge
        self.sources = sources or Sources()
        self._own = {path for paths in self.sources.files.values() for path in paths}
        self._callees = Callees(knowledge)
        watched = self._callees.watched
        self._summaries = Demand(self, lambda code: summarise(Scan(code), watched), BLANK, promised)
        self._exits = Demand(self, exits_of, UNKNOWN_EXITS)
        self._functions: dict[Place, DeclaredFunction | None] = {}
        self._texts: dict[str, SourceText | None] = {}
        self._scopes: dict[PackageScope, Mapping[str, Symbol]] = {}
        self._callers: dict[Place, AsFound[CallSite]] = {}
        self._by_file: dict[tuple[PackageScope, bool], dict[str, list[Decl]]] = {}
        self.cache: dict[object, object] = {}
        """What engines found out about these functions, each under a key of its own; let go together with them."""

    # --- functions

    def enter(self, function: Function, scope: FileScope) -> DeclaredFunction:
        """A function whose body has been read already."""
        place = scope.source.path, function.decl.start
        found = self._functions.get(place)
        if found is None or found.scope.package is not scope.package:
            found = self._functions[place] = DeclaredFunction(self, function, scope)
        return found

    def of(self, decl: Decl) -> DeclaredFunction | None:
        """The function that is declared there; None without a body that can be read, or outside of the analysis."""
        node, path = decl.node, decl.file.source.path
        if not isinstance(node, ast.FuncDecl) or not node.body_end or not self._is_own(path):
            return None
        place = path, node.start
        if place not in self._functions:
            self._functions[place] = self._read(node, decl.file)
        return self._functions[place]

    def _is_own(self, path: str) -> bool:
        return path in self._own or (path.startswith(self.sources.roots) and "/vendor/" not in path)

    def in_package(self, package: PackageScope, word: re.Pattern[bytes] | None = None) -> Iterator[DeclaredFunction]:
        """The functions and methods of a package that can be read, in the order of their files.

        With `word`, only those whose bodies it is found in: the others are not read.
        """
        self._read_generated(package, word)
        for decl in _functions_of(package):
            if word is None or self.holds(decl, word):
                found = self.of(decl)
                if found is not None:
                    yield found

    def holds(self, decl: Decl, word: re.Pattern[bytes]) -> bool:
        """Reports whether a word is found in the body of a function that can be read. This does not read it."""
        node, path = decl.node, decl.file.source.path
        if not isinstance(node, ast.FuncDecl) or not node.body_end or not self._is_own(path):
            return False
        text = self.text(path)
        return text is not None and word.search(text.data, node.body_start, node.body_end) is not None

    def symbols(self, package: PackageScope) -> Mapping[str, Symbol]:
        """What a package declares, as names in its functions refer to it: each thing is one symbol in all of them."""
        found = self._scopes.get(package)
        if found is None:
            found = self._scopes[package] = PackageNames(package)
        return found

    def _read(self, node: ast.FuncDecl, scope: FileScope) -> DeclaredFunction | None:
        text = self.text(scope.source.path)
        if text is None or any(start < node.end and end > node.start for start, end in scope.source.syntax.errors):
            return None
        body = scope.source.body(node) or parse_body(text, node)
        if body is None or body.bad:
            return None
        return DeclaredFunction(self, Function(PackageFile(text, scope.source.syntax), node, body), scope)

    def text(self, path: str) -> SourceText | None:
        """The text of a file under analysis; None where it cannot be read."""
        if path not in self._texts:
            shown = self.sources.shown.get(path, path)
            loaded = load(GoFile(shown, path, "", "", data=self.sources.data.get(path)))
            self._texts[path] = None if isinstance(loaded, Notification) else SourceText(shown, loaded.data)
        return self._texts[path]

    def forget(self) -> None:
        """Let the functions go, if there are many, but not what was found out about them. Between packages only: what
        is read anew is not the same syntax."""
        if len(self._functions) >= MAX_FUNCTIONS:
            self._functions.clear()
            self._callers.clear()
            self.cache.clear()
            gc.collect()  # functions and their code know each other, and nobody else collects

    # --- what calls do

    def known(self, call: ast.Call, types: Inference) -> Known:
        """What is known of a call in a function whose expressions `types` knows: by its summary, or by packs."""
        found = types.callee(call)
        decl = found.decl if isinstance(found, Member) else found
        summary = self.summary(decl) if isinstance(decl, Decl) else None
        if summary is None or not isinstance(decl, Decl):
            return self._callees.by_packs(call, types)
        return self._callees.by_summary(decl, summary, offset=int(isinstance(found, Member)))

    def summary(self, decl: Decl) -> Summary | None:
        """The summary of a function under analysis; None for others."""
        return self._summaries.of(decl)

    def never_returns(self, call: ast.Call, function: DeclaredFunction) -> NoReturn | None:
        """How a call in a function ends that never returns; None for one that returns.

        Only calls of names are looked into under which such functions are known, or that look like it: in most
        functions there are none, and their types are not asked for.
        """
        fun = ast.unparen(call.fun)
        name = fun.name.name if isinstance(fun, ast.Selector) else fun.name if isinstance(fun, ast.Ident) else ""
        if name not in self.sources.endings and name not in self.knowledge.ending_names:
            return None
        found = function.types.callee(call)
        decl = found.decl if isinstance(found, Member) else found
        exits = self._exits.of(decl) if isinstance(decl, Decl) else None
        if exits is None:
            return self._callees.ending(call, function.types)
        return None if exits.returns else NoReturn.PANIC if exits.panics else NoReturn.PROCESS

    # --- callers

    def callers(self, decl: Decl) -> tuple[CallSite, ...]:
        """Where a function under analysis is called, spawned, deferred or used as a value, as far as can be read."""
        node = decl.node
        if not isinstance(node, ast.FuncDecl):
            return ()
        return tuple(self._sites(decl, node))

    def each_caller(self, decl: Decl) -> Iterator[CallSite]:
        """The same, found one after the other: for who may not want to know all."""
        return iter(self._sites(decl, decl.node) if isinstance(decl.node, ast.FuncDecl) else ())

    def _sites(self, decl: Decl, node: ast.FuncDecl) -> AsFound[CallSite]:
        place = decl.file.source.path, node.start
        found = self._callers.get(place)
        if found is None:
            found = self._callers[place] = AsFound(self._find_callers(decl, node))
        return found

    def interface_callers(self, decl: Decl) -> Iterator[CallSite] | None:
        """Where a method may be called through an interface that its type meets; None if its name says too little."""
        if not isinstance(decl.node, ast.FuncDecl) or decl.node.receiver is None:
            return None
        named = list(self._places(decl, method=True))
        if sum(len(places) for _, _, places in named) > MAX_PLACES:
            return None
        return (
            site
            for path, file, places in named
            for function, within in self._around(path, file, places)
            for site in function.uses_of(decl, within, indirect=True)
        )

    def _find_callers(self, decl: Decl, node: ast.FuncDecl) -> Iterator[CallSite]:
        for path, file, places in self._places(decl, method=node.receiver is not None):
            for function, within in self._around(path, file, places):
                yield from function.uses_of(decl, within)

    def _places(self, decl: Decl, *, method: bool) -> Iterator[tuple[str, str, list[int]]]:
        """Where the name of a function stands that may be called there: package, file and offsets."""
        name = decl.name.encode()
        home = decl.file.package.path
        for path, file, data in self._all_texts if decl.name[:1].isupper() else self._texts_of(home):
            if name in data and (method or path == home or _imports(data, home)):
                yield path, file, list(_named(data, name, method))

    @cached_property
    def _all_texts(self) -> list[tuple[str, str, bytes]]:
        """Package, file and text of all files in which functions may be used; asked for each exported function."""
        return [each for path in self.sources.packages() for each in self._texts_of(path)]

    def _texts_of(self, path: str) -> Iterator[tuple[str, str, bytes]]:
        for file in self.sources.of_package(path):
            text = self.text(file)
            if text is not None:
                yield path, file, text.data

    def _around(
        self, package: str, file: str, places: Sequence[int]
    ) -> Iterator[tuple[DeclaredFunction, Sequence[int]]]:
        """The functions of a file that some of the places lie in, with those places."""
        scope = self.declared.program.package(package)
        for decl in self._functions_in(scope, file) if places and scope is not None else ():
            node = decl.node
            if isinstance(node, ast.FuncDecl) and is_within(places, node.body_start, node.body_end):
                found = self.of(decl)
                if found is not None:
                    first, last = bisect_left(places, node.body_start), bisect_left(places, node.body_end)
                    yield found, places[first:last]

    def _functions_in(self, package: PackageScope, file: str) -> Sequence[Decl]:
        """The functions and methods of a file, in their order."""
        found = self._files_of(package)
        if file not in found and package.more is not None:
            package.all_sources()
            found = self._files_of(package)
        return found.get(file, ())

    def _files_of(self, package: PackageScope) -> dict[str, list[Decl]]:
        """The functions and methods of a package by the file they are in, as far as it was read."""
        key = package, package.more is None
        found = self._by_file.get(key)
        if found is None:
            found = self._by_file[key] = {}
            for decl in _functions_of(package):
                found.setdefault(decl.file.source.path, []).append(decl)
        return found

    def _read_generated(self, package: PackageScope, word: re.Pattern[bytes] | None) -> None:
        """Read the generated files of a package if they hold a word: whether they were read before must not count."""
        if package.more is None:
            return
        files = self.sources.of_package(package.path)
        unread = set(files).difference(self._files_of(package))
        texts = (text for path in unread if (text := self.text(path)) is not None)
        if not files or word is None or any(word.search(text.data) for text in texts):
            package.all_sources()


def _named(data: bytes, name: bytes, method: bool) -> Iterator[int]:
    """Where a name stands; a method's never without what it is a method of, and a dot."""
    at = data.find(name)
    while at >= 0:
        end = at + len(name)
        whole = data[end : end + 1] not in _IN_NAMES and data[at - 1 : at] not in _IN_NAMES
        if whole and (not method or data[max(0, at - 40) : at].rstrip().endswith(b".")):
            yield at
        at = data.find(name, end)


def _imports(data: bytes, path: str) -> bool:
    """Reports whether a file names an import path, as all do that use the package's functions."""
    return b'"%s"' % path.encode() in data or b"`%s`" % path.encode() in data


def _functions_of(package: PackageScope) -> list[Decl]:
    methods = (decls for by_name in package.methods.values() for decls in by_name.values())
    found = [each for decls in (*package.decls.values(), *methods) for each in decls if each.kind is SymbolKind.FUNC]
    places = {(each.file.source.path, each.node.start): each for each in found}
    return [places[place] for place in sorted(places)]


__all__ = ["Functions", "Sources"]
