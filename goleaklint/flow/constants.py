"""Constants that places are compared with: an expression in, what it is out."""

from typing import TypeAlias

import msgspec

from goleaklint.index.scopes import Names
from goleaklint.index.symbols import SymbolKind
from goleaklint.syntax import ast
from goleaklint.types.constants import int_value
from goleaklint.types.infer import Inference

Value: TypeAlias = tuple[str, int | str]
"""A kind of literal and the value; two of one kind that differ are never equal."""


class Constant(msgspec.Struct, frozen=True, gc=False):
    """`name` is the same for the same constant; the value is None where it is not known.

    Two names can have one value. So may literals of different kinds: `'a'` and `97` are equal as numbers, and differ
    as interface values.
    """

    name: str
    value: Value | None = None

    def differs(self, other: "Constant") -> bool:
        """Reports whether nothing is equal to both."""
        mine, theirs = self.value, other.value
        return mine is not None and theirs is not None and mine[0] == theirs[0] and mine != theirs


def constant_of(expr: ast.Expr, names: Names, types: Inference | None) -> Constant | None:
    """The constant that an expression names or spells; None for anything else, and for `nil`, `true` and `false`."""
    expr = ast.unparen(expr)
    match expr:
        case ast.BasicLit():
            return _literal(expr)
        case ast.Unary(op="-", x=ast.BasicLit(kind="int") as literal):
            found = _literal(literal)
            negative = ("int", -found.value[1]) if found.value is not None and isinstance(found.value[1], int) else None
            return Constant(f"-{found.name}", negative)
        case ast.Ident(name=name):
            symbol = names.symbol(expr)
            if symbol is None or symbol.kind is not SymbolKind.CONST:
                return None
            return Constant(f"{name}@{symbol.start}", _known(expr, types))
        case ast.Selector(x=ast.Ident() as package, name=ast.Ident(name=name)):
            symbol = names.symbol(package)
            if symbol is None or symbol.kind is not SymbolKind.IMPORT or types is None or not types.is_constant(expr):
                return None
            return Constant(f"{symbol.path}.{name}", _known(expr, types))
        case _:
            return None


def _known(expr: ast.Expr, types: Inference | None) -> Value | None:
    value = None if types is None else int_value(expr, types.env)
    return None if value is None else ("int", value)


def _literal(literal: ast.BasicLit) -> Constant:
    """The literal, known by its value where that has one obvious spelling."""
    kind, text = literal.kind, literal.text
    match kind:
        case "int":
            value = _integer(text)
            return Constant(f"int {value}", None if value is None else ("int", value))
        case "string" if text[0] == "`" and "\r" not in text:
            text = text[1:-1]
        case "string" | "rune" if "\\" not in text:
            text = text[1:-1]
        case _:
            return Constant(f"{kind} {text}")
    return Constant(f"{kind} {text}", (kind, text))


def _integer(text: str) -> int | None:
    digits = text.replace("_", "")
    octal = len(digits) > 1 and digits.isdigit() and digits[0] == "0"
    try:
        return int(digits, 8) if octal else int(digits, 0)
    except ValueError:
        return None  # no Go: 08
