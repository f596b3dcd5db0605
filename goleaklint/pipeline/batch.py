"""One directory of Go files in; its findings, suppressions and notifications out. Runs in worker processes."""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from goleaklint.files.load import Loaded, load
from goleaklint.files.selection import GoFile, Module
from goleaklint.files.text import SourceText
from goleaklint.flow.walk import literals
from goleaklint.index.package import Function, Package, PackageFile
from goleaklint.index.scopes import package_scope, resolve
from goleaklint.index.symbols import Symbol
from goleaklint.knowledge import Knowledge
from goleaklint.model import Finding, Notification, Suppression
from goleaklint.rules._api import Rule
from goleaklint.rules._view import FunctionView, Setting
from goleaklint.syntax import ast
from goleaklint.syntax.directives import DirectiveMistake, directives
from goleaklint.syntax.parse import Tree

OLDEST_GO = (1, 12)
"""What is assumed where no go.mod names a version: older than 1.13, when the go line became mandatory."""


@dataclass(slots=True)
class Directory:
    """The files of one directory; `package` is its import path."""

    package: str
    module: Module | None
    files: list[GoFile]


@dataclass(slots=True)
class BatchResult:
    """What came of some directories. `files` counts them by what was done with them; `timings` are seconds."""

    findings: list[Finding] = field(default_factory=list)
    suppressions: list[Suppression] = field(default_factory=list)
    mistakes: list[DirectiveMistake] = field(default_factory=list)
    notifications: list[Notification] = field(default_factory=list)
    files: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    timings: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, other: "BatchResult") -> None:
        self.findings += other.findings
        self.suppressions += other.suppressions
        self.mistakes += other.mistakes
        self.notifications += other.notifications
        self.files += other.files
        self.counts += other.counts
        for name, seconds in other.timings.items():
            self.timings[name] += seconds


@dataclass(frozen=True, slots=True)
class Stage:
    """What every worker needs: the rules to run, what is known of libraries, the Go version that was asked for."""

    rules: tuple[Rule, ...]
    knowledge: Knowledge
    go_version: str

    def words(self) -> tuple[bytes, ...]:
        """Texts of which a function must hold one for any rule to be able to find something in it."""
        return tuple(sorted({word for rule in self.rules for word in rule.words}))


@dataclass(slots=True)
class _Parsed:
    """A file while its tree is at hand."""

    file: PackageFile
    tree: Tree


def analyse(directory: Directory, stage: Stage) -> BatchResult:
    """Everything that the rules find in one directory."""
    result = BatchResult()
    by_name: dict[str, list[_Parsed]] = defaultdict(list)
    for file in directory.files:
        parsed = _parse(file, result)
        if parsed is not None:
            by_name[parsed.file.syntax.package].append(parsed)
    for name in sorted(by_name):
        started = time.perf_counter()
        _check_package(_package(directory, name, by_name[name], stage, result), stage, result)
        result.timings["rules"] += time.perf_counter() - started
        result.counts["packages"] += 1
    return result


def _parse(file: GoFile, result: BatchResult) -> _Parsed | None:
    """Read and parse a file; None, and the reason in `result`, where there is nothing to analyse."""
    started = time.perf_counter()
    loaded = load(file)
    if isinstance(loaded, Notification):
        result.files["not analysed"] += 1
        result.notifications.append(loaded)
        return None
    if loaded.header.generated:
        result.files["generated"] += 1
        return None
    text = SourceText(file.path, loaded.data)
    tree = Tree(text)
    result.timings["parse"] += time.perf_counter() - started
    started = time.perf_counter()
    syntax = tree.file()
    result.timings["index"] += time.perf_counter() - started
    if not syntax.package:
        result.files["not analysed"] += 1
        result.notifications.append(Notification("GL900", "no package clause; not analysed", file.path, 1))
        return None
    result.files["analysed in part" if syntax.errors or syntax.too_deep else "analysed"] += 1
    result.notifications += _syntax_notifications(loaded, text, syntax)
    suppressions, mistakes = directives(text, tree.root)
    result.suppressions += suppressions
    result.mistakes += mistakes
    return _Parsed(PackageFile(text, syntax, file.reported), tree)


def _syntax_notifications(loaded: Loaded, text: SourceText, syntax: ast.File) -> Iterator[Notification]:
    """One notification at most: what could not be read, and what is left out for it."""
    if syntax.errors:
        start, _ = min(syntax.errors)
        touched = [each.name.name for each in syntax.functions if _touches(each, syntax.errors)]
        left_out = f"{_listed(touched)} not analysed" if touched else "what it touches is not analysed"
        yield Notification("GL900", f"syntax error; {left_out}", loaded.file.path, text.line_of(start))
    elif syntax.too_deep:
        yield Notification("GL900", "nested too deeply to be read; what is inside is not analysed", loaded.file.path)


def _touches(function: ast.FuncDecl, errors: Iterable[tuple[int, int]]) -> bool:
    return any(start <= function.end and end >= function.start for start, end in errors)


def _listed(names: list[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:3])} and {len(names) - 3} more functions are"
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'}"


def _package(directory: Directory, name: str, parsed: list[_Parsed], stage: Stage, result: BatchResult) -> Package:
    """The package with the bodies of those functions that some rule may find something in."""
    words = stage.words()
    functions: list[Function] = []
    for each in parsed:
        data = each.file.text.data
        for decl in each.file.syntax.functions:
            result.counts["functions"] += 1
            if not any(data.find(word, decl.body_start, decl.body_end) >= 0 for word in words):
                continue
            body = each.tree.body(decl)
            if body is None:
                continue
            if body.bad:
                result.counts["functions with syntax errors"] += 1
                continue
            result.counts["functions read"] += 1
            functions.append(Function(each.file, decl, body))
    files = tuple(each.file for each in parsed)
    return Package(directory.package, name, directory.module, files, tuple(functions))


def _check_package(package: Package, stage: Stage, result: BatchResult) -> None:
    setting = Setting(package, stage.knowledge, _go_version(package.module, stage.go_version))
    scope = package_scope(package)
    for function in package.functions:
        data = function.file.text.data
        start, end = function.decl.body_start, function.decl.body_end
        rules = [rule for rule in stage.rules if any(data.find(word, start, end) >= 0 for word in rule.words)]
        for view in views(setting, function, scope):
            for rule in rules:
                _check(view, rule, result)


def views(setting: Setting, function: Function, scope: dict[str, Symbol]) -> Iterator[FunctionView]:
    """The function and every function literal in it, under the names that Go's stack traces give them."""
    names = resolve(function, scope)
    pending: list[tuple[ast.FuncBody | ast.FuncLit, str, int]] = [(function.body, function.name, 0)]
    while pending:
        node, name, depth = pending.pop(0)
        yield FunctionView(setting, function, names, node, name, depth)
        stmts = node.block.stmts if isinstance(node, ast.FuncBody) else node.body.stmts
        for number, literal in enumerate(literals(stmts), 1):
            inner = f"{name}.func{number}" if depth == 0 else f"{name}.{number}"
            pending.append((literal, inner, depth + 1))


def _check(view: FunctionView, rule: Rule, result: BatchResult) -> None:
    """Run one rule on one function; if it crashes, that is said and all else goes on."""
    try:
        result.findings += view.run(rule.info, rule.check)
    except Exception as problem:
        message = f"{rule.info.id} crashed in {view.name}: {type(problem).__name__}: {problem}"
        line = view.function.file.text.line_of(view.node.start)
        result.notifications.append(Notification("GL901", message, view.function.file.text.path, line))


def _go_version(module: Module | None, asked: str) -> tuple[int, int]:
    """The Go version that decides, as major and minor number."""
    text = asked or (module.go_version if module is not None else "")
    major, _, rest = text.partition(".")
    digits = "".join(sign for sign in rest.partition(".")[0].partition("rc")[0].partition("beta")[0] if sign.isdigit())
    return (int(major), int(digits or 0)) if major.isdigit() else OLDEST_GO
