"""Names that deserve a second look, by the text of a file alone."""

import pytest

from goleaklint.files.text import SourceText
from goleaklint.index.hints import called, endings, makers
from goleaklint.syntax.parse import Tree


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("func f() { os.Exit(1) }", ["f"]),
        ('func f() {\n\tlog.Println(1)\n\tlog.Fatalf(\n\t\t"%d", 1,\n\t)\n}', ["f"]),
        ("func f() {\n\tif x {\n\t\tpanic(1)\n\t}\n}", []),
        ("func f() int { panic(1) }", []),
        ("func f()", []),
        ('func f() { g() }\nfunc g() { h("}") }\nfunc h() { panic(1) }\nfunc i() {\n\tg()\n\tj()\n}', ["f", "g", "h"]),
        ("func (t *T) f() {\n\tt.x.g(1)\n}\nfunc (t *T) g(int) { panic(1) }", ["f", "g"]),
        ("func f() { f() }", []),
    ],
)
def test_functions_that_may_never_return(code: str, found: list[str]) -> None:
    text = SourceText("a.go", f"package p\n\n{code}\n".encode())
    assert list(endings(Tree(text).file(), text.data)) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("func open() (*DB, error)", ["open"]),
        ("type I interface { get() lib.DB; put(int) }", ["get"]),
        ("func openT() *T\nfunc NewT() *T\nfunc New() *T\nfunc (t *T) Close()", ["openT", "NewT"]),
        ("func openT() *T\nfunc (t *T) Closed() bool", []),
        ("func opened() *T\nfunc peer() *T\nfunc (t *T) shutdown()", []),
    ],
)
def test_functions_that_may_return_a_resource(code: str, found: list[str]) -> None:
    text = SourceText("a.go", f"package p\n\n{code}\n".encode())
    assert list(makers(Tree(text).file(), frozenset(("DB",)))) == found


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("x := New(1)", ""),
        ("x := errors.New(1)", "errors"),
        ("x := errors . \n\tNew(1)", "errors"),
        ("x := a.b.New(1)", None),
        ("x := f().New(1)", None),
        ("x := l[1].New(1)", None),
        ("x := New[int, b.T](1)", ""),
    ],
)
def test_what_stands_before_a_call(code: str, before: str | None) -> None:
    (found,) = called(code.encode(), frozenset((b"New",)))
    assert (found.name, found.before, found.start) == ("New", before, code.index("New"))
