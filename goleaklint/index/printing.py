"""Declarations and names in, lists of them out: for people who ask what a name is taken for."""

from goleaklint.files.text import SourceText
from goleaklint.index.package import Function, PackageFile
from goleaklint.index.scopes import Names
from goleaklint.index.symbols import Symbol
from goleaklint.syntax import ast


def declarations(file: PackageFile) -> str:
    """What a file imports and declares, one a line."""
    lines = [f"package {file.syntax.package}"]
    lines += [f"import {name} = {path}" for name, path in file.imports().items()]
    for spec in file.syntax.specs:
        kind = "type" if isinstance(spec, ast.TypeSpec) else "const" if spec.const else "var"
        names = (spec.name,) if isinstance(spec, ast.TypeSpec) else spec.names
        lines += [f"{file.text.line_of(name.start)}: {kind} {name.name}" for name in names]
    for function in file.syntax.functions:
        empty = ast.FuncBody(0, 0, ast.Block(0, 0, ()))
        lines.append(f"{file.text.line_of(function.start)}: func {Function(file, function, empty).name}")
    return "".join(f"{line}\n" for line in lines)


def uses(names: Names, text: SourceText) -> str:
    """Every resolved name of a function in the order of the text: place, name, what it is, where it is declared."""
    lines = []
    for start, symbol in sorted(names.items()):
        span = text.span(start, start + len(symbol.name.encode()))
        lines.append(f"{span.line}:{span.column} {symbol.name}: {_described(symbol, text)}")
    return "".join(f"{line}\n" for line in lines)


def _described(symbol: Symbol, text: SourceText) -> str:
    kind = symbol.kind.name.lower()
    if symbol.path:
        return f"{kind} {symbol.path}"
    return f"{kind} declared at line {text.line_of(symbol.start)}" if symbol.start >= 0 else kind
