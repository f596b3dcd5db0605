"""A composite literal's type in; whether its keys are expressions or field names, and the types it implies, out."""

from collections.abc import Callable

from goleaklint.syntax import ast

MAX_NAMES = 16
"""So many names are followed from a type to what it stands for; only a cycle, which Go forbids, has more."""


def underlying(kind: ast.Expr | None, spec_of: Callable[[ast.Ident], ast.TypeSpec | None]) -> ast.Expr | None:
    """What a literal's type stands for, as far as names of the same package lead; None where that is unknown."""
    for _ in range(MAX_NAMES):
        match kind:
            case ast.MapType() | ast.ArrayType() | ast.SliceType() | ast.StructType():
                return kind
            case ast.Paren(x=inner) | ast.Star(x=inner) | ast.Index(x=inner):
                kind = inner
            case ast.Ident():
                spec = spec_of(kind)
                kind = None if spec is None else spec.type
            case _:
                return None
    return None


def implied_types(kind: ast.Expr | None) -> tuple[ast.Expr | None, ast.Expr | None]:
    """The types of a literal's keys and values, which literals in their place may leave out."""
    match kind:
        case ast.MapType(key=key, value=value):
            return key, value
        case ast.ArrayType(elem=elem) | ast.SliceType(elem=elem):
            return None, elem
        case _:
            return None, None


def keys_are_values(literal: ast.CompositeLit, kind: ast.Expr | None) -> bool:
    """Reports whether the keys are expressions, not names of fields. `kind` is what the type stands for.

    Where that is unknown, the literal is no struct's if a key is no plain name, an element has no key, or a value
    leaves its type out; nor if a key is a name that no other package could use for a field.
    """
    if kind is not None:
        return not isinstance(kind, ast.StructType)
    foreign = isinstance(literal.type, ast.Selector)
    for element in literal.elements:
        match element:
            case ast.KeyValue(value=ast.CompositeLit(type=None)):
                return True
            case ast.KeyValue(key=ast.Ident(name=name)):
                if foreign and not name[0].isupper():
                    return True
            case _:
                return True
    return False
