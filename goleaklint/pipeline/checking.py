"""The facts of one directory in, with the program around it; the rules' findings out. Runs in worker processes."""

import re
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping

from goleaklint.calls.functions import Functions
from goleaklint.files.load import load
from goleaklint.files.selection import Module
from goleaklint.files.text import SourceText
from goleaklint.index.facts import FileFacts, decode
from goleaklint.index.hints import is_within
from goleaklint.index.package import Function, Package, PackageFile, global_literals
from goleaklint.index.program import FileScope, PackageScope, Program
from goleaklint.model import Notification
from goleaklint.pipeline.batch import BatchResult, Directory, Stage
from goleaklint.pipeline.crashes import TOOL, crash_of
from goleaklint.rules._api import Rule
from goleaklint.rules._view import FunctionView, Setting
from goleaklint.syntax import ast
from goleaklint.syntax.parse import parse_body

OLDEST_GO = (1, 12)
"""What is assumed where no go.mod names a version: older than 1.13, when the go line became mandatory."""


def check(directory: Directory, data: bytes, functions: Functions, stage: Stage) -> BatchResult:
    """Everything that the rules find in one directory; `data` are its facts, `functions` those of the whole run."""
    result = BatchResult()
    started = time.perf_counter()
    by_name: dict[str, list[FileFacts]] = defaultdict(list)
    for facts in decode(data).files:
        by_name[facts.source.syntax.package].append(facts)
    for name in sorted(by_name):
        result.counts["packages"] += 1
        if stage.makers or any(_has_work(facts) for facts in by_name[name]):
            _check_package(directory, name, by_name, functions, stage, result)
    functions.forget()
    result.timings["rules"] += time.perf_counter() - started
    return result


def _check_package(
    directory: Directory,
    name: str,
    facts: Mapping[str, list[FileFacts]],
    functions: Functions,
    stage: Stage,
    result: BatchResult,
) -> None:
    program = functions.declared.program
    scope = _scope(program, directory.package, name, facts)
    files = {each.path: each for each in directory.files}
    for each in facts[name]:
        if not stage.makers and not _has_work(each):
            continue
        loaded = load(files[each.path])
        if isinstance(loaded, Notification):
            continue
        file = PackageFile(SourceText(each.path, loaded.data), each.source.syntax)
        package = Package(directory.package, name, directory.module, (file,))
        version = go_version(directory.module, stage.go_version)
        setting = Setting(package, stage.knowledge, version, functions, result.unknown)
        file_scope = program.file_scope(scope, each.source)
        calls = stage.acquisitions(loaded.data, each.source.syntax)
        for function in _functions(file, each, stage, calls):
            _check_function(function, setting, file_scope, stage, calls, result)


def _functions(file: PackageFile, facts: FileFacts, stage: Stage, calls: list[int]) -> Iterator[Function]:
    """The functions of a file in which something may be found: those read already, those that use what became known
    when all was read, and the literals in its variables."""
    for decl in file.syntax.functions:
        body = facts.source.body(decl)
        if body is None and is_within(calls, decl.body_start, decl.body_end) and not _is_damaged(decl, file.syntax):
            body = parse_body(file.text, decl)
        if body is not None and not body.bad:
            yield Function(file, decl, body)
    yield from global_literals(file)


def _is_damaged(decl: ast.FuncDecl, syntax: ast.File) -> bool:
    return any(start < decl.end and end > decl.start for start, end in syntax.errors)


def _has_work(facts: FileFacts) -> bool:
    """Reports whether a file has functions to look into: bodies that were kept, or literals in its variables."""
    return bool(facts.source.bodies) or any(each.values for each in _variables(facts))


def _variables(facts: FileFacts) -> Iterator[ast.ValueSpec]:
    specs = facts.source.syntax.specs
    return (spec for spec in specs if isinstance(spec, ast.ValueSpec) and not spec.const)


def _scope(program: Program, path: str, name: str, facts: Mapping[str, list[FileFacts]]) -> PackageScope:
    """The package's own scope. One with tests in it, or that cannot be imported, is not what others see of it."""
    package = program.package(path)
    if package is not None and package.name == name and not any(each.is_test for each in facts[name]):
        return package
    return program.apart(path, name, (each.source for beside in facts.values() for each in beside))


def _check_function(
    function: Function, setting: Setting, file_scope: FileScope, stage: Stage, calls: list[int], result: BatchResult
) -> None:
    data = function.file.text.data
    start, end = function.decl.body_start, function.decl.body_end
    acquires = is_within(calls, start, end)
    held = {word for word in stage.words if data.find(word, start, end) >= 0}
    rules = [rule for rule in stage.rules if (rule.resources and acquires) or not held.isdisjoint(rule.words)]
    if not rules:
        return
    try:
        for view in views(setting, function, file_scope):
            for rule in rules:
                _run(view, rule, result)
    except Exception as problem:
        text = function.file.text
        line = text.line_of(function.decl.start)
        result.crashes.append(crash_of(problem, TOOL, function.name, text.path, line))


def views(setting: Setting, function: Function, file_scope: FileScope) -> Iterator[FunctionView]:
    """The function and every function literal in it."""
    whole = setting.functions.enter(function, file_scope)
    return (FunctionView(setting, code) for code in whole.all_code())


def _run(view: FunctionView, rule: Rule, result: BatchResult) -> None:
    """Run one rule on one function; if it crashes, that is said and all else goes on."""
    try:
        result.findings += view.run(rule.info, rule.check)
    except Exception as problem:
        text = view.function.file.text
        line = text.line_of(view.node.start)
        result.crashes.append(crash_of(problem, rule.info.id, view.name, text.path, line))


def go_version(module: Module | None, asked: str) -> tuple[int, int]:
    """The Go version that decides, as major and minor number."""
    text = asked or (module.go_version if module is not None else "")
    found = re.match(r"(\d+)(?:\.(\d+))?", text)
    return (int(found[1]), int(found[2] or 0)) if found is not None else OLDEST_GO
