"""A stage, a file and perhaps a function in; what that stage makes of them, as text, out."""

from pathlib import Path

from goleaklint.files.discovery import select
from goleaklint.files.load import Loaded, load
from goleaklint.files.patterns import PatternError
from goleaklint.files.selection import GoFile, Selection
from goleaklint.files.text import SourceText
from goleaklint.flow.printing import graph_mermaid, graph_text
from goleaklint.index.package import Function, Package, PackageFile
from goleaklint.index.printing import declarations, uses
from goleaklint.index.scopes import package_scope, resolve
from goleaklint.knowledge import load_knowledge
from goleaklint.model import Notification
from goleaklint.pipeline.batch import OLDEST_GO, views
from goleaklint.rules._view import Setting
from goleaklint.syntax.parse import Tree
from goleaklint.syntax.printing import outline


def show_stage(stage: str, target: str, cwd: Path, *, mermaid: bool = False) -> str:
    """The page for `FILE` or `FILE:FUNC`. Raises PatternError where there is no such file or function."""
    path, wanted = _split(target, cwd)
    selection = select((path,), cwd=cwd, tests=True)
    file = next(file for file in selection.files if file.reported)
    loaded = load(file)
    if isinstance(loaded, Notification):
        raise PatternError((f"{path}: {loaded.message}",))
    if stage == "files":
        return _file_page(file, loaded, selection)
    text = SourceText(file.path, loaded.data)
    tree = Tree(text)
    package_file = PackageFile(text, tree.file())
    functions = [
        Function(package_file, decl, body)
        for decl in package_file.syntax.functions
        if (body := tree.body(decl)) is not None
    ]
    if stage == "index":
        return declarations(package_file)
    if stage == "syntax" and not wanted:
        return outline(package_file.syntax, text)
    package = Package(
        file.package, package_file.syntax.package, selection.modules.get(file.module), (package_file,), tuple(functions)
    )
    chosen = [each for each in functions if not wanted or wanted in (each.name, each.decl.name.name)]
    if not chosen:
        known = ", ".join(each.name for each in functions) or "none"
        raise PatternError((f"{path} has no function {wanted}; it has: {known}",))
    return "\n".join(_function_page(stage, each, package, mermaid=mermaid) for each in chosen)


def _split(target: str, cwd: Path) -> tuple[str, str]:
    """File and function; a colon may belong to the path (`C:\\x.go`), so the whole is tried first."""
    if (cwd / target).is_file():
        return target, ""
    path, _, function = target.rpartition(":")
    return (path, function) if path else (target, "")


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


def _function_page(stage: str, function: Function, package: Package, *, mermaid: bool) -> str:
    text = function.file.text
    if stage == "syntax":
        return outline(function.body, text)
    if stage == "names":
        return f"func {function.name}\n{uses(resolve(function, package_scope(package)), text)}"
    setting = Setting(package, load_knowledge(), OLDEST_GO)
    draw = graph_mermaid if mermaid else graph_text
    comment = "%% " if mermaid else ""
    found = views(setting, function, package_scope(package))
    return "\n".join(f"{comment}func {view.name}\n{draw(view.graph, text)}" for view in found)
