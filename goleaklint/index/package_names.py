"""What a package declares in; its names as symbols, for names to be resolved with, out."""

from collections.abc import Iterator, Mapping

from goleaklint.index.program import PackageScope
from goleaklint.index.symbols import Symbol


class PackageNames(Mapping[str, Symbol]):
    """Each name is one symbol, made when first asked for. Generated files are read where nothing else declares it."""

    def __init__(self, package: PackageScope) -> None:
        self._package = package
        self._symbols: dict[str, Symbol] = {}

    def __getitem__(self, name: str) -> Symbol:
        found = self._symbols.get(name)
        if found is None:
            decl = self._package.lookup(name)
            if decl is None:
                raise KeyError(name)
            first = self._package.decls[name][0]
            found = self._symbols[name] = Symbol(first.kind, name, node=first.node)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._package.decls)

    def __len__(self) -> int:
        return len(self._package.decls)
