"""Walks over a function's syntax, as text."""

import pytest

from goleaklint.files.text import SourceText
from goleaklint.syntax import ast
from goleaklint.syntax.parse import Tree
from goleaklint.syntax.walk import assignments, deep


def body_of(code: str) -> tuple[bytes, tuple[ast.Stmt, ...]]:
    text = SourceText("a.go", f"package p\n\nfunc f() {{ {code} }}\n".encode())
    tree = Tree(text)
    (declared,) = tree.file().functions
    body = tree.body(declared)
    assert body is not None
    return text.data, body.block.stmts


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x, y := 1, g()", ["x = 1", "y = g()"]),
        ("x, y := g()", ["x", "y"]),
        ("x.y = 2; x += 3; x++", ["x.y = 2", "x", "x"]),
        ("var x, y = 1, 2; var z T; const c = 4", ["x = 1", "y = 2", "c = 4"]),
        ("for i := range xs { i = 1 }", ["i", "i = 1"]),
        ("go func() { x = 1; func() { y = 2 }() }()", ["x = 1", "y = 2"]),
        ("g(&x, &y.z, *p)", ["x"]),
        ("select { case x = <-c: default: }", ["x = <-c"]),
        ("if x := g(); x { } else { y = x }", ["x = g()", "y = x"]),
    ],
)
def test_assignments(code: str, expected: list[str]) -> None:
    data, stmts = body_of(code)
    found = []
    for target, value in assignments(stmts):
        shown = data[target.start : target.end].decode()
        found.append(shown if value is None else f"{shown} = {data[value.start : value.end].decode()}")
    assert found == expected


def test_an_expression_with_all_in_its_literals() -> None:
    data, (stmt,) = body_of("g(a, func() { b = func() int { return c }() })")
    assert isinstance(stmt, ast.ExprStmt)
    names = [data[each.start : each.end].decode() for each in deep(stmt.x) if isinstance(each, ast.Ident)]
    assert names == ["g", "a", "b", "c"]
