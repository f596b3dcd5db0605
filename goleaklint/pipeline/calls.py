"""Patterns in; the call graph of the packages they mean, or what is around one function of it, out."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goleaklint.calls.build import build
from goleaklint.calls.code import DeclaredFunction
from goleaklint.calls.declarations import CallPackage, Declarations
from goleaklint.calls.functions import Functions, Sources
from goleaklint.calls.graph import CallGraph
from goleaklint.calls.nodes import EdgeKind, FunctionId
from goleaklint.calls.summary import Summary
from goleaklint.files.discovery import select
from goleaklint.files.load import load
from goleaklint.files.patterns import PatternError
from goleaklint.files.selection import GoFile, Module, Selection
from goleaklint.files.text import SourceText
from goleaklint.index.finding import module_cache_root, source_file
from goleaklint.index.hints import endings
from goleaklint.index.package import Function, Package, PackageFile
from goleaklint.index.program import Finder, PackageSource, Program, SourceFile
from goleaklint.knowledge import Knowledge, load_knowledge
from goleaklint.model import Notification
from goleaklint.pipeline.memory import uncollected
from goleaklint.pipeline.workers import finders
from goleaklint.reports import graphs
from goleaklint.syntax.parse import Tree
from goleaklint.types.declared import Declared


@dataclass(slots=True)
class _Group:
    """The files of a directory that share a package name."""

    module: Module | None
    files: list[PackageFile] = field(default_factory=list)
    sources: list[SourceFile] = field(default_factory=list)
    functions: list[Function] = field(default_factory=list)
    tests: bool = False


@dataclass(frozen=True, slots=True)
class CallProgram:
    """What a call graph is built from. `texts` are the files by the path the user is shown."""

    packages: tuple[CallPackage, ...]
    declared: Declared
    knowledge: Knowledge
    texts: dict[str, SourceText]

    def graph(self) -> CallGraph:
        """The call graph of all functions."""
        with uncollected():
            return build(self.packages, self.declared, self.knowledge)

    def analysis(self) -> Functions:
        """The functions of the packages, each to be read when it is asked for."""
        files: dict[str, list[str]] = defaultdict(list)
        shown: dict[str, str] = {}
        ending: set[str] = set()
        for entry in self.packages:
            for file in entry.package.files:
                path = entry.scopes[file.text.path].source.path
                files[entry.package.path].append(path)
                shown[path] = file.text.path
                ending.update(endings(file.syntax, file.text.data))
        modules = (entry.package.module for entry in self.packages)
        roots = tuple(sorted({f"{module.directory}/" for module in modules if module is not None}))
        sources = Sources(files, shown=shown, endings=frozenset(ending), roots=roots)
        return Functions(self.declared, self.knowledge, sources)

    def functions(self) -> dict[FunctionId, DeclaredFunction]:
        """The declared functions whose syntax is understood, with what can be asked about each."""
        functions = self.analysis()
        ids = Declarations(self.packages).ids
        return {
            ids[each.decl]: functions.enter(each, entry.scopes[each.file.text.path])
            for entry in self.packages
            for each in entry.package.functions
            if not each.body.bad
        }


def summaries(functions: Mapping[FunctionId, DeclaredFunction]) -> dict[FunctionId, Summary]:
    """The summaries of these functions; what they call is looked into as far as it takes."""
    with uncollected():
        made = ((identity, each.functions.summary(each.decl)) for identity, each in functions.items())
        return {identity: summary for identity, summary in made if summary is not None}


def call_program(patterns: Sequence[str], cwd: Path, *, tests: bool = False) -> CallProgram:
    """Read what the patterns mean, generated files included. Raises PatternError."""
    selection = select(tuple(patterns), cwd=cwd, tests=tests)
    groups: dict[tuple[str, str], _Group] = {}
    texts: dict[str, SourceText] = {}
    for file in selection.files:
        text = _read(file, selection, groups)
        if text is not None:
            texts[file.path] = text
    knowledge = load_knowledge()
    program = Program(_finders(groups, selection, knowledge))
    packages = tuple(_package(program, *key, group) for key, group in sorted(groups.items(), key=lambda each: each[0]))
    return CallProgram(packages, Declared(program), knowledge, texts)


def _read(file: GoFile, selection: Selection, groups: dict[tuple[str, str], _Group]) -> SourceText | None:
    """Enter a file in the group of its package; None where it cannot be read."""
    loaded = load(file)
    if isinstance(loaded, Notification):
        return None
    text = SourceText(file.path, loaded.data)
    tree = Tree(text)
    source = source_file(tree.file(), loaded)
    if not source.syntax.package:
        return None
    key = file.package, source.syntax.package
    group = groups.setdefault(key, _Group(selection.modules.get(file.module)))
    package_file = PackageFile(text, source.syntax, file.reported)
    group.files.append(package_file)
    group.sources.append(source)
    group.tests = group.tests or file.is_test
    bodies = ((decl, tree.body(decl)) for decl in source.syntax.functions)
    group.functions += (Function(package_file, decl, body) for decl, body in bodies if body is not None)
    return text


def _finders(groups: dict[tuple[str, str], _Group], selection: Selection, knowledge: Knowledge) -> Iterable[Finder]:
    """Where packages are found: first, so that declarations are the same ones, among what was read."""
    names: dict[str, list[str]] = defaultdict(list)
    for path, name in groups:
        names[path].append(name)

    def own(path: str) -> PackageSource | None:
        found = names.get(path, [])
        name = max(found, key=lambda each: (each != "main", not each.endswith("_test"), each), default="")
        group = groups.get((path, name))
        if group is None:
            return None
        pairs = zip(group.files, group.sources, strict=True)
        return PackageSource(path, name, tuple(source for file, source in pairs if not _is_test(file)))

    others = finders({}, selection.modules, module_cache_root(os.environ), knowledge)
    return [own, *others]


def _is_test(file: PackageFile) -> bool:
    return file.text.path.endswith("_test.go")


def _package(program: Program, path: str, name: str, group: _Group) -> CallPackage:
    scope = program.package(path)
    if scope is None or scope.name != name or group.tests:
        scope = program.scope(PackageSource(path, name, tuple(group.sources)))
    package = Package(path, name, group.module, tuple(group.files), tuple(group.functions))
    pairs = zip(group.files, group.sources, strict=True)
    return CallPackage(package, {file.text.path: program.file_scope(scope, source) for file, source in pairs})


def drawn_calls(
    patterns: Sequence[str],
    cwd: Path,
    style: str,
    *,
    roots: Sequence[str] = (),
    depth: int | None = None,
    kinds: Collection[str] = tuple(EdgeKind),
    tests: bool = False,
) -> str:
    """The call graph as `dot`, `mermaid` or `graphml`: all of it, or what the `roots` reach in `depth` calls.

    Raises PatternError where there are no such packages or functions.
    """
    graph = call_program(patterns or ("./...",), cwd, tests=tests).graph()
    chosen = {EdgeKind(kind) for kind in kinds}
    if roots:
        found = {name: graph.find(name) for name in roots}
        missing = tuple(f"no function {name} in these packages" for name, functions in found.items() if not functions)
        if missing:
            raise PatternError(missing)
        graph = graph.within({each for functions in found.values() for each in functions}, depth, chosen)
    elif len(chosen) < len(EdgeKind):
        # Of a whole module only the functions that such calls are between are of interest.
        edges = [edge for edge in graph.edges if edge.kind in chosen]
        graph = graph.part({end for edge in edges for end in (edge.caller, edge.callee)}, chosen)
    draw = {"dot": graphs.dot, "mermaid": graphs.mermaid, "graphml": graphs.graphml}
    return draw[style](graph)


def shown_calls(path: str, function: str, cwd: Path, *, drawn: bool = False) -> str:
    """Callees and callers, in its whole module, of a function of a file, or of all its functions and literals.

    `drawn` asks for a Mermaid flowchart. Raises PatternError where there is no such file or function.
    """
    selection = select((path,), cwd=cwd, tests=True)
    file = next((each for each in selection.files if each.reported), None)
    if file is None:
        raise PatternError((f"{path} is no Go file that is read",))
    module = selection.modules.get(file.module)
    place = path if module is None else f"{module.directory}/..."
    program = call_program((place, path), cwd, tests=file.is_test)
    graph = program.graph()
    own = [each for each in graph.functions if each.path == file.path]
    chosen = [each for each in own if not function or each in graph.find(function)]
    if not chosen:
        known = ", ".join(each.name for each in own) or "none"
        raise PatternError((f"{path} has no function {function or 'with a body'}; it has: {known}",))
    if not drawn:
        return "\n".join(graphs.neighbours(graph, each, program.texts) for each in chosen)
    edges = [edge for each in chosen for edge in (*graph.callees(each), *graph.callers(each))]
    around = CallGraph({*chosen, *(end for edge in edges for end in (edge.caller, edge.callee))}, set(edges))
    return graphs.mermaid(around)
