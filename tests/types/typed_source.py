"""Go source with marked expressions in, the types of those out."""

import re
from collections.abc import Mapping
from pathlib import Path

from goleaklint.files.discovery import select
from goleaklint.types.declared import Declared
from goleaklint.types.dump import FileTypes, program_of, read_file, typed_expressions
from goleaklint.types.environment import Env
from goleaklint.types.infer import Inference
from goleaklint.types.types import Type

MARKED = re.compile("«(.*?)»", re.DOTALL)

Files = Mapping[str, str]
"""Texts of files by their paths below the module's directory."""


def written(root: Path, files: Files) -> Path:
    """The files without their marks below `root`, which is the module `m` unless they say otherwise."""
    for name, text in {"go.mod": "module m\n\ngo 1.24\n", **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("«", "").replace("»", ""), encoding="utf-8")
    return root


def typed(root: Path, files: Files, module_cache: Path | None = None) -> dict[str, FileTypes]:
    """What is recorded of the files, which are written first."""
    written(root, files)
    names = [name for name in files if name.endswith(".go")]
    return {each.file: each for each in typed_expressions(root, names, module_cache)}


def marked_types(root: Path, files: Files, module_cache: Path | None = None) -> list[str]:
    """The types of the marked expressions, in the order of the files and of the text."""
    found = typed(root, files, module_cache)
    return [
        found[name].exprs.get(place, "not recorded")
        for name, text in files.items()
        if name.endswith(".go")
        for place in marks(text)
    ]


def marks(text: str) -> list[tuple[int, int]]:
    """The byte offsets that marked text has once the marks are gone."""
    plain = [each.replace("«", "").replace("»", "") for each in re.split("([«»])", text)]
    offsets: list[tuple[int, int]] = []
    stack: list[tuple[int, int]] = []
    at = 0
    for part, original in zip(plain, re.split("([«»])", text), strict=True):
        at += len(part.encode())
        if original == "«":
            stack.append((len(offsets), at))
            offsets.append((at, at))
        elif original == "»":
            number, start = stack.pop()
            offsets[number] = start, at
    return offsets


def package_types(root: Path, source: str) -> "tuple[Inference, Declared]":
    """The top level of the module's only file, for questions about what it declares."""
    written(root, {"a.go": source})
    selection = select(("./...",), cwd=root)
    declared = Declared(program_of(selection, None))
    found = read_file(selection.files[0])
    assert found is not None
    package = declared.program.package(selection.files[0].package)
    assert package is not None
    return Inference(declared, Env(declared.program.file_scope(package, found[1]))), declared


def type_named(types: Inference, name: str) -> Type:
    """The type or value that the file declares under a name."""
    decl = types.env.decl(name)
    assert decl is not None
    return types.decl_type(decl)
