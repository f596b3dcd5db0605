"""Whom calls mean: every way to know it, and the calls of which nothing is said."""

from pathlib import Path

import pytest
from go_calls import edges, graph_of

PLAIN = {
    "a function": ("func f() { g() }\nfunc g() {}", ["f -call/static-> g"]),
    "itself": ("func f(n int) { if n > 0 { f(n - 1) } }", ["f -call/static-> f"]),
    "each other": ("func f() { g() }\nfunc g() { f() }", ["f -call/static-> g", "g -call/static-> f"]),
    "conversions and builtins call nobody": ("type T int\nfunc f(x []T) int { return int(T(len(x))) }", []),
    "a name that is shadowed": ("func g() {}\nfunc f() { g := 1; _ = g }", []),
    "a function without a body": ("func g()\nfunc f() { g() }", ["f -call/static-> g"]),
    "goroutines and deferred calls": (
        "func f() { go g(h()); defer g(h()) }\nfunc g(int) {}\nfunc h() int { return 1 }",
        ["f -go/static-> g", "f -call/static-> h", "f -defer/static-> g", "f -call/static-> h"],
    ),
    "package variables": ("var x = g()\nfunc g() int { return 1 }", ["init -call/static-> g"]),
    "init functions": (
        "func init() { g() }\nfunc init() { func() { g() }() }\nfunc g() {}",
        ["init.0 -call/static-> g", "init.1 -call/static-> init.1.func1", "init.1.func1 -call/static-> g"],
    ),
    "generic functions": (
        "func g[T any](x T) { h[T]() }\nfunc h[T any]() {}\nfunc f() { g(1); g[string](``) }",
        ["g -call/static-> h", "f -call/static-> g", "f -call/static-> g"],
    ),
}

LITERALS = {
    "on the spot": (
        "func f() { func() { g() }() }\nfunc g() {}",
        ["f -call/static-> f.func1", "f.func1 -call/static-> g"],
    ),
    "names": (
        "func f() {\n\tgo func() {\n\t\tdefer func() {}()\n\t\tfunc() { func() {}() }()\n\t}()\n\tdefer func() {}()\n}",
        [
            "f -go/static-> f.func1",
            "f.func1 -defer/static-> f.func1.1",
            "f.func1 -call/static-> f.func1.2",
            "f.func1.2 -call/static-> f.func1.2.1",
            "f -defer/static-> f.func2",
        ],
    ),
    "in package variables": (
        "var a, b = func() int { return 1 }(), func() { func() { g() }() }\nfunc g() {}",
        [
            "init -call/static-> glob..func1",
            "glob..func2 -call/static-> glob..func2.1",
            "glob..func2.1 -call/static-> g",
        ],
    ),
    "of a method": (
        "type T struct{}\nfunc (t *T) m() { go func() { t.m() }() }",
        ["(*T).m -go/static-> (*T).m.func1", "(*T).m.func1 -call/method-> (*T).m"],
    ),
}

METHODS = {
    "of values and pointers": (
        "type T struct{}\nfunc (T) a() {}\nfunc (*T) b() {}\nfunc f(t *T) { t.a(); go t.b() }",
        ["f -call/method-> T.a", "f -go/method-> (*T).b"],
    ),
    "promoted ones are those of the embedded type": (
        "type A struct{}\nfunc (*A) m() {}\ntype B struct{ *A }\ntype C struct{ B }\nfunc f(c C) { c.m() }",
        ["f -call/method-> (*A).m"],
    ),
    "of generic types": (
        (
            "type L[T any] struct{ x T }\nfunc (l *L[T]) add() { l.grow() }\nfunc (l *L[T]) grow() {}\n"
            "func f(l *L[int]) { l.add() }"
        ),
        ["(*L).add -call/method-> (*L).grow", "f -call/method-> (*L).add"],
    ),
    "method expressions and values": (
        "type T struct{}\nfunc (T) m() {}\nfunc f(t T) { T.m(t); g := t.m; g(); h := T.m; h(t) }",
        ["f -call/method-> T.m", "f -call/value-> T.m", "f -call/value-> T.m"],
    ),
    "ranging over one": (
        "type T struct{}\nfunc (T) all(yield func(int) bool) {}\nfunc f(t T) { for range t.all {} }",
        ["f -call/method-> T.all"],
    ),
}

VALUES = {
    "a local variable": ("func f() { g := func() {}; defer g() }", ["f -defer/value-> f.func1"]),
    "a local variable in a closure": (
        "func f() { var g func(); g = func() { g() }; go func() { g() }() }",
        ["f.func1 -call/value-> f.func1", "f -go/static-> f.func2", "f.func2 -call/value-> f.func1"],
    ),
    "a variable with two functions": ("func f(x bool) { g := a; if x { g = b }; g() }\nfunc a() {}\nfunc b() {}", []),
    "a variable that can be nil": (
        "func f(x bool) { var g func(); if x { g = a }; g() }\nfunc a() {}",
        ["f -call/value-> a"],
    ),
    "a variable whose address is taken": (
        "func f() { g := a; h(&g); g() }\nfunc a() {}\nfunc h(*func()) {}",
        ["f -call/static-> h"],
    ),
    "a package variable": ("var hook = a\nfunc a() {}\nfunc f() { hook() }", ["f -call/value-> a"]),
    "a package variable that is set again": (
        "var hook = a\nfunc a() {}\nfunc b() {}\nfunc set() { hook = b }\nfunc f() { hook() }",
        [],
    ),
    "a field": (
        (
            "type T struct{ done func() }\nfunc a() {}\nfunc New() *T { return &T{done: a} }\n"
            "func (t *T) Close() { t.done() }"
        ),
        ["(*T).Close -call/value-> a"],
    ),
    "a field of a literal without keys": (
        "type T struct { n int; done func() }\nfunc a() {}\nvar ts = []*T{{1, a}, {n: 2}}\nfunc f(t T) { t.done() }",
        ["f -call/value-> a"],
    ),
    "a field of a literal whose type is left out": (
        "type T struct{ done func() }\nfunc a() {}\nvar ts = []*T{{done: a}}\nfunc f(t T) { t.done() }",
        ["f -call/value-> a"],
    ),
    "a field that is set to something unknown": (
        (
            "type T struct{ done func() }\nfunc a() {}\nfunc New(g func()) *T { t := &T{a}; t.done = g; return t }\n"
            "func f(t *T) { t.done() }"
        ),
        [],
    ),
    "a parameter": (
        "func run(g func()) { go g() }\nfunc a() {}\nfunc f() { run(a) }",
        ["run -go/value-> a", "f -call/static-> run", "f -go/callback-> a"],
    ),
    "a parameter of a function that others can call": (
        "func run(g func()) { g() }\nfunc a() {}\nfunc f() { run(a); use(run) }\nfunc use(any) {}",
        ["f -call/callback-> a", "f -call/static-> run", "f -call/static-> use"],
    ),
    "a result": (
        (
            "func lock() (func(), error) { return func() {}, nil }\n"
            "func f() { unlock, err := lock(); _ = err; defer unlock() }"
        ),
        ["f -call/static-> lock", "f -defer/value-> lock.func1"],
    ),
    "an element": ("func f(gs []func()) { gs[0]() }", []),
}

CALLBACKS = {
    "by the packs": (
        (
            'import (\n\t"sync"\n\t"time"\n\t"net/http"\n)\nvar o sync.Once\nfunc f(wg *sync.WaitGroup) {\n\t'
            "o.Do(func() {})\n"
            "\twg.Go(g)\n\ttime.AfterFunc(1, g)\n\tdefer o.Do(g)\n\thttp.HandleFunc(``, nil)\n}\nfunc g() {}"
        ),
        ["f -call/callback-> f.func1", "f -go/callback-> g", "f -go/callback-> g", "f -defer/callback-> g"],
    ),
    "stored ones are not called": (
        'import "net/http"\nfunc f() { http.HandleFunc("/", h) }\nfunc h(http.ResponseWriter, *http.Request) {}',
        [],
    ),
    "by what the function does with it": (
        "func run(g func()) { go func() { defer g() }() }\nfunc f() { run(func() {}); run(func() {}) }",
        [
            "run -go/static-> run.func1",
            "f -call/static-> run",
            "f -go/callback-> f.func1",
            "f -call/static-> run",
            "f -go/callback-> f.func2",
        ],
    ),
    "handed on": (
        (
            "func outer(g func()) { inner(g) }\nfunc inner(g func()) { defer g() }\n"
            "func f() { outer(func() {}); outer(func() {}) }"
        ),
        [
            "outer -call/static-> inner",
            "f -call/static-> outer",
            "f -defer/callback-> f.func1",
            "f -call/static-> outer",
            "f -defer/callback-> f.func2",
        ],
    ),
    "kept": (
        "var kept []func()\nfunc keep(g func()) { kept = append(kept, g) }\nfunc f() { keep(func() {}) }",
        ["f -call/static-> keep"],
    ),
}


@pytest.mark.parametrize(
    ("source", "wanted"), [pytest.param(*case, id=name) for name, case in (PLAIN | LITERALS | METHODS).items()]
)
def test_calls_by_name_and_type(tmp_path: Path, source: str, wanted: list[str]) -> None:
    assert edges(graph_of(tmp_path, source)) == wanted


@pytest.mark.parametrize(("source", "wanted"), [pytest.param(*case, id=name) for name, case in VALUES.items()])
def test_calls_of_values(tmp_path: Path, source: str, wanted: list[str]) -> None:
    assert edges(graph_of(tmp_path, source)) == wanted


@pytest.mark.parametrize(("source", "wanted"), [pytest.param(*case, id=name) for name, case in CALLBACKS.items()])
def test_callbacks(tmp_path: Path, source: str, wanted: list[str]) -> None:
    assert edges(graph_of(tmp_path, source)) == wanted


def test_calls_between_packages(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path,
        {
            "a/a.go": (
                "package a\n\ntype T struct{ Done func() }\n\nfunc New() *T { return &T{} }\nfunc (*T) Close() {}\n"
            ),
            "b/b.go": 'package b\n\nimport other "example.com/m/a"\n\n'
            "func f() { t := other.New(); t.Done = g; defer t.Close() }\n"
            "func g() {}\nfunc h(t *other.T) { t.Done() }\n",
        },
    )
    assert edges(graph) == ["b:f -call/static-> a:New", "b:f -defer/method-> a:(*T).Close", "b:h -call/value-> b:g"]


def test_builds_that_exclude_each_other(tmp_path: Path) -> None:
    graph = graph_of(
        tmp_path,
        {
            "f.go": "package p\n\nfunc f() { g() }\n",
            "g_linux.go": "package p\n\nfunc g() {}\n",
            "g_windows.go": "package p\n\nfunc g() {}\nfunc h() { g() }\n",
        },
    )
    found = [(edge.caller.name, edge.callee.path) for edge in graph.edges]
    assert found == [("f", "g_linux.go"), ("f", "g_windows.go"), ("h", "g_windows.go")]


def test_an_errgroup_without_its_source(tmp_path: Path) -> None:
    source = 'import "golang.org/x/sync/errgroup"\n\nfunc f(g *errgroup.Group) { g.Go(func() error { return nil }) }'
    assert edges(graph_of(tmp_path, source)) == ["f -go/callback-> f.func1"]


def test_what_is_outside_and_what_is_unknown(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, 'import "os"\nfunc f(x *os.File, g func()) { os.Exit(1); x.Close(); g() }')
    (function,) = graph.functions
    assert [f"{each.package}.{each.name}" for each in graph.external(function)] == ["os.(*File).Close", "os.Exit"]
    assert len(graph.unresolved(function)) == 1
