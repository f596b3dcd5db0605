"""Resolves the names of small Go files, and shows each use as `name -> what it is and where it was declared`."""

import re

from goleaklint.files.text import SourceText
from goleaklint.index.package import Function, Package, PackageFile
from goleaklint.index.scopes import package_scope, resolve
from goleaklint.index.symbols import Symbol
from goleaklint.syntax.parse import Tree


def package_of(*sources: bytes | str) -> Package:
    """The package that the files make, with all bodies."""
    files, functions = [], []
    for number, source in enumerate(sources):
        text = SourceText(f"{number}.go", source.encode() if isinstance(source, str) else source)
        tree = Tree(text)
        file = PackageFile(text, tree.file())
        files.append(file)
        for decl in file.syntax.functions:
            body = tree.body(decl)
            if body is not None:
                functions.append(Function(file, decl, body))
    return Package("example.com/p", files[0].syntax.package, None, tuple(files), tuple(functions))


def symbols_at(source: str, *others: str) -> list[Symbol | None]:
    """What the names marked `«so»` in the first file refer to, in the order of the text."""
    marks = [match.start() for match in re.finditer("«", source)]
    places = [len(source[:at].replace("«", "").replace("»", "").encode()) for at in marks]
    package = package_of(source.replace("«", "").replace("»", ""), *others)
    first = package.files[0]
    found: dict[int, Symbol] = {}
    for function in package.functions:
        if function.file is first:
            found |= dict(resolve(function, package_scope(package)).items())
    return [found.get(place) for place in places]


def kinds_at(source: str, *others: str) -> list[str]:
    """The kinds of the marked names; `-` for those that are left open."""
    return ["-" if symbol is None else symbol.kind.name.lower() for symbol in symbols_at(source, *others)]


def same(source: str) -> str:
    """Which marked names in a function body are one thing: equal letters, in the order of the text; `-` if open."""
    letters: dict[int, str] = {}
    shown = ""
    for symbol in symbols_at(f"package p\n\nfunc f(p int) (r error) {{\n{source}\n}}\n"):
        shown += "-" if symbol is None else letters.setdefault(id(symbol), chr(ord("a") + len(letters)))
    return shown
