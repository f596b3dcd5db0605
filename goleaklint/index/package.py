"""The files of one package in; its declarations by name out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from goleaklint.files.selection import Module
from goleaklint.files.text import SourceText
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions


@dataclass(frozen=True, slots=True)
class Function:
    """A declared function or method with a body, and where it stands."""

    file: "PackageFile"
    decl: ast.FuncDecl
    body: ast.FuncBody

    @property
    def name(self) -> str:
        """The name as Go's stack traces print it: `f`, `T.m`, `(*T).m`."""
        receiver = self.decl.receiver
        name = self.decl.name.name
        if receiver is None:
            return name
        kind = ast.unparen(receiver.type)
        pointer = isinstance(kind, ast.Star)
        base = base_name(kind)
        return f"(*{base}).{name}" if pointer else f"{base}.{name}"


def global_literals(file: "PackageFile") -> Iterator[Function]:
    """The function literals in the file's package-level variables, as functions named `glob..func1` and so on.

    That is what stack traces call them; a literal inside another belongs to that one. Those with syntax errors are left
    out.
    """
    values = [value for spec in file.syntax.specs if isinstance(spec, ast.ValueSpec) for value in spec.values]
    found = (literal for value in values for literal in expressions(value) if isinstance(literal, ast.FuncLit))
    for number, literal in enumerate(found, 1):
        name = ast.Ident(literal.start, literal.start, f"glob..func{number}")
        start, end = literal.body.start, literal.body.end
        if any(bad_start < end and bad_end > start for bad_start, bad_end in file.syntax.errors):
            continue
        decl = ast.FuncDecl(literal.start, literal.end, name, None, literal.type, start, end)
        yield Function(file, decl, ast.FuncBody(start, end, literal.body))


@dataclass(frozen=True, slots=True)
class PackageFile:
    """One file of a package: its text, its declarations and the imports that its names go through."""

    text: SourceText
    syntax: ast.File
    reported: bool = True

    def imports(self) -> dict[str, str]:
        """Import paths by the name that the file knows them by. Dot and blank imports give no name."""
        return {
            spec.name or assumed_name(spec.path): home_of(spec.path)
            for spec in self.syntax.imports
            if spec.name not in (".", "_")
        }


@dataclass(frozen=True, slots=True)
class Package:
    """The files of a directory that share a package name. `path` is the import path.

    `functions` are those whose bodies were asked for; the declarations of all are in `files`.
    """

    path: str
    name: str
    module: Module | None
    files: tuple[PackageFile, ...]
    functions: tuple[Function, ...] = field(default=())

    def declares_method(self, name: str) -> bool:
        """Reports whether some type of the package has a method of this name."""
        return any(each.receiver and each.name.name == name for file in self.files for each in file.syntax.functions)

    def declared(self) -> Iterator[tuple[str, ast.ValueSpec | ast.TypeSpec | ast.FuncDecl]]:
        """The names that the package declares at its top level, with what declares them."""
        for file in self.files:
            for function in file.syntax.functions:
                if function.receiver is None:
                    yield function.name.name, function
            for spec in file.syntax.specs:
                names = (spec.name,) if isinstance(spec, ast.TypeSpec) else spec.names
                for name in names:
                    yield name.name, spec


def base_name(kind: ast.Expr) -> str:
    """The name of the type below pointers, parentheses and type arguments; "" if it has none."""
    while True:
        match kind:
            case ast.Star(x=inner) | ast.Paren(x=inner) | ast.Index(x=inner):
                kind = inner
            case ast.Ident(name=name):
                return name
            case ast.Selector(name=ast.Ident(name=name)):
                return name
            case _:
                return ""


MOVED = {"golang.org/x/net/context": "context"}
"""Packages of which nothing is left but other names for one of the standard library."""


def home_of(import_path: str) -> str:
    """The package that an import means: that of the standard library, where it moved there.

    Old modules import it through the copy that Godeps made.
    """
    return MOVED.get(import_path.rpartition("/Godeps/_workspace/src/")[2], import_path)


def assumed_name(import_path: str) -> str:
    """The package name that an import path suggests: without major version, `go-` and `-go`, as most are named."""
    parts = import_path.split("/")
    name = parts[-1]
    if len(parts) > 1 and name[:1] == "v" and name[1:].isdigit():
        name = parts[-2]
    head, dot, version = name.rpartition(".")
    if dot and version[:1] == "v" and version[1:].isdigit():
        name = head
    name = name.removeprefix("go-").removesuffix("-go").removesuffix(".go")
    return name.replace("-", "_")
