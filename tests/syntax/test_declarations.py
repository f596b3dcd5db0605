"""Every form of top-level declaration, read from a snippet and compared with what Go's grammar makes of it."""

import re

import pytest
from go_syntax import sexpr, tree_of

from goleaklint.syntax import ast

IMPORTS = [
    ('import "fmt"', '(ImportSpec "" fmt)'),
    (
        'import (\n "a/b" // c\n x "c"\n . "d"\n _ "e"\n /* f */ `raw`\n)',
        '(ImportSpec "" a/b) (ImportSpec x c) (ImportSpec . d) (ImportSpec _ e) (ImportSpec "" raw)',
    ),
    ("import ()", ""),
]

VALUES = [
    ("var x = f()", "(ValueSpec [x] - [(Call f [])] 0)"),
    ("var (\n a, b int\n c = 1\n)", "(ValueSpec [a b] int [] 0) (ValueSpec [c] - [1] 1)"),
    ("const (\n A = iota // a\n\n // b\n B\n)", "(ValueSpec [A] - [iota] +const 0) (ValueSpec [B] - [iota] +const 1)"),
    ("var _ I = (*T)(nil)", "(ValueSpec [_] I [(Call (Paren (Star T)) [nil])] 0)"),
    ("var a, b = f()", "(ValueSpec [a b] - [(Call f [])] 0)"),
]

TYPES = [
    ("type T struct { *p.T }", "(TypeSpec T [] (StructType [(Field [] (Star (Selector p T)))]))"),
    ("type ( A int; B = A )", "(TypeSpec A [] int) (TypeSpec B [] A +alias)"),
    ("type N[T interface{ ~int }] []T", "(TypeSpec N [(Field [T] (InterfaceType [] [(Unary ~ int)]))] (SliceType T))"),
    ("type A[K any] = map[K]int", "(TypeSpec A [(Field [K] any)] (MapType K int) +alias)"),
    ("type P[T *C,] int", "(TypeSpec P [(Field [T] (Star C))] int)"),
    ("type V[T any, U *T] struct{}", "(TypeSpec V [(Field [T] any) (Field [U] (Star T))] (StructType []))"),
    (
        "type I interface {\n\tM() // c\n\t// d\n\tio.Reader\n\t~int | ~string\n}",
        (
            "(TypeSpec I [] (InterfaceType [(Method M (FuncType [] [] []))] [(Selector io Reader) (Union [(Unary "
            "~ int) (Unary ~ string)])]))"
        ),
    ),
    ("type F func(a, b int) (c error)", "(TypeSpec F [] (FuncType [(Field [a b] int)] [(Field [c] error)] []))"),
    (
        "type E struct {\n\tsync.Mutex\n\tx, y int `tag` // c\n\n\t*T // d\n}",
        "(TypeSpec E [] (StructType [(Field [] (Selector sync Mutex)) (Field [x y] int) (Field [] (Star T))]))",
    ),
    ("type M map[string]func()", "(TypeSpec M [] (MapType string (FuncType [] [] [])))"),
    (
        "type G[T any] interface { m(T) G[T] }",
        (
            "(TypeSpec G [(Field [T] any)] (InterfaceType [(Method m (FuncType [(Field [] T)] [(Field [] (Index "
            "G [T]))] []))] []))"
        ),
    ),
]

FUNCTIONS = [
    ("func f()", "(FuncDecl f - (FuncType [] [] []))"),
    ("func f() {}", "(FuncDecl f - (FuncType [] [] []))"),
    (
        "func f[T any, K comparable](x T) (K, error) {}",
        (
            "(FuncDecl f - (FuncType [(Field [x] T)] [(Field [] K) (Field [] error)] [(Field [T] any) (Field [K] "
            "comparable)]))"
        ),
    ),
    (
        "func f[S ~[]E, E int | string](s S) {}",
        (
            "(FuncDecl f - (FuncType [(Field [s] S)] [] [(Field [S] (Unary ~ (SliceType E))) (Field [E] (Union "
            "[int string]))]))"
        ),
    ),
    ("func (T) m() {}", "(FuncDecl m (Field [] T) (FuncType [] [] []))"),
    ("func (t *T) m() {}", "(FuncDecl m (Field [t] (Star T)) (FuncType [] [] []))"),
    (
        "func (t *T[K, V]) m(k K) V { return t.m[k] }",
        "(FuncDecl m (Field [t] (Star (Index T [K V]))) (FuncType [(Field [k] K)] [(Field [] V)] []))",
    ),
    ("func (_ T[_]) m() {}", "(FuncDecl m (Field [_] (Index T [_])) (FuncType [] [] []))"),
    ("func (*T) m() {}", "(FuncDecl m (Field [] (Star T)) (FuncType [] [] []))"),
    ("func (t (T)) m() {}", "(FuncDecl m (Field [t] (Paren T)) (FuncType [] [] []))"),
    ("func init() {}", "(FuncDecl init - (FuncType [] [] []))"),
    (
        "func f(a, b int, c ...any) (n int, err error) { return }",
        (
            "(FuncDecl f - (FuncType [(Field [a b] int) (Field [c] any +variadic)] [(Field [n] int) (Field [err] "
            "error)] []))"
        ),
    ),
    ("func f(int, string)", "(FuncDecl f - (FuncType [(Field [] int) (Field [] string)] [] []))"),
    ("func f() (int, error)", "(FuncDecl f - (FuncType [] [(Field [] int) (Field [] error)] []))"),
    (
        "func f() func() int { return nil }",
        "(FuncDecl f - (FuncType [] [(Field [] (FuncType [] [(Field [] int)] []))] []))",
    ),
    (
        "func f(x interface{ ~int | string })",
        "(FuncDecl f - (FuncType [(Field [x] (InterfaceType [] [(Union [(Unary ~ int) string])]))] [] []))",
    ),
    ("//go:linkname f g\nfunc f()", "(FuncDecl f - (FuncType [] [] []))"),
    ("func größe(日本 int) {}", "(FuncDecl größe - (FuncType [(Field [日本] int)] [] []))"),
    (
        "func f(\n\ta int, // a\n\t/* b */ b string,\n) {}",
        "(FuncDecl f - (FuncType [(Field [a] int) (Field [b] string)] [] []))",
    ),
    ("func f() { g() }\nfunc h() {}", "(FuncDecl f - (FuncType [] [] [])) (FuncDecl h - (FuncType [] [] []))"),
    ("func f() { g() };func h() {}", "(FuncDecl f - (FuncType [] [] [])) (FuncDecl h - (FuncType [] [] []))"),
    ("func (t T[K, /* c */ V]) m() {}", "(FuncDecl m (Field [t] (Index T [K V])) (FuncType [] [] []))"),
    (
        "func f(f func(int) (<-chan int)) {}",
        (
            "(FuncDecl f - (FuncType [(Field [f] (FuncType [(Field [] int)] [(Field [] (ChanType receive int))] "
            "[]))] [] []))"
        ),
    ),
]


def declared(text: str) -> str:
    """What a file with these declarations holds; where bodies stand is left out."""
    file = tree_of(f"package p\n\n{text}\n").file()
    assert (file.package, file.errors) == ("p", ())
    return re.sub(r" \d+ \d+\)", ")", " ".join(map(sexpr, (*file.imports, *file.specs, *file.functions))))


@pytest.mark.parametrize(("text", "meaning"), [*IMPORTS, *VALUES, *TYPES, *FUNCTIONS])
def test_declarations(text: str, meaning: str) -> None:
    assert declared(text) == meaning


@pytest.mark.parametrize(
    ("text", "package"),
    [
        ("", ""),
        ("// only a comment", ""),
        ("func f() {}", ""),
        ("package p", "p"),
        ("\n/* a */ package /* b */ p // c\n", "p"),
        ("package p;import `x`;var y int", "p"),
        ("package größe\r\n", "größe"),
    ],
)
def test_the_package_clause(text: str, package: str) -> None:
    assert tree_of(text).file().package == package


def test_a_function_knows_where_its_body_is() -> None:
    text = "package p\n\nfunc f(g func() struct{ a int }) interface{ m() } { return nil }\n\nfunc assembly()\n"
    with_body, without = tree_of(text).file().functions
    assert text[with_body.body_start : with_body.body_end] == "{ return nil }"
    assert text[with_body.start : with_body.end].endswith("{ return nil }")
    assert (without.body_start, without.body_end) == (0, 0)
    assert tree_of(text).body(without) is None


def test_declarations_come_in_the_order_of_the_text() -> None:
    file = tree_of("package p\n\nfunc a() {}\n\nvar b int\n\nfunc (T) c() {}\n\ntype T int\n").file()
    assert [function.name.name for function in file.functions] == ["a", "c"]
    assert [type(spec) for spec in file.specs] == [ast.ValueSpec, ast.TypeSpec]
