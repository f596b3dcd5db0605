"""Packages by import path, each with what it declares, read when first asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import msgspec

from goleaklint.files.constraints import Expression, build_tags, exclusive, satisfied
from goleaklint.index.package import assumed_name, base_name, home_of
from goleaklint.index.symbols import UNIVERSE, SymbolKind
from goleaklint.syntax import ast

DEFAULT_BUILD = build_tags("linux", "amd64", go_minor=99, extra=("cgo",))
"""Where several builds declare one name differently, the declaration for this one is preferred."""


_PACKER = msgspec.msgpack.Encoder()
_BODIES = msgspec.msgpack.Decoder(ast.FuncBody)


class SourceFile(msgspec.Struct, frozen=True, eq=False):
    """The declarations of one file and the builds it belongs to. `qualifiers` are the names before a dot in it.

    `path` is where it can be read again, absolute; "" for one that is no file of its own. `bodies` are those function
    bodies that were read already, by the offset of their function, packed until somebody wants one.
    """

    syntax: ast.File
    constraint: Expression | None = None
    qualifiers: frozenset[str] = frozenset()
    path: str = ""
    bodies: dict[int, msgspec.Raw] = {}

    def body(self, function: ast.FuncDecl) -> ast.FuncBody | None:
        """The body of a function, if it is one of those that were read."""
        packed = self.bodies.get(function.start)
        return None if packed is None else _BODIES.decode(packed)


def packed(body: ast.FuncBody) -> msgspec.Raw:
    """A body as a SourceFile keeps it."""
    return msgspec.Raw(_PACKER.encode(body))


@dataclass(frozen=True, slots=True, eq=False)
class Decl:
    """A name declared at the top level of a package. `position` counts the names of a specification from 0."""

    name: str
    kind: SymbolKind
    node: ast.ValueSpec | ast.TypeSpec | ast.FuncDecl
    file: "FileScope"
    position: int = 0


@dataclass(slots=True, eq=False)
class FileScope:
    """What names in one file go through: its imports and its package."""

    package: "PackageScope"
    source: SourceFile
    program: "Program"
    _imports: dict[str, str] | None = None

    @property
    def imports(self) -> Mapping[str, str]:
        """Import paths by the name that the file knows them by."""
        if self._imports is None:
            self._imports = self._named_imports()
        return self._imports

    @property
    def dot_imports(self) -> Iterable[str]:
        """The import paths whose names the file uses without a qualifier."""
        return (home_of(spec.path) for spec in self.source.syntax.imports if spec.name == ".")

    def _named_imports(self) -> dict[str, str]:
        found: dict[str, str] = {}
        unsure: list[str] = []
        for spec in self.source.syntax.imports:
            if spec.name in (".", "_"):
                continue
            path = home_of(spec.path)
            name = spec.name or self.program.package_name(path)
            if name:
                found[name] = path
            else:
                unsure.append(path)
        for path in unsure:
            found.setdefault(self._likely_name(path, found), path)
        return found

    def _likely_name(self, path: str, taken: Mapping[str, str]) -> str:
        """The name of a package without source: what its path suggests, else the one qualifier that is part of it."""
        assumed = assumed_name(path)
        if assumed in self.source.qualifiers:
            return assumed
        tail = "/".join(path.split("/")[-2:]).replace("-", "").replace(".", "").lower()
        fitting = [name for name in self.source.qualifiers if name not in taken and len(name) > 1 and name in tail]
        return fitting[0] if len(fitting) == 1 else assumed


@dataclass(slots=True, eq=False)
class PackageScope:
    """What a package declares. A name can have several declarations, for builds that exclude each other."""

    path: str
    name: str
    decls: dict[str, list[Decl]] = field(default_factory=dict)
    methods: dict[str, dict[str, list[Decl]]] = field(default_factory=dict)
    more: Callable[[], Iterable[SourceFile]] | None = None
    program: "Program | None" = None

    def lookup(self, name: str, constraint: Expression | None = None) -> Decl | None:
        """What the name means in a file with this build constraint."""
        found = self.decls.get(name, ())
        if name not in UNIVERSE and not _is_declared(found, constraint) and self._read_more():
            found = self.decls.get(name, ())
        return _preferred(found, constraint)

    def method(self, type_name: str, name: str, constraint: Expression | None = None) -> Decl | None:
        """The method declared with this receiver's base type, in a build that `constraint` allows."""
        found = self.methods.get(type_name, {}).get(name, ())
        if not _is_declared(found, constraint) and self._read_more():
            found = self.methods.get(type_name, {}).get(name, ())
        return _preferred([each for each in found if not _excluded(each.file.source.constraint, constraint)], None)

    def add(self, source: SourceFile, program: "Program") -> None:
        """Enter what a file declares."""
        scope = FileScope(self, source, program)
        for function in source.syntax.functions:
            decl = Decl(function.name.name, SymbolKind.FUNC, function, scope)
            if function.receiver is None:
                self.decls.setdefault(decl.name, []).append(decl)
            else:
                methods = self.methods.setdefault(base_name(function.receiver.type), {})
                methods.setdefault(decl.name, []).append(decl)
        for spec in source.syntax.specs:
            if isinstance(spec, ast.TypeSpec):
                self.decls.setdefault(spec.name.name, []).append(Decl(spec.name.name, SymbolKind.TYPE, spec, scope))
                continue
            kind = SymbolKind.CONST if spec.const else SymbolKind.GLOBAL
            for position, name in enumerate(spec.names):
                self.decls.setdefault(name.name, []).append(Decl(name.name, kind, spec, scope, position))

    def all_sources(self) -> Iterable[SourceFile]:
        """The files that declare anything, generated ones included."""
        self._read_more()
        methods = (decls for by_name in self.methods.values() for decls in by_name.values())
        found = {id(decl.file): decl.file.source for decls in (*self.decls.values(), *methods) for decl in decls}
        return list(found.values())

    def _read_more(self) -> bool:
        """Generated files are read only when a name is found nowhere else."""
        if self.more is None or self.program is None:
            return False
        more, self.more = self.more, None
        for source in more():
            self.add(source, self.program)
        return True


@lru_cache(maxsize=4096)
def _excluded(one: Expression | None, other: Expression | None) -> bool:
    return one is not None and other is not None and exclusive(one, other)


@lru_cache(maxsize=4096)
def is_usual(constraint: Expression | None) -> bool:
    """Reports whether a file with this constraint is part of the usual build."""
    return satisfied(constraint, DEFAULT_BUILD)


def _is_declared(found: Sequence[Decl], constraint: Expression | None) -> bool:
    """Reports whether some declaration is in the build that is asked for: the usual one where the constraint allows."""
    if is_usual(constraint):
        return any(is_usual(each.file.source.constraint) for each in found)
    return any(not _excluded(each.file.source.constraint, constraint) for each in found)


def _preferred(found: Sequence[Decl], constraint: Expression | None) -> Decl | None:
    if len(found) < 2:
        return found[0] if found else None
    possible = [each for each in found if not _excluded(each.file.source.constraint, constraint)] or found
    return next((each for each in possible if is_usual(each.file.source.constraint)), possible[0])


@dataclass(frozen=True, slots=True)
class PackageSource:
    """The files of a package; `more` gives those that are only read when a name is missing (generated ones)."""

    path: str
    name: str
    files: tuple[SourceFile, ...]
    more: Callable[[], Iterable[SourceFile]] | None = None


Finder: TypeAlias = Callable[[str], PackageSource | None]
"""Finds the source of a package by import path; None where there is none."""


class Program:
    """All packages that can be found. What a finder gives is entered once; the finders are asked in their order."""

    def __init__(self, finders: Iterable[Finder]) -> None:
        self._finders = tuple(finders)
        self._packages: dict[str, PackageScope | None] = {}

    def package(self, path: str) -> PackageScope | None:
        """The package that an import of this path means; None where its source is not at hand."""
        if path not in self._packages:
            source = next((found for find in self._finders if (found := find(path)) is not None), None)
            self._packages[path] = None if source is None else self.scope(source)
        return self._packages[path]

    def package_name(self, path: str) -> str:
        """The name in the package's own clause; "" where its source is not at hand."""
        package = self.package(path)
        return "" if package is None else package.name

    def scope(self, source: PackageSource) -> PackageScope:
        """The scope of a package, whether or not it can be imported."""
        scope = PackageScope(source.path, source.name, more=source.more, program=self)
        for file in source.files:
            scope.add(file, self)
        return scope

    def apart(self, path: str, name: str, files: Iterable[SourceFile]) -> PackageScope:
        """The package `name` among the files of a directory, tests included, as those who import `path` do not see it.

        Tests from outside (`x_test`) have a path of their own, and see package x with what its own tests declare.
        """
        files = list(files)
        overlaid = _Overlaid(self)
        tested = name.removesuffix("_test")
        if tested != name and any(each.syntax.package == tested for each in files):
            overlaid.enter(path, tested, files)
            path = f"{path}_test"
        return overlaid.enter(path, name, files)

    def file_scope(self, package: PackageScope, source: SourceFile) -> FileScope:
        """The scope of one file of a package."""
        return FileScope(package, source, package.program or self)


class _Overlaid(Program):
    """A program in which some packages are others than those that everyone imports."""

    def __init__(self, below: Program) -> None:
        super().__init__(())
        self._below = below

    def package(self, path: str) -> PackageScope | None:
        return self._packages.get(path) or self._below.package(path)

    def enter(self, path: str, name: str, files: Iterable[SourceFile]) -> PackageScope:
        """Put a package made of those of the files that belong to it in the place of what has its path."""
        usual = self._below.package(path)
        # What was generated is not among the files. The rest is found twice then, which does no harm.
        more = usual.all_sources if usual is not None and usual.name == name else None
        own = tuple(each for each in files if each.syntax.package == name)
        scope = self._packages[path] = self.scope(PackageSource(path, name, own, more))
        return scope
