"""Where a name in an expression is looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from goleaklint.index.program import Decl, FileScope
from goleaklint.index.scopes import Names
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.syntax import ast
from goleaklint.types.types import Type


@dataclass(frozen=True, slots=True, eq=False)
class Env:
    """Where names are looked up: a file, and within a function the names resolved there.

    `type_params` are those in scope, by name.
    """

    file: FileScope
    type_params: Mapping[str, Type] = field(default_factory=dict)
    names: Names | None = None

    def local(self, ident: ast.Ident) -> Symbol | None:
        """What the function itself declares under this name, if it does."""
        symbol = self.names.symbol(ident) if self.names is not None else None
        return symbol if symbol is not None and symbol.start >= 0 else None

    def import_path(self, ident: ast.Ident) -> str:
        """The import path that a qualifier stands for; "" if it is none."""
        if self.names is not None:
            symbol = self.names.symbol(ident)
            return symbol.path if symbol is not None and symbol.kind is SymbolKind.IMPORT else ""
        return "" if ident.name in self.type_params else self.file.imports.get(ident.name, "")

    def qualified(self, qualifier: ast.Ident, name: str) -> Decl | None:
        """What `qualifier.name` means; None if the qualifier is no import, or its package's source is not at hand."""
        path = self.import_path(qualifier)
        package = self.file.program.package(path) if path else None
        return package.lookup(name, self.file.source.constraint) if package is not None else None

    def decl(self, name: str) -> Decl | None:
        """What the package, or one that is imported with a dot, declares under this name."""
        found = self.file.package.lookup(name, self.file.source.constraint)
        if found is not None:
            return found
        for path in self.file.dot_imports:
            package = self.file.program.package(path)
            found = package.lookup(name, self.file.source.constraint) if package is not None else None
            if found is not None:
                return found
        return None
