"""Reads small pieces of Go and writes what was read as s-expressions, for tables of text and meaning."""

from collections.abc import Iterator

from goleaklint.files.text import SourceText
from goleaklint.syntax import ast
from goleaklint.syntax.parse import Tree


def tree_of(source: str | bytes) -> Tree:
    return Tree(SourceText("p.go", source if isinstance(source, bytes) else source.encode()))


def stmts_of(text: str) -> tuple[ast.Stmt, ...]:
    """The statements of a function body, which must be readable as a whole."""
    tree = tree_of(f"package p\n\nfunc _() {{\n{text}\n}}\n")
    file = tree.file()
    body = tree.body(file.functions[0])
    assert body is not None
    assert (file.errors, body.bad) == ((), ())
    return body.block.stmts


def expr_of(text: str) -> ast.Expr:
    """An expression, read where any expression may stand."""
    (stmt,) = stmts_of(f"_ = {text}")
    assert isinstance(stmt, ast.Assign)
    return stmt.right[0]


def type_of(text: str) -> ast.Expr:
    """A type, read where only a type may stand."""
    (stmt,) = stmts_of(f"var _ {text}")
    assert isinstance(stmt, ast.DeclStmt)
    (spec,) = stmt.specs
    assert spec.type is not None
    return spec.type


def sexpr(value: object) -> str:
    """`(Kind part part)`. Names and literals stand for themselves, `-` for what is absent, `+flag` for a set flag."""
    match value:
        case None:
            return "-"
        case ast.Ident(name=text) | ast.BasicLit(text=text):
            return text
        case ast.Node():
            parts = (_part(name, getattr(value, name)) for name in value.__struct_fields__[2:])
            return f"({' '.join((type(value).__name__, *filter(None, parts)))})"
        case tuple():
            return f"[{' '.join(map(sexpr, value))}]"
        case _:
            return str(value)


def _part(name: str, value: object) -> str:
    if isinstance(value, bool):
        return f"+{name}" if value else ""
    return '""' if value == "" else sexpr(value)


def nodes(value: object) -> Iterator[ast.Node]:
    """Every node in a node or tuple, itself first."""
    if isinstance(value, ast.Node):
        yield value
        for name in value.__struct_fields__[2:]:
            yield from nodes(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from nodes(part)
