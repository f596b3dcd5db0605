"""Where the source of a package is found by its import path: the run's own modules, vendor, the module cache."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path

from goleaklint.files.load import Loaded, load
from goleaklint.files.selection import GoFile, Module, Replace
from goleaklint.files.text import SourceText
from goleaklint.index.program import Finder, PackageSource, SourceFile, packed
from goleaklint.index.std import std_package
from goleaklint.knowledge import Knowledge
from goleaklint.model import Notification
from goleaklint.syntax import ast
from goleaklint.syntax.parse import Tree

STD_MODULE = "std"
"""The module that Go's own distribution is; the import paths of its packages do not begin with it."""

_QUALIFIER = re.compile(rb"\b([A-Za-z_]\w*)\.[A-Z]")


def read_source(file: GoFile) -> tuple[SourceFile, Loaded] | None:
    """A file's declarations; None where it cannot be read or has no package clause."""
    loaded = load(file)
    if isinstance(loaded, Notification):
        return None
    syntax = Tree(SourceText(file.path, loaded.data)).file()
    return (source_file(syntax, loaded), loaded) if syntax.package else None


def source_file(syntax: ast.File, loaded: Loaded, bodies: Mapping[int, ast.FuncBody] | None = None) -> SourceFile:
    """A parsed file as the program keeps it; `bodies` are those of its functions, by number, that are at hand."""
    qualifiers: frozenset[str] = frozenset()
    if any(not spec.name and "." in spec.path.split("/")[0] for spec in syntax.imports):
        qualifiers = frozenset(name.decode() for name in set(_QUALIFIER.findall(loaded.data)))
    kept = {syntax.functions[number].start: packed(body) for number, body in (bodies or {}).items()}
    return SourceFile(syntax, loaded.header.constraint, qualifiers, loaded.file.absolute, kept)


def directory_source(path: str, directory: str) -> PackageSource | None:
    """The package in a directory, as an import of `path` means it; None where there is none.

    Tests are left out. Where files disagree on the package's name, those that are no `main` and can be built count.
    """
    try:
        names = sorted(name for name in os.listdir(directory) if name.endswith(".go"))
    except OSError:
        return None
    files = [
        GoFile(f"{directory}/{name}", f"{directory}/{name}", path, "")
        for name in names
        if not name.endswith("_test.go") and name[0] not in "_."
    ]
    return package_source(path, files)


def directory_files(path: str, directory: str) -> list[SourceFile]:
    """All files of a directory, tests and generated ones included; `path` is its import path."""
    names = sorted(each for each in os.listdir(directory) if each.endswith(".go") and each[0] not in "_.")
    found = (read_source(GoFile(f"{directory}/{each}", f"{directory}/{each}", path, "")) for each in names)
    return [each[0] for each in found if each is not None]


def package_source(path: str, files: Iterable[GoFile]) -> PackageSource | None:
    """The package made of these files; generated ones are read only when a name is missing."""
    by_name: dict[str, list[SourceFile]] = {}
    generated: list[GoFile] = []
    for file in files:
        loaded = load(file)
        if isinstance(loaded, Notification):
            continue
        if loaded.header.generated:
            generated.append(file)
            continue
        syntax = Tree(SourceText(file.path, loaded.data)).file()
        if syntax.package:
            by_name.setdefault(syntax.package, []).append(source_file(syntax, loaded))
    if not by_name:
        # Nothing but generated code, as protocol buffers make it: then that is what the package is.
        sources = [found[0] for file in generated if (found := read_source(file)) is not None]
        return PackageSource(path, sources[0].syntax.package, tuple(sources)) if sources else None
    name = max(by_name, key=lambda each: (each != "main", len(by_name[each]), each))
    return PackageSource(path, name, tuple(by_name[name]), _reader(generated, name))


def _reader(generated: list[GoFile], name: str) -> Callable[[], Iterable[SourceFile]] | None:
    if not generated:
        return None

    def read() -> Iterable[SourceFile]:
        found = (read_source(file) for file in generated)
        return [each[0] for each in found if each is not None and each[0].syntax.package == name]

    return read


def read_generated(path: str, files: Iterable[str], name: str) -> Iterable[SourceFile]:
    """The generated files of a package, whose absolute paths are given, as far as they belong to it."""
    found = (read_source(GoFile(file, file, path, "")) for file in files)
    return [each[0] for each in found if each is not None and each[0].syntax.package == name]


def std_finder(path: str) -> PackageSource | None:
    """Finds packages of the standard library, in the data that come with the tool."""
    syntax = std_package(path)
    return None if syntax is None else PackageSource(path, syntax.package, (SourceFile(syntax),))


def with_std(finders: Iterable[Finder], modules: Mapping[str, Module]) -> list[Finder]:
    """The finders with the standard library's data: asked first, as Go does, unless its source is among the modules."""
    return [*finders, std_finder] if STD_MODULE in modules else [std_finder, *finders]


def effective(module: Module) -> list[Replace]:
    """The replacements of a module that count: the first for each path, and only at the version that is asked for."""
    versions = {require.path: require.version for require in module.requires}
    found: dict[str, Replace] = {}
    for replace in module.replaces:
        if replace.version in ("", versions.get(replace.path)):
            found.setdefault(replace.path, replace)
    return list(found.values())


def module_finder(modules: Mapping[str, Module]) -> Finder:
    """Finds packages of the modules of the run, and of those that a replace directive takes from a directory."""
    places = {module.path: module.directory for module in modules.values()}
    for module in modules.values():
        for replace in effective(module):
            if replace.directory:
                places.setdefault(replace.path, replace.directory)

    def find(path: str) -> PackageSource | None:
        for prefix in _prefixes(path):
            if prefix in places:
                directory = os.path.join(places[prefix], path[len(prefix) :].lstrip("/"))
                return directory_source(path, directory.rstrip("/"))
        return directory_source(path, f"{places[STD_MODULE]}/{path}") if STD_MODULE in places else None

    return find


def vendor_finder(modules: Mapping[str, Module]) -> Finder:
    """Finds packages in the vendor directories of the run's modules."""
    directories = sorted({f"{module.directory}/vendor" for module in modules.values()})
    present = [directory for directory in directories if Path(directory).is_dir()]

    def find(path: str) -> PackageSource | None:
        found = (directory_source(path, f"{vendor}/{path}") for vendor in present)
        return next((source for source in found if source is not None), None)

    return find


def stub_finder(knowledge: Knowledge) -> Finder:
    """Finds the declarations that packs give for packages whose source is not at hand."""

    def find(path: str) -> PackageSource | None:
        files = [Tree(SourceText(path, stub.text.encode())).file() for stub in knowledge.stubs(path)]
        return PackageSource(path, files[0].package, tuple(map(SourceFile, files))) if files else None

    return find


class ModuleCache:
    """Finds packages in Go's module cache, at the versions that the run's go.mod files ask for."""

    def __init__(self, modules: Mapping[str, Module], root: str) -> None:
        self._modules = modules
        self._root = root

    @cached_property
    def _versions(self) -> dict[str, str]:
        """Directory names below the cache's root, by module path."""
        found: dict[str, str] = {}
        for module in self._modules.values():
            for require in module.requires:
                found.setdefault(require.path, f"{escaped(require.path)}@{escaped(require.version)}")
            for replace in effective(module):
                if replace.new_version and replace.path in found:
                    found[replace.path] = f"{escaped(replace.new_path)}@{escaped(replace.new_version)}"
        return found

    def find(self, path: str) -> PackageSource | None:
        for prefix in _prefixes(path):
            if prefix in self._versions:
                rest = path[len(prefix) :]
                return directory_source(path, f"{self._root}/{self._versions[prefix]}{rest}")
        return None


def module_cache_root(environment: Mapping[str, str]) -> str:
    """Where Go keeps downloaded modules; "" if that place does not exist."""
    home = environment.get("HOME") or environment.get("USERPROFILE") or ""
    gopath = environment.get("GOPATH", "").split(os.pathsep)[0] or (f"{home}/go" if home else "")
    root = environment.get("GOMODCACHE") or (f"{gopath}/pkg/mod" if gopath else "")
    return root if root and Path(root).is_dir() else ""


def escaped(text: str) -> str:
    """A module path or version as the module cache spells it: `!a` for `A`, for file systems without case."""
    return re.sub(r"[A-Z]", lambda match: f"!{match[0].lower()}", text)


def _prefixes(path: str) -> Iterable[str]:
    """The path itself and all shorter ones, longest first."""
    while path:
        yield path
        path = path.rpartition("/")[0]
