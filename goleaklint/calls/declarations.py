"""The packages of a call graph in; its functions by what declares them, and which of them deal in functions, out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from goleaklint.calls.nodes import FunctionId
from goleaklint.files.constraints import exclusive
from goleaklint.index.package import Function, Package, PackageFile, base_name
from goleaklint.index.program import Decl, FileScope, PackageScope
from goleaklint.syntax import ast

FOREIGN_FUNCTION_TYPES = frozenset(("CancelFunc", "CancelCauseFunc", "HandlerFunc", "WalkFunc", "WalkDirFunc"))
"""Named function types of the standard library that are parameters and fields often enough to count."""


@dataclass(frozen=True, slots=True)
class CallPackage:
    """A package with the bodies of its functions, and the scope of each of its files by the file's path.

    The scopes belong to the program that types are worked out in. Where a file of the package can be imported, the
    program must know the very declarations that stand in `package`: functions are told apart by them.
    """

    package: Package
    scopes: Mapping[str, FileScope]


class Declarations:
    """The functions of all packages."""

    def __init__(self, packages: Sequence[CallPackage]) -> None:
        self.ids: dict[ast.FuncDecl, FunctionId] = {}
        self.scopes: dict[str, PackageScope] = {}
        self.function_types = frozenset(_function_types(packages)) | FOREIGN_FUNCTION_TYPES
        self._positions: dict[FunctionId, tuple[int, ...]] = {}
        self._alone: dict[Decl, tuple[FunctionId, ...]] = {}
        self._by_name: dict[tuple[str, str, str], list[FunctionId]] = {}
        takers: set[str] = set()
        for each in packages:
            self._enter(each, takers)
        self.takers = frozenset(takers)
        self.function_structs, self.function_fields = self._holders(packages)

    def _enter(self, entry: CallPackage, takers: set[str]) -> None:
        inits: Counter[str] = Counter()
        for file in entry.package.files:
            scope = entry.scopes[file.text.path]
            self.scopes.setdefault(scope.package.path, scope.package)
            for decl in file.syntax.functions:
                identity = _identity(entry.package, file, decl, inits)
                self.ids[decl] = identity
                self._by_name.setdefault(_key(entry.package.path, decl), []).append(identity)
                positions = self.function_positions(decl.type)
                if positions:
                    self._positions[identity] = positions
                    takers.add(decl.name.name)

    def id_of(self, decl: Decl) -> FunctionId | None:
        """The function that is declared there; None if it is not one of the packages'."""
        if not isinstance(decl.node, ast.FuncDecl):
            return None
        found = self.ids.get(decl.node)
        if found is not None or decl.file.package.path not in self.scopes:
            return found
        # The program has read the file anew: then the name and the place tell.
        candidates = self._by_name.get(_key(decl.file.package.path, decl.node), ())
        return next((each for each in candidates if each.start == decl.node.start), None)

    def alternatives(self, decl: Decl, caller: FileScope) -> tuple[FunctionId, ...]:
        """The function and those of the same name that other builds have, as far as the caller's builds have them."""
        found = self._alone.get(decl)
        if found is not None:
            return found
        named = _namesakes(decl)
        if len(named) > 1:
            constraint = caller.source.constraint
            named = [each for each in named if not exclusive(each.file.source.constraint, constraint)] or [decl]
            return tuple(each for each in map(self.id_of, named) if each is not None)
        identity = self.id_of(decl)
        self._alone[decl] = () if identity is None else (identity,)
        return self._alone[decl]

    def positions(self, function: FunctionId) -> tuple[int, ...]:
        """The parameters, from 0, of a declared function that are functions themselves."""
        return self._positions.get(function, ())

    def is_function_type(self, kind: ast.Expr | None) -> bool:
        """Reports whether a type expression looks like a function type; names alone decide for named types."""
        match kind:
            case ast.FuncType():
                return True
            case ast.Ident(name=name) | ast.Selector(name=ast.Ident(name=name)):
                return name in self.function_types
            case ast.Paren(x=x) | ast.Index(x=x):
                return self.is_function_type(x)
            case _:
                return False

    def function_positions(self, kind: ast.FuncType) -> tuple[int, ...]:
        """The parameters of a signature, from 0, that are functions themselves."""
        if not kind.params:
            return ()
        names = [part for part in kind.params for _ in range(max(1, len(part.names)))]
        return tuple(at for at, part in enumerate(names) if not part.variadic and self.is_function_type(part.type))

    def _holders(self, packages: Iterable[CallPackage]) -> tuple[frozenset[str], frozenset[str]]:
        """The names of structs that have fields for functions, and the names of those fields."""
        structs, fields = set(), set()
        for spec in _type_specs(packages):
            if isinstance(spec.type, ast.StructType):
                holding = [
                    name.name for part in spec.type.fields if self.is_function_type(part.type) for name in part.names
                ]
                if holding:
                    structs.add(spec.name.name)
                    fields.update(holding)
        return frozenset(structs), frozenset(fields)


def parameter_of(kind: ast.FuncType, node: ast.Node | None, name: str) -> int | None:
    """The position of the parameter that a field of a signature declares under this name; None if it does not."""
    position = 0
    for part in kind.params:
        for ident in part.names:
            if part is node and ident.name == name:
                return position
            position += 1
        position += not part.names
    return None


def _identity(package: Package, file: PackageFile, decl: ast.FuncDecl, inits: Counter[str]) -> FunctionId:
    name = Function(file, decl, ast.FuncBody(0, 0, ast.Block(0, 0, ()))).name
    if name == "init":
        name = f"init.{inits[name]}"
        inits["init"] += 1
    return FunctionId(package.path, name, file.text.path, decl.start)


def _namesakes(decl: Decl) -> list[Decl]:
    """What its package declares under the same name, for this and other builds."""
    node, package = decl.node, decl.file.package
    if isinstance(node, ast.FuncDecl) and node.receiver is not None:
        return package.methods.get(base_name(node.receiver.type), {}).get(decl.name, [])
    return package.decls.get(decl.name, [])


def _key(package: str, decl: ast.FuncDecl) -> tuple[str, str, str]:
    return package, base_name(decl.receiver.type) if decl.receiver is not None else "", decl.name.name


def _function_types(packages: Iterable[CallPackage]) -> Iterator[str]:
    return (spec.name.name for spec in _type_specs(packages) if isinstance(spec.type, ast.FuncType))


def _type_specs(packages: Iterable[CallPackage]) -> Iterator[ast.TypeSpec]:
    for each in packages:
        for file in each.package.files:
            yield from (spec for spec in file.syntax.specs if isinstance(spec, ast.TypeSpec))
