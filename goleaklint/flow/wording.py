"""A condition in; what holds where it is false, written as Go programmers would, out."""

from collections.abc import Callable

from goleaklint.syntax import ast

_OPPOSITES = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def negated(condition: ast.Expr, text: Callable[[ast.Node], str]) -> str:
    """What holds if a condition does not: `err == nil` for `err != nil`. `text` gives the source of a piece of it."""
    match ast.unparen(condition):
        case ast.Unary(op="!", x=x):
            return text(x)
        case ast.Binary(op=op, x=x, y=y) if op in _OPPOSITES:
            return f"{text(x)} {_OPPOSITES[op]} {text(y)}"
        case ast.Binary():
            return f"!({text(condition)})"
        case _:
            return f"!{text(condition)}"
