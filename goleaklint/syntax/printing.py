"""Syntax in, an indented outline of it out: for people who ask what was read."""

from collections.abc import Iterator

from goleaklint.files.text import SourceText
from goleaklint.syntax import ast

_SHOWN = 40


def outline(node: ast.Node, text: SourceText) -> str:
    """One node a line: its kind, its own words, its place. Indented by depth."""
    return "".join(f"{line}\n" for line in _lines(node, text, 0, ""))


def _lines(node: ast.Node, text: SourceText, depth: int, role: str) -> Iterator[str]:
    words, parts = [], []
    for name in node.__struct_fields__[2:]:
        value = getattr(node, name)
        if isinstance(value, ast.Node):
            parts.append((name, value))
        elif isinstance(value, tuple) and value and isinstance(value[0], ast.Node):
            parts += [(f"{name} {number}", each) for number, each in enumerate(value, 1)]
        elif isinstance(value, str) and value:
            words.append(value if len(value) <= _SHOWN else value[:_SHOWN] + "...")
        elif value is True:
            words.append(name)
    span = text.span(node.start, node.end)
    label = f"{role}: " if role else ""
    yield f"{'  ' * depth}{label}{type(node).__name__} {' '.join([*words, f'{span.line}:{span.column}'])}"
    for name, part in parts:
        yield from _lines(part, text, depth + 1, name)
