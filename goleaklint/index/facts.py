"""What is kept of a file once its tree is gone: declarations, and the bodies that rules asked for. Serialisable."""

from collections.abc import Iterable

import msgspec

from goleaklint.index.program import Finder, PackageSource, SourceFile
from goleaklint.syntax import ast


class FileFacts(msgspec.Struct, frozen=True, eq=False):
    """One file. `path` is what the user is shown; `bodies` are function bodies by the number of the function."""

    path: str
    source: SourceFile
    bodies: dict[int, ast.FuncBody]
    is_test: bool = False
    reported: bool = True


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(tuple[FileFacts, ...])


def encode(facts: Iterable[FileFacts]) -> bytes:
    """The facts of a directory's files as bytes, as they pass between processes."""
    return _ENCODER.encode(tuple(facts))


def decode(data: bytes) -> tuple[FileFacts, ...]:
    """The facts that `encode` wrote."""
    return _DECODER.decode(data)


def facts_finder(directories: dict[str, bytes]) -> Finder:
    """Finds packages among those already read in this run, by import path; each is decoded when first asked for."""

    def find(path: str) -> PackageSource | None:
        data = directories.get(path)
        return None if data is None else imported(path, decode(data))

    return find


def imported(path: str, facts: Iterable[FileFacts]) -> PackageSource | None:
    """The package that an import of `path` means among the files of a directory; None where there is none."""
    by_name: dict[str, list[SourceFile]] = {}
    for each in facts:
        if not each.is_test:
            by_name.setdefault(each.source.syntax.package, []).append(each.source)
    if not by_name:
        return None
    name = max(by_name, key=lambda each: (each != "main", len(by_name[each]), each))
    return PackageSource(path, name, tuple(by_name[name]))
