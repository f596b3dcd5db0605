"""What a package's files declare, what functions are called, and the names that imports go by."""

import pytest
from go_names import package_of

from goleaklint.index.package import assumed_name
from goleaklint.index.printing import declarations, uses
from goleaklint.index.scopes import package_scope, resolve
from goleaklint.index.symbols import SymbolKind


@pytest.mark.parametrize(
    ("declaration", "name"),
    [
        ("func f() {}", "f"),
        ("func (T) m() {}", "T.m"),
        ("func (t *T) m() {}", "(*T).m"),
        ("func (t (*T)) m() {}", "(*T).m"),
        ("func (t *T[K, V]) m() {}", "(*T).m"),
        ("func (t T[K]) m() {}", "T.m"),
        ("func init() {}", "init"),
        ("func (größe) m() {}", "größe.m"),
    ],
)
def test_functions_have_the_names_of_stack_traces(declaration: str, name: str) -> None:
    assert [function.name for function in package_of(f"package p\n\n{declaration}\n").functions] == [name]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("fmt", "fmt"),
        ("net/http", "http"),
        ("example.com/a/v2", "a"),
        ("example.com/v2", "example.com"),
        ("gopkg.in/yaml.v3", "yaml"),
        ("github.com/x/go-cmp", "cmp"),
        ("github.com/x/zap-go", "zap"),
        ("github.com/x/nats.go", "nats"),
        ("github.com/x/some-thing", "some_thing"),
        ("example.com/value", "value"),
        ("v2", "v2"),
    ],
)
def test_the_name_that_an_import_path_suggests(path: str, name: str) -> None:
    assert assumed_name(path) == name


def test_imports_go_by_their_alias_or_the_name_of_the_path() -> None:
    source = 'package p\n\nimport (\n"a/b"\nx "c/d"\n. "e"\n_ "f"\n"g/v3"\n)\n'
    assert package_of(source).files[0].imports() == {"b": "a/b", "x": "c/d", "g": "g/v3"}


def test_a_package_declares_what_all_its_files_declare_but_no_methods() -> None:
    package = package_of(
        "package p\n\nvar a, b int\n\nfunc f() {}\n\nfunc (T) m() {}\n",
        "package p\n\nconst c = 1\n\ntype T int\n\ntype A = T\n",
    )
    scope = package_scope(package)
    assert {name: symbol.kind for name, symbol in scope.items()} == {
        "f": SymbolKind.FUNC,
        "a": SymbolKind.GLOBAL,
        "b": SymbolKind.GLOBAL,
        "c": SymbolKind.CONST,
        "T": SymbolKind.TYPE,
        "A": SymbolKind.TYPE,
    }


def test_the_list_of_declarations() -> None:
    source = 'package p\n\nimport x "a/b"\n\nvar a, b int\nconst c = 1\ntype T int\n\nfunc (t *T) m() {}\nfunc f()\n'
    assert declarations(package_of(source).files[0]).splitlines() == [
        "package p",
        "import x = a/b",
        "5: var a",
        "5: var b",
        "6: const c",
        "7: type T",
        "9: func (*T).m",
        "10: func f",
    ]


def test_the_list_of_uses() -> None:
    package = package_of(
        'package p\n\nimport "os"\n\nfunc f(größe int) {\n\tos.Exit(größe)\n\tf(T(größe))\n}\ntype T int\n'
    )
    (function,) = package.functions
    assert uses(resolve(function, package_scope(package)), function.file.text).splitlines() == [
        "5:8 größe: param declared at line 5",
        "5:14 int: universe",
        "6:2 os: import os",
        "6:10 größe: param declared at line 5",
        "7:2 f: func",
        "7:4 T: type",
        "7:6 größe: param declared at line 5",
    ]
