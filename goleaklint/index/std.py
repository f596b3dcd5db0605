"""Import paths of Go's standard library in; what those packages export out, decoded a package at a time.

The data is made by `python -m scripts.std_api` from Go's `api/*.txt`. Each package reads as one file without positions
and without function bodies; parameters have no names.
"""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from zlib import decompress

import msgspec

from goleaklint.syntax import ast

STD_DATA = Path(__file__).with_name("std.bin")
# The file is the length of the catalogue, the catalogue, and the packages, each compressed by itself.
LENGTH_BYTES = 4


class Catalogue(msgspec.Struct, frozen=True):
    """What the data holds. `release` is Go's (`go1.27.3`).

    `packages` gives, by import path, each package's offset behind the catalogue and its size in bytes.
    """

    release: str
    packages: dict[str, tuple[int, int]]


def std_package(path: str) -> ast.File | None:
    """What the package exports; None if the data has no such package."""
    return _package(path) if path in _data()[0].packages else None


def is_std(path: str, modules: Collection[str] = ()) -> bool:
    """Reports whether an import path belongs to Go's distribution, also where it is newer than the data or internal.

    Such paths have no dot in their first element; the modules that have none either are to be named in `modules`.
    """
    if path in _data()[0].packages:
        return True
    first = path.partition("/")[0]
    if not first or "." in first or path == "C":
        return False
    return not any(path == module or path.startswith(f"{module}/") for module in modules)


def std_paths() -> Collection[str]:
    """The import paths that there is data for, in order."""
    return _data()[0].packages.keys()


def std_release() -> str:
    """The release of Go that the data describes, such as `go1.27.3`."""
    return _data()[0].release


@cache
def _data() -> tuple[Catalogue, memoryview]:
    try:
        data = memoryview(STD_DATA.read_bytes())
    except FileNotFoundError:
        raise FileNotFoundError(f"{STD_DATA} is not there: goleaklint's installation is damaged") from None
    start = LENGTH_BYTES + int.from_bytes(data[:LENGTH_BYTES], "big")
    return msgspec.msgpack.decode(data[LENGTH_BYTES:start], type=Catalogue), data[start:]


@cache
def _decoder() -> msgspec.msgpack.Decoder[ast.File]:
    return msgspec.msgpack.Decoder(ast.File)


@cache
def _package(path: str) -> ast.File:
    catalogue, packages = _data()
    offset, size = catalogue.packages[path]
    return _decoder().decode(decompress(packages[offset : offset + size]))
