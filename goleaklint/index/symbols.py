"""What a name in a function can refer to."""

import enum

import msgspec

from goleaklint.syntax import ast


class SymbolKind(enum.Enum):
    """The kinds of things that Go names."""

    PARAM = enum.auto()
    RESULT = enum.auto()
    LOCAL = enum.auto()
    CONST = enum.auto()
    TYPE = enum.auto()
    FUNC = enum.auto()
    GLOBAL = enum.auto()
    IMPORT = enum.auto()
    UNIVERSE = enum.auto()


class Symbol(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One named thing; two uses of it share this object.

    `start` is the byte offset of the declaring name in the function's file (-1 for names from outside the function),
    `depth` the number of function literals around the declaration (-1 likewise). `path` is the import path of an
    IMPORT. `node` is the syntax that declares it: a specification, function, field, assignment or range clause, or the
    clause of a type switch, whose statement is then `within`.
    """

    kind: SymbolKind
    name: str
    start: int = -1
    depth: int = -1
    path: str = ""
    node: ast.Node | None = None
    within: ast.TypeSwitch | None = None

    @property
    def is_variable(self) -> bool:
        """Reports whether it is a variable of some function: parameter, result or local."""
        return self.kind in _VARIABLES


_VARIABLES = (SymbolKind.PARAM, SymbolKind.RESULT, SymbolKind.LOCAL)


UNIVERSE_TYPES = frozenset(
    "any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string "
    "uint uint8 uint16 uint32 uint64 uintptr".split()
)
UNIVERSE_FUNCS = frozenset(
    "append cap clear close complex copy delete imag len make max min new panic print println real recover".split()
)
UNIVERSE_VALUES = frozenset("true false iota nil".split())

UNIVERSE = {name: Symbol(SymbolKind.UNIVERSE, name) for name in UNIVERSE_TYPES | UNIVERSE_FUNCS | UNIVERSE_VALUES}
