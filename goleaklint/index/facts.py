"""What is kept of a file once its tree is gone: declarations, and the bodies that rules asked for. Serialisable."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TypeAlias

import msgspec

from goleaklint.index.program import Finder, PackageSource, SourceFile

GeneratedReader: TypeAlias = Callable[[str, tuple[str, ...], str], Iterable[SourceFile]]
"""Reads generated files: given the import path, the files' absolute paths, and the package name they must have."""


class FileFacts(msgspec.Struct, frozen=True, eq=False):
    """One file. `path` is what the user is shown."""

    path: str
    source: SourceFile
    is_test: bool = False
    reported: bool = True


class DirectoryFacts(msgspec.Struct, frozen=True, eq=False):
    """The files of a directory that were read, and the paths of the generated ones, which were not."""

    files: tuple[FileFacts, ...]
    generated: tuple[str, ...] = ()


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(DirectoryFacts)


def encode(facts: DirectoryFacts) -> bytes:
    """The facts as bytes, as they pass between processes."""
    return _ENCODER.encode(facts)


def decode(data: bytes) -> DirectoryFacts:
    """The facts that `encode` wrote."""
    return _DECODER.decode(data)


def facts_finder(directories: Mapping[str, bytes], read_generated: GeneratedReader) -> Finder:
    """Finds packages among those already read in this run, by import path; each is decoded when first asked for."""

    def find(path: str) -> PackageSource | None:
        data = directories.get(path)
        return None if data is None else _imported(path, decode(data), read_generated)

    return find


def _imported(path: str, facts: DirectoryFacts, read_generated: GeneratedReader) -> PackageSource | None:
    """The package that an import of `path` means among the files of a directory; None where there is none."""
    by_name: dict[str, list[SourceFile]] = {}
    for each in facts.files:
        if not each.is_test:
            by_name.setdefault(each.source.syntax.package, []).append(each.source)
    if not by_name:
        return None
    name = max(by_name, key=lambda each: (each != "main", len(by_name[each]), each))
    more = partial(read_generated, path, facts.generated, name) if facts.generated else None
    return PackageSource(path, name, tuple(by_name[name]), more)
