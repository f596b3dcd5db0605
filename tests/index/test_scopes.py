"""What each name in a function refers to: Go's scopes one by one, then whole packages compared with go/types."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from go_names import kinds_at, package_of, same, symbols_at

from goleaklint.index.scopes import package_scope, resolve

# Marked names with the same letter are one thing; `-` is left open. Parameter p and result r are in scope.
SCOPES = [
    ("«p»++; «r» = nil; return «r»", "abb"),
    ("«x» := 1; { «x»++; «x» := 2; «x»++ }; «x»++", "aabba"),
    ("«x» := 1; { «x» := «x»; _ = «x» }", "abab"),
    ("«p» := 1", "a"),
    ("{ «p» := «p»; _ = «p» }; _ = «p»", "abab"),
    ("var «x» = 1; { var «x» = «x»; _ = «x» }", "abab"),
    ("const «c» = 1; { const «c» = «c» + 1; _ = «c» }", "abab"),
    ("«x», «r» := 1, f(); «y», «r» := 2, f(); _, _ = «x», «y»", "abcbac"),
    ("if «x» := p; «x» > 0 { _ = «x» } else if «y» := «x»; «y» > 0 { _ = «x» } else { _ = «y» }; _ = «x»", "aaababab-"),
    ("if «r» := f(); «r» != nil { return «r» }; return «r»", "aaab"),
    ("for «i» := 0; «i» < 9; «i»++ { «i» := «i»; _ = «i» }; _ = «i»", "aaabab-"),
    ("for «k», «v» := range «p» { _, _ = «k», «v» }; _ = «k»", "abcab-"),
    ("for «p» := range «p» { _ = «p» }", "aba"),
    ("var «k» int; for «k» = range «p» {}; _ = «k»", "aaba"),
    ("switch «x» := p; «x» { case «x»: «y» := 1; _ = «y»; default: _ = «y» }", "aaabb-"),
    ("switch «v» := p.(type) { case int: _ = «v»; case string: _ = «v»; default: _ = «v» }; _ = «v»", "abca-"),
    ("switch «p» := «p».(type) { case error: _ = «p» }; _ = «p»", "abab"),
    ("select { case «v», «ok» := <-«p»: _, _ = «v», «ok»; case «v» := <-p: _ = «v»; default: _ = «v» }", "abcabdd-"),
    ("select { case «p» <- «x»: «y» := 1; _ = «y» }; _ = «y»", "a-bb-"),
    ("func() { «p»++; «p» := 1; _ = «p» }(); _ = «p»", "abba"),
    ("g := func(«p» int) («r» int) { «r» = «p»; return }; g(«p»)", "abbac"),
    ("var «g» func(); «g» = func() { «g»() }; «h» := func() { «h»() }; «h»()", "aaab-b"),
    ("«x» := func() int { return «x» }", "a-"),
    ("«x»: for { break «x» }", "--"),
    ("«x» := 1; x: for { «x»++; continue x }", "aa"),
    ("_, «_» = p, p", "-"),
    ("type «T» struct{ next *«T» }; var x «T»; { type «T» int; var y «T» }", "aaabb"),
    ("type «L»[«E» any] []«E»; var x «L»[int]; var «E» int", "abbac"),
    ("_ = p.«p»; _ = «p».x.«p»", "-a-"),
    ("«x» := p; _ = struct{ «x» int }{«x»: 1}", "a--"),
    ("var _ = func(«q» int) {}; _ = «q»", "a-"),
    ("var _ func(«p» int) «p»", "-a"),
    ("«i» := 0; a[«i»], «i» = 1, 2", "aaa"),
    ("«a», «b» := 1, 2; «a», «b» = «b», «a»", "ababba"),
    ("go func(x int) { _ = «p» }(«p»); defer «p».Close()", "aaa"),
    ("«x» := 1; goto end; end: «x»++", "aa"),
]

# In a composite literal the names of fields stay open, and keys that are expressions do not.
KEYS = [
    ("map[string]int{«p»: 1}", "a"),
    ("[]int{«p»: 1}", "a"),
    ("[...]int{«p»: 1}", "a"),
    ("struct{ p int }{«p»: 1}", "-"),
    ("T{«p»: «p»}", "-a"),
    ("&T{«p»: «p»}", "-a"),
    ("M{«p»: 1}", "a"),
    ("Deep{«p»: {«p»: «p»}}", "a-a"),
    ("[]T{{«p»: «p»}}", "-a"),
    ("[]*T{{«p»: 1}}", "-"),
    ("map[T]M{{«p»: 1}: {«p»: 1}}", "-a"),
    ("[][]int{{«p»: 1}}", "a"),
    ("Alias{«p»: 1}", "a"),
    ("G[int]{«p»: 1}", "-"),
    ("GM[int]{«p»: 1}", "a"),
    ("q.T{«P»: «p»}", "-a"),
    ("q.M{«p»: 1}", "a"),
    ('q.M{"k": 1, «p»: 1}', "a"),
    ("q.M{«p»: {1}}", "a"),
    ("unknown{«p»: 1}", "-"),
    ("unknown{«p»: {1}}", "a"),
    ("T{inner: []int{«p»: 1}}", "a"),
]
TYPES = """
type T struct{ p int; inner []int }
type M map[int]int
type Deep map[int]T
type Alias = M
type G[E any] struct{ p E }
type GM[E any] map[int]E
"""


@pytest.mark.parametrize(("body", "expected"), SCOPES)
def test_scopes(body: str, expected: str) -> None:
    assert same(body) == expected


@pytest.mark.parametrize(("literal", "expected"), KEYS)
def test_keys_of_literals(literal: str, expected: str) -> None:
    found = kinds_at(f'package p\n\nimport "q"\n\nfunc f(p, P int) {{\n\t_ = {literal}\n}}\n{TYPES}')
    assert "".join("-" if kind == "-" else "a" for kind in found) == expected
    assert set(found) <= {"-", "param"}


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ('import "os"\nfunc f() { «os».Exit(1) }', ["import"]),
        ('import "os"\nfunc f(os int) { _ = «os»; { «os» := 1; _ = «os» } }', ["param", "local", "local"]),
        ('import x "os"\nfunc f() { _, _ = «x».A, «os».B }', ["import", "-"]),
        ('import . "os"\nfunc f() { «Exit»(1) }', ["-"]),
        ('import _ "os"\nfunc f() { «os».Exit(1) }', ["-"]),
        ('import "example.com/go-yaml/v3"\nfunc f() { «yaml».X() }', ["import"]),
        ("func f() { «g»() }\nfunc g() {}", ["func"]),
        ("func (T) f() { «f»() }\ntype T int", ["-"]),
        ("func f() { _, _ = «v», «c» }\nvar v int\nconst c = 1", ["global", "const"]),
        ("func f() { var _ «T»; _ = «T»(1) }\ntype T int", ["type", "type"]),
        ("func f() { «len»(«nil»); var _ «int» = «iota» }", ["universe"] * 4),
        ("func f() { «panic»() }\nfunc panic() {}", ["func"]),
        ("func («t» *«T»[«K», V]) f(k «K») (v «V») { _ = «t»; return «v» }\ntype T[K, V any] struct{}",
         ["param", "type", "type", "type", "type", "param", "result"]),
        ("func f[«E» any, S ~[]«E»](s «S») { var _ «E» }", ["type", "type", "type", "type"]),
        ("func f(x «x») {}\ntype x int", ["type"]),
        ("func f(a, b «int») { _ = T{«a»: «b»} }\ntype T struct{ a int }", ["universe", "-", "param"]),
        ("func (_ T) f(«_» int) {}\ntype T int", ["param"]),
        ("func f(a, b, c, d, e, f, g, h, i, j, k int) { _, _, _ = «a», «b», «k» }", ["param"] * 3),
        ("func f(größe int) { _ = «größe» }", ["param"]),
    ],
)  # fmt: skip
def test_kinds(source: str, kinds: list[str]) -> None:
    assert kinds_at(f"package p\n\n{source}\n") == kinds


def test_names_declared_in_another_file_of_the_package() -> None:
    found = symbols_at("package p\n\nfunc f() { «g»(«os».A) }\n", 'package p\n\nimport "os"\n\nfunc g() {}\n')
    assert [symbol and symbol.kind.name for symbol in found] == ["FUNC", None]


def test_a_symbol_tells_where_and_how_deep_it_is_declared() -> None:
    source = "package p\n\nfunc f(a int) {\n\tb := 1\n\tfunc(c int) { _, _, _, _ = «a», «b», «c», «f» }(0)\n}\n"
    a, b, c, f = symbols_at(source)
    assert a is not None and b is not None and c is not None and f is not None
    assert [source[each.start] for each in (a, b, c)] == ["a", "b", "c"]
    assert [each.depth for each in (a, b, c, f)] == [0, 0, 1, -1]
    assert [each.is_variable for each in (a, b, c, f)] == [True, True, True, False]


PACKAGES = ("slices", "text/template", "encoding/json", "go/printer")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_use_of_a_local_variable_is_that_of_go_types(
    package: str, go_root: Path, go_program: Callable[..., str]
) -> None:
    directory = go_root / "src" / package
    expected: dict[str, dict[int, int]] = defaultdict(dict)
    for line in go_program("names", directory).splitlines():
        name, use, declaration = line.split()
        expected[name][int(use)] = int(declaration)
    sources = {name: (directory / name).read_bytes() for name in expected}
    assert sum(map(len, expected.values())) > 1000
    assert {name: uses for name, uses in local_uses(sources).items() if uses} == expected


def local_uses(sources: dict[str, bytes]) -> dict[str, dict[int, int]]:
    """By file: the offset of each use of a local variable, and the offset of its declaration."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    by_package: dict[str, list[str]] = defaultdict(list)
    for name, source in sources.items():
        by_package[package_of(source).name].append(name)
    for names in by_package.values():
        package = package_of(*(sources[name] for name in names))
        declared = package_scope(package)
        for function in package.functions:
            uses = {at: symbol for at, symbol in resolve(function, declared).items() if at != symbol.start}
            name = names[package.files.index(function.file)]
            found[name] |= {at: symbol.start for at, symbol in uses.items() if symbol.is_variable}
    return found
