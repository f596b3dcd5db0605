"""Predeclared names and functions, and package unsafe: what they give."""

from collections.abc import Sequence
from functools import reduce
from typing import Protocol

from goleaklint.syntax import ast
from goleaklint.types.declared import Declared
from goleaklint.types.environment import Env
from goleaklint.types.types import (
    ANY,
    INT,
    UINTPTR,
    UNTYPED_BOOL,
    UNTYPED_COMPLEX,
    UNTYPED_FLOAT,
    UNTYPED_INT,
    UNTYPED_NIL,
    Basic,
    Pointer,
    Slice,
    Tuple,
    Type,
    Unknown,
    default,
    is_untyped,
)
from goleaklint.types.untyped import wider

FUNCTIONS = frozenset(
    "append cap clear close complex copy delete imag len make max min new panic print println real recover".split()
)
_NOTHING = Tuple()
_NAMES = {"true": UNTYPED_BOOL, "false": UNTYPED_BOOL, "iota": UNTYPED_INT, "nil": UNTYPED_NIL}


class Expressions(Protocol):
    """What typing a call of a builtin asks about its arguments."""

    declared: Declared
    env: Env

    def type_of(self, expr: ast.Expr) -> Type: ...
    def is_type(self, expr: ast.Expr) -> bool: ...


def name_type(name: str) -> Type | None:
    """The type of a predeclared constant or of nil; None for other names."""
    if name in FUNCTIONS:
        return Unknown("a builtin is no value")
    return _NAMES.get(name)


def call_type(name: str, call: ast.Call, types: Expressions) -> Type:
    """The type of a call of a builtin function."""
    first = call.args[0] if call.args else None
    match name:
        case "len" | "cap" | "copy":
            return INT
        case "append" if first is not None:
            return types.type_of(first)
        case "make" if first is not None:
            return types.declared.resolve(first, types.env)
        case "new" if first is not None:
            inner = types.declared.resolve(first, types.env) if types.is_type(first) else default(types.type_of(first))
            return inner if isinstance(inner, Unknown) else Pointer(inner)
        case "recover":
            return ANY
        case "min" | "max":
            return _widest([types.type_of(arg) for arg in call.args])
        case "complex":
            return _complex(types, _widest([types.type_of(arg) for arg in call.args]))
        case "real" | "imag" if first is not None:
            return _part(types, types.type_of(first))
        case "clear" | "close" | "delete" | "panic" | "print" | "println":
            return _NOTHING
        case _:
            return Unknown(f"call of {name} without arguments")


def _widest(kinds: Sequence[Type]) -> Type:
    """The type of several operands together: that of those that have one, else of the widest constant."""
    typed = next((kind for kind in kinds if not is_untyped(kind)), None)
    return typed or (reduce(wider, kinds) if kinds else Unknown("no argument"))


def _complex(types: Expressions, kind: Type) -> Type:
    if is_untyped(kind):
        return UNTYPED_COMPLEX
    under = types.declared.underlying(kind)
    wide = {"float64": "complex128", "float32": "complex64"}.get(under.name, "") if isinstance(under, Basic) else ""
    return Basic(wide) if wide else Unknown("complex of no floats")


def _part(types: Expressions, kind: Type) -> Type:
    if is_untyped(kind):
        return UNTYPED_FLOAT
    under = types.declared.underlying(kind)
    narrow = {"complex128": "float64", "complex64": "float32"}.get(under.name, "") if isinstance(under, Basic) else ""
    return Basic(narrow) if narrow else Unknown("part of no complex number")


def unsafe_type(name: str) -> Type:
    """The type of a name of package unsafe."""
    return Basic("unsafe.Pointer") if name == "Pointer" else Unknown(f"unsafe.{name} is no value")


def unsafe_call(name: str, call: ast.Call, types: Expressions) -> Type:
    """The type of a call of a function of package unsafe."""
    first = types.type_of(call.args[0]) if call.args else Unknown("no argument")
    match name:
        case "Sizeof" | "Alignof" | "Offsetof":
            return UINTPTR
        case "Add":
            return Basic("unsafe.Pointer")
        case "Slice":
            under = types.declared.core(first)
            return Slice(under.elem) if isinstance(under, Pointer) else Unknown("unsafe.Slice")
        case "SliceData":
            under = types.declared.core(first)
            return Pointer(under.elem) if isinstance(under, Slice) else Unknown("unsafe.SliceData")
        case "String":
            return Basic("string")
        case "StringData":
            return Pointer(Basic("uint8"))
        case _:
            return Unknown(f"unsafe.{name}")
