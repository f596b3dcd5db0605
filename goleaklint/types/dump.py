"""Files in; the types of all expressions in their functions out: for people, and to be held against Go's own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goleaklint.files.discovery import select
from goleaklint.files.load import load
from goleaklint.files.selection import GoFile, Selection
from goleaklint.files.text import SourceText
from goleaklint.index.finding import (
    ModuleCache,
    directory_files,
    module_finder,
    source_file,
    vendor_finder,
    with_std,
)
from goleaklint.index.package import Function, Package, PackageFile, global_literals
from goleaklint.index.program import Decl, FileScope, Program, SourceFile
from goleaklint.index.scopes import package_scope, resolve
from goleaklint.model import Notification
from goleaklint.syntax.parse import Tree
from goleaklint.syntax.reader import make_room
from goleaklint.types.declared import Declared
from goleaklint.types.function import function_types
from goleaklint.types.members import Member
from goleaklint.types.printing import type_string
from goleaklint.types.record import Recorder
from goleaklint.types.types import Unknown, mentions_unknown

Callee = tuple[str, str, str]
"""Import path, receiver (`(*T)`, `T` or "") and name of what is called."""


@dataclass(slots=True)
class FileTypes:
    """By byte offsets: types as text, `unknown: reason` for what is not known; callees, None likewise."""

    file: str
    exprs: dict[tuple[int, int], str] = field(default_factory=dict)
    calls: dict[tuple[int, int], Callee | None] = field(default_factory=dict)


def program_of(selection: Selection, module_cache: Path | None) -> Program:
    """The program that the selected files belong to."""
    own = (module_finder(selection.modules), vendor_finder(selection.modules))
    finders = with_std(own, selection.modules)
    if module_cache is not None:
        finders.append(ModuleCache(selection.modules, str(module_cache)).find)
    return Program(finders)


def typed_expressions(root: Path, files: Sequence[str], module_cache: Path | None) -> Iterator[FileTypes]:
    """The expressions and calls in the function bodies of the files, whose paths are relative to `root`."""
    make_room()
    selection = select(("./...",), cwd=root, tests=True)
    declared = Declared(program_of(selection, module_cache))
    wanted = set(files)
    for file in selection.files:
        found = read_file(file) if file.path in wanted else None
        if found is not None:
            yield typed_file(declared, file, *found)


def read_file(file: GoFile) -> tuple[Tree, SourceFile] | None:
    """A file's tree and declarations; None where it cannot be read."""
    loaded = load(file)
    if isinstance(loaded, Notification):
        return None
    tree = Tree(SourceText(file.path, loaded.data))
    return tree, source_file(tree.file(), loaded)


def typed_file(declared: Declared, file: GoFile, tree: Tree, source: SourceFile) -> FileTypes:
    """The expressions and calls in the functions of one file."""
    result = FileTypes(file.path)
    scope = file_scope(declared.program, file, source)
    package_file = PackageFile(tree.text, source.syntax)
    package = Package(file.package, source.syntax.package, None, (package_file,))
    for decl in source.syntax.functions:
        body = tree.body(decl)
        if body is not None:
            _collect(typed_function(declared, package, scope, Function(package_file, decl, body)), result)
    for function in global_literals(package_file):
        _collect(typed_function(declared, package, scope, function), result)
    return result


def typed_function(declared: Declared, package: Package, scope: FileScope, function: Function) -> Recorder:
    """The recorded types of one function of a file."""
    names = resolve(function, package_scope(package), scope.imports)
    recorder = Recorder(function_types(declared, scope, function.decl, names))
    recorder.function(function.decl.type, function.body.block)
    return recorder


def file_scope(program: Program, file: GoFile, source: SourceFile) -> FileScope:
    """The scope of a file in the package that its import path means, or else in one of its own."""
    package = program.package(file.package)
    if file.is_test or package is None or package.name != source.syntax.package:
        beside = directory_files(file.package, str(Path(file.absolute).parent))
        package = program.apart(file.package, source.syntax.package, beside)
    return program.file_scope(package, source)


def _collect(recorder: Recorder, result: FileTypes) -> None:
    for place, kind in recorder.types.items():
        unknown = mentions_unknown(kind)
        result.exprs[place] = f"unknown: {unknown.reason}" if unknown is not None else type_string(kind)
    for call in recorder.calls:
        callee = recorder.inference.callee(call)
        if callee is not None:
            result.calls[call.start, call.end] = _identity(callee)


def _identity(callee: Decl | Member | Unknown | None) -> Callee | None:
    match callee:
        case Decl():
            return callee.file.package.path, "", callee.name
        case Member(owner=owner, pointer=pointer, name=name) if owner is not None:
            return owner.package, f"(*{owner.name})" if pointer else owner.name, name
        case _:
            return None
