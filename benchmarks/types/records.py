"""JSON lines in, typed records out: what the oracle says of a file, and what goleaklint says, in the same form."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

import msgspec

Place: TypeAlias = tuple[int, int]
"""Byte offsets of the first byte, and of the byte after the last."""

Identity: TypeAlias = tuple[str, str, str]
"""Import path, receiver as declared (`(*T)`, `T`, or "" of a function), and name."""

UNKNOWN = "unknown: "
"""What begins the text of a type that is not known; the reason follows."""

BUILTIN = "builtin"
"""The kind of a built-in function's name, which has no type in Go's sense and is not asked for."""


class Expr(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An expression: its place, kind (value, const, type, novalue, builtin), type, whose type, and form of syntax."""

    start: int
    end: int
    kind: str
    type: str
    origin: str = ""
    syntax: str = ""


class Call(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A call of a declared function or method: its place, who is called, and whose that is."""

    start: int
    end: int
    package: str
    receiver: str
    name: str
    origin: str = ""

    @property
    def identity(self) -> Identity:
        return self.package, self.receiver, self.name


class File(msgspec.Struct, frozen=True):
    """One file; the path is relative to the directory the oracle was run on."""

    file: str
    package: str
    exprs: list[Expr]
    calls: list[Call]


class Answers(Protocol):
    """What is held against the oracle: types in its notation, or `unknown: reason`; None for an unknown callee."""

    @property
    def file(self) -> str: ...
    @property
    def exprs(self) -> Mapping[Place, str]: ...
    @property
    def calls(self) -> Mapping[Place, Identity | None]: ...


AnswersOf: TypeAlias = Callable[[Path, Sequence[str], Path | None], Iterable[Answers]]
"""Gives answers for files below a root, with a module cache if there is one."""


class StoredAnswers(NamedTuple):
    """Answers read from a file."""

    file: str
    exprs: dict[Place, str]
    calls: dict[Place, Identity | None]


def read(path: Path) -> Iterator[File]:
    """The records of a file of JSON lines. Raises msgspec.DecodeError with the line's number for one that is none."""
    decoder = msgspec.json.Decoder(File)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield decoder.decode(line)
            except msgspec.DecodeError as mistake:
                raise msgspec.DecodeError(f"{path}:{number}: {mistake}") from mistake


def read_answers(path: Path) -> Iterator[StoredAnswers]:
    """Answers from records as `write_answers` or the oracle make them."""
    for record in read(path):
        exprs = {(each.start, each.end): each.type for each in record.exprs}
        calls: dict[Place, Identity | None] = {
            (each.start, each.end): each.identity if each.name else None for each in record.calls
        }
        yield StoredAnswers(record.file, exprs, calls)


def write_answers(path: Path, answers: Mapping[str, Answers]) -> None:
    """Keep answers for later comparisons."""
    encoder = msgspec.json.Encoder()
    with path.open("wb") as lines:
        for each in answers.values():
            exprs = [Expr(*place, "", text) for place, text in sorted(each.exprs.items())]
            calls = [Call(*place, *(callee or ("", "", ""))) for place, callee in sorted(each.calls.items())]
            lines.write(encoder.encode(File(each.file, "", exprs, calls)) + b"\n")
