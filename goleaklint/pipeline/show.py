"""A stage, a file and perhaps a function in; what that stage makes of them, as text, out."""

import os
from dataclasses import dataclass
from pathlib import Path

from goleaklint.calls.functions import Functions
from goleaklint.files.discovery import select
from goleaklint.files.load import Loaded, load
from goleaklint.files.patterns import PatternError
from goleaklint.files.selection import GoFile, Selection
from goleaklint.files.text import SourceText
from goleaklint.flow.printing import graph_mermaid, graph_text
from goleaklint.index.finding import module_cache_root, source_file
from goleaklint.index.package import Function, Package, PackageFile
from goleaklint.index.printing import declarations, uses
from goleaklint.index.program import FileScope, Program
from goleaklint.index.scopes import package_scope, resolve
from goleaklint.knowledge import load_knowledge
from goleaklint.model import Notification
from goleaklint.pipeline.calls import shown_calls
from goleaklint.pipeline.checking import OLDEST_GO, views
from goleaklint.pipeline.summaries import summary_pages
from goleaklint.pipeline.workers import finders
from goleaklint.rules._view import Setting
from goleaklint.syntax.parse import Tree
from goleaklint.syntax.printing import outline
from goleaklint.types.declared import Declared
from goleaklint.types.dump import file_scope, typed_function
from goleaklint.types.printing import type_string


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file with everything that a stage may want to know about it."""

    file: PackageFile
    package: Package
    functions: tuple[Function, ...]
    scope: FileScope
    declared: Declared


def show_stage(stage: str, target: str, cwd: Path, *, mermaid: bool = False) -> str:
    """The page for `FILE` or `FILE:FUNC`. Raises PatternError where there is no such file or function."""
    path, wanted = _split(target, cwd)
    selection = select((path,), cwd=cwd, tests=True)
    file = next((file for file in selection.files if file.reported), None)
    if file is None:
        raise PatternError((f"{path} is no Go file that is read",))
    loaded = load(file)
    if isinstance(loaded, Notification):
        raise PatternError((f"{path}: {loaded.message}",))
    if stage == "files":
        return _file_page(file, loaded, selection)
    if stage == "summary":
        return summary_pages(path, wanted, cwd)
    if stage == "calls":
        return shown_calls(path, wanted, cwd, drawn=mermaid)
    opened = _open(file, loaded, selection)
    if stage == "index":
        return declarations(opened.file)
    if stage == "syntax" and not wanted:
        return outline(opened.file.syntax, opened.file.text)
    chosen = [each for each in opened.functions if not wanted or wanted in (each.name, each.decl.name.name)]
    if not chosen:
        known = ", ".join(each.name for each in opened.functions) or "none"
        raise PatternError((f"{path} has no function {wanted or 'with a body'}; it has: {known}",))
    return "\n".join(_function_page(stage, each, opened, mermaid=mermaid) for each in chosen)


def _split(target: str, cwd: Path) -> tuple[str, str]:
    """File and function; a colon may belong to the path (`C:\\x.go`), so the whole is tried first."""
    if (cwd / target).is_file():
        return target, ""
    path, _, function = target.rpartition(":")
    return (path, function) if path else (target, "")


def _open(file: GoFile, loaded: Loaded, selection: Selection) -> _Opened:
    text = SourceText(file.path, loaded.data)
    tree = Tree(text)
    source = source_file(tree.file(), loaded)
    package_file = PackageFile(text, source.syntax)
    module = selection.modules.get(file.module)
    package = Package(file.package, source.syntax.package, module, (package_file,))
    functions = tuple(
        Function(package_file, decl, body) for decl in source.syntax.functions if (body := tree.body(decl)) is not None
    )
    declared = Declared(Program(finders({}, selection.modules, module_cache_root(os.environ), load_knowledge())))
    return _Opened(package_file, package, functions, file_scope(declared.program, file, source), declared)


def _file_page(file: GoFile, loaded: Loaded, selection: Selection) -> str:
    module = selection.modules.get(file.module)
    rows = {
        "path": file.path,
        "package": file.package,
        "module": "" if module is None else module.path,
        "go version": "" if module is None else module.go_version,
        "test": str(file.is_test).lower(),
        "generated": str(loaded.header.generated).lower(),
        "build constraint": str(loaded.header.constraint or "none"),
        "bytes": str(len(loaded.data)),
    }
    return "".join(f"{name}: {value}\n" for name, value in rows.items())


def _function_page(stage: str, function: Function, opened: _Opened, *, mermaid: bool) -> str:
    text = function.file.text
    match stage:
        case "syntax":
            return outline(function.body, text)
        case "names":
            names = resolve(function, package_scope(opened.package), opened.scope.imports)
            return f"func {function.name}\n{uses(names, text)}"
        case "types":
            return f"func {function.name}\n{_types(function, opened)}"
    knowledge = load_knowledge()
    setting = Setting(opened.package, knowledge, OLDEST_GO, Functions(opened.declared, knowledge))
    draw = graph_mermaid if mermaid else graph_text
    comment = "%% " if mermaid else ""
    found = views(setting, function, opened.scope)
    return "\n".join(f"{comment}func {view.name}\n{draw(view.graph, text)}" for view in found)


def _types(function: Function, opened: _Opened) -> str:
    """Every expression of the function in the order of the text: place, source, type."""
    text = function.file.text
    recorder = typed_function(opened.declared, opened.package, opened.scope, function)
    lines = []
    for (start, end), kind in sorted(recorder.types.items()):
        span = text.span(start, end)
        source = " ".join(text.data[start:end].decode("utf-8", "replace").split())
        shown = source if len(source) <= 40 else f"{source[:37]}..."
        lines.append(f"{span.line}:{span.column} {shown}: {type_string(kind)}")
    return "".join(f"{line}\n" for line in lines)
