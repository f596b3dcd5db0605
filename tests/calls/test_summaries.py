"""What a function's summary says, as `goleaklint show --stage summary` prints it."""

import textwrap
from pathlib import Path

import pytest

from goleaklint.files.patterns import PatternError
from goleaklint.pipeline.summaries import summary_pages


def summary(tmp_path: Path, code: str, function: str, imports: str = "") -> str:
    """The summary of one function of a package with this code, without its head."""
    (tmp_path / "go.mod").write_text("module example.com/sm\n\ngo 1.24\n", encoding="utf-8")
    lines = "".join(f'import "{path}"\n' for path in imports.split())
    (tmp_path / "a.go").write_text(f"package sm\n\n{lines}\n{textwrap.dedent(code)}", encoding="utf-8")
    page = summary_pages("a.go", function, tmp_path)
    return page.partition("\n")[2]


@pytest.mark.parametrize(
    ("code", "imports", "expected"),
    [
        ("func f(err error) { if err != nil { panic(0) } }", "", "err: borrowed\nreturns only if err is nil\npanics\n"),
        (
            "func f(ok bool) { if !ok { log.Fatal() } }",
            "log",
            "ok: borrowed\nreturns only if ok is true\n",
        ),
        ("func f() { os.Exit(1) }", "os", "never returns\n"),
        ("func f() { g() }\nfunc g() { h() }\nfunc h() { panic(1) }", "", "never returns\npanics\n"),
        ("type T int\nfunc f() { T(0).g() }\nfunc (t T) g() {\n\tt.h()\n}\nfunc (t T) h() { os.Exit(1) }", "os",
         "never returns\n"),
        ("func f(n int) { if n > 0 { f(n - 1) } }", "", "n: borrowed\n"),
        ("func f(c chan int) { c <- 1 }", "", "c: sent to\nmay block: send on c\n"),
        ("func f(c chan int) { for range c { } }", "", "c: received from\nmay block: range over c\n"),
        ("func f(c chan int) { close(c) }", "", "c: closed\n"),
        (
            "func f(c chan int) { select { case <-c: default: } }",
            "",
            "c: received from\n",
        ),
        ("func f(done func()) { done() }", "", "done: called\n"),
        ("func f(x *int) *int { return x }", "", "x: returned\nresult 1: the parameter x\n"),
        ("func f(x *int) { go func() { *x = 1 }() }", "", "x: given to a goroutine\nspawns a goroutine\n"),
        ("func f(x *int) { g(x) }\nfunc g(x *int) { go h(x) }\nfunc h(*int) {}", "",
         "x: given to a goroutine\nspawns a goroutine\n"),
        ("var kept *int\nfunc f(x *int) { kept = x }", "", "x: stored\n"),
        ("type T struct{ x *int }\nfunc f(x *int) *T { return &T{x: x} }", "", "x: returned\nresult 1: unknown\n"),
        ("func f(x *int) func() { return func() { *x = 1 } }", "", "x: kept by a function value\nresult 1: unknown\n"),
    ],
)  # fmt: skip
def test_summary(tmp_path: Path, code: str, imports: str, expected: str) -> None:
    assert summary(tmp_path, code, "f", imports) == expected


FILES = """
    func open(name string) (*os.File, error) {
        f, err := os.Open(name)
        if err != nil {
            return nil, err
        }
        return f, nil
    }

    func reopen(name string) (*os.File, error) { return open(name) }

    func always(f *os.File) { defer f.Close() }

    func sometimes(f *os.File, drop bool) {
        if drop {
            f.Close()
        }
    }

    func below(f, g *os.File) {
        always(f)
        sometimes(g, true)
    }

    func inLiteral(f *os.File) { defer func() { f.Close() }() }

    func unlessEarly(f *os.File, early bool) {
        if early {
            return
        }
        defer f.Close()
    }

    func around(f *os.File, n int) {
        if n > 0 {
            back(f, n-1)
            return
        }
        f.Close()
    }

    func back(f *os.File, n int) { around(f, n) }
"""


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("open", "name: borrowed\nresult 1: fresh from os.Open, nil with a non-nil error\nresult 2: unknown\n"),
        ("reopen", "name: borrowed\nresult 1: fresh from os.Open, nil with a non-nil error\nresult 2: unknown\n"),
        ("always", "f: Close always\n"),
        ("sometimes", "f: Close sometimes\ndrop: borrowed\n"),
        ("below", "f: Close always\ng: Close sometimes\n"),
        ("inLiteral", "f: Close always\n"),
        ("unlessEarly", "f: Close sometimes\nearly: borrowed\n"),
        ("around", "f: Close always\nn: borrowed\n"),
    ],
)
def test_files(tmp_path: Path, function: str, expected: str) -> None:
    assert summary(tmp_path, FILES, function, "os") == expected


CONTEXTS = """
    func looks(ctx context.Context) error { return ctx.Err() }

    func hands(ctx context.Context) error { return looks(ctx) }

    func ignores(ctx context.Context, c chan int) int { return <-c }
"""


@pytest.mark.parametrize(("function", "observes"), [("looks", True), ("hands", True), ("ignores", False)])
def test_contexts(tmp_path: Path, function: str, observes: bool) -> None:
    assert ("observes its context" in summary(tmp_path, CONTEXTS, function, "context")) is observes


def test_unknown_function(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match=r"a\.go has no function g; it has: f"):
        summary(tmp_path, "func f() {}", "g")


def test_a_function_whose_syntax_is_not_understood_has_no_summary(tmp_path: Path) -> None:
    with pytest.raises(PatternError, match=r"a\.go has no function f; it has: g"):
        summary(tmp_path, "func f() { x := }\n\nfunc g() {}", "f")
