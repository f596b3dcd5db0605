"""Functions read on demand: their summaries, callees, callers and values."""

import re
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest

from goleaklint.calls.code import DeclaredFunction
from goleaklint.calls.effects import summarise
from goleaklint.calls.functions import Functions, Sources
from goleaklint.calls.nodes import EdgeKind
from goleaklint.calls.scan import Scan
from goleaklint.calls.summary import How, Summary, Use
from goleaklint.flow import ops
from goleaklint.index.finding import directory_source
from goleaklint.index.program import Program
from goleaklint.knowledge import load_knowledge
from goleaklint.pipeline.calls import call_program
from goleaklint.types.declared import Declared


def analysis(tmp_path: Path, files: dict[str, str], endings: str = "") -> Functions:
    """The functions of a module with these files, none of them read yet."""
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
    for name, code in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(code).lstrip(), encoding="utf-8")
    program = call_program(("./...",), tmp_path)
    paths: dict[str, list[str]] = {}
    for entry in program.packages:
        paths[entry.package.path] = [scope.source.path for scope in entry.scopes.values()]
    return Functions(program.declared, program.knowledge, Sources(paths, endings=frozenset(endings.split())))


def function(functions: Functions, name: str, package: str = "example.com/m") -> DeclaredFunction:
    scope = functions.declared.program.package(package)
    assert scope is not None
    return next(each for each in functions.in_package(scope) if each.function.name == name)


def test_a_body_is_read_once_and_from_its_file(tmp_path: Path) -> None:
    functions = analysis(tmp_path, {"a.go": "package m\n\nfunc f() { g() }\n\nfunc g() {}\n"})
    one = function(functions, "f")
    assert functions.of(one.decl) is one
    call = next(op.node for _, op in one.code.graph.ops(ops.Call))
    callee = one.code.callee(call)
    assert callee is not None and callee.name == "g" and callee is function(functions, "g").code


def test_what_cannot_be_read_is_none(tmp_path: Path) -> None:
    functions = analysis(tmp_path, {"a.go": "package m\n\nfunc f()\n\nfunc g() { x := }\n\nfunc h() {}\n"})
    scope = functions.declared.program.package("example.com/m")
    assert scope is not None
    assert [each.function.name for each in functions.in_package(scope)] == ["h"]


CIRCLE = """
    package m

    func even(n int, done chan int) bool { if n == 0 { return true }; return odd(n-1, done) }
    func odd(n int, done chan int) bool { if n == 0 { close(done); return false }; return even(n-1, done) }
    func outside(done chan int) { even(3, done) }
    func itself(n int) { itself(n) }
"""


@pytest.mark.parametrize("first", ["even", "odd", "outside"])
def test_summaries_in_a_circle_do_not_depend_on_where_one_begins(tmp_path: Path, first: str) -> None:
    functions = analysis(tmp_path, {"a.go": CIRCLE})
    functions.summary(function(functions, first).decl)
    closed = {}
    for name in ("even", "odd", "outside"):
        summary = functions.summary(function(functions, name).decl)
        assert summary is not None
        closed[name] = [use.value for param in summary.params for use in param.uses]
    assert closed == {"even": ["closed"], "odd": ["closed"], "outside": ["closed"]}


def circle(names: Sequence[str], body: str) -> str:
    """Functions that each call the next one, the last the first; each closes the file it is given, or hands it on."""
    pairs = zip(names, (*names[1:], names[0]), strict=True)
    return "package m\n\n" + "".join(
        f"func {name}(f *os.File, n int) {{\n{body.replace('next', following)}\n}}\n\n" for name, following in pairs
    )


@pytest.mark.parametrize(
    ("body", "how"),
    [
        ("if n > 0 { next(f, n-1); return }; f.Close()", How.ALWAYS),
        ("if n > 0 { next(f, n-1); return }; if n < 0 { f.Close() }", How.SOMETIMES),
        ("next(f, n); f.Stat()", None),
    ],
)
def test_a_long_circle_says_the_same_of_all_its_functions(tmp_path: Path, body: str, how: How | None) -> None:
    names = [f"f{number}" for number in range(40)]
    functions = analysis(tmp_path, {"a.go": circle(names, body).replace("m\n", 'm\n\nimport "os"\n', 1)})
    for name in names:
        summary = functions.summary(function(functions, name).decl)
        assert summary is not None
        assert summary.params[0].methods.get("Close") is how


def test_each_circle_within_a_circle_is_looked_at_until_nothing_changes(tmp_path: Path) -> None:
    code = """
        package m

        func a(c chan int, n int) { b(c, n); d(c, n) }
        func b(c chan int, n int) { e(c, n); a(c, n) }
        func d(c chan int, n int) { e(c, n) }
        func e(c chan int, n int) { if n > 0 { b(c, n) } else { close(c) } }
    """
    for start in "abde":
        functions = analysis(tmp_path, {"a.go": code})
        functions.summary(function(functions, start).decl)
        for name in "abde":
            summary = functions.summary(function(functions, name).decl)
            assert summary is not None
            assert summary.params[0].uses == (Use.CLOSED,), f"{name}, begun with {start}"


@pytest.mark.parametrize("first", ["stop", "halt"])
def test_who_never_returns_in_a_circle_is_known_wherever_one_begins(tmp_path: Path, first: str) -> None:
    code = """
        package m

        import "os"

        func stop(n int) { println(n); halt(n) }
        func halt(n int) { if n > 0 { stop(n) }; os.Exit(n) }
        func use() int { stop(1); return 2 }
    """
    functions = analysis(tmp_path, {"a.go": code}, endings="stop halt")
    functions.summary(function(functions, first).decl)
    for name in ("stop", "halt", "use"):
        graph = function(functions, name).code.graph
        assert graph.returned not in graph.reachable(), name


def test_a_circle_that_does_not_settle_claims_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goleaklint.calls.demand.MAX_ROUNDS", 0)
    functions = analysis(tmp_path, {"a.go": CIRCLE})
    summary = functions.summary(function(functions, "even").decl)
    assert summary is not None
    assert summary.params[1].uses == (Use.UNKNOWN,)


def test_a_crash_in_one_function_leaves_the_others_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    functions = analysis(tmp_path, {"a.go": CIRCLE})

    def crashing(scan: Scan, watched: frozenset[str]) -> Summary:
        if any(symbol is not None and symbol.name == "n" and scan.all(ops.Return) for symbol in scan.params):
            raise ZeroDivisionError
        return summarise(scan, watched)

    monkeypatch.setattr("goleaklint.calls.functions.summarise", crashing)
    with pytest.raises(ZeroDivisionError):
        functions.summary(function(functions, "outside").decl)
    assert functions.summary(function(functions, "even").decl) is None
    alone = functions.summary(function(functions, "itself").decl)
    assert alone is not None and len(alone.params) == 1
    assert not functions._summaries._unsure and not functions._summaries._lowest


def test_a_function_that_looks_as_if_it_never_returned_is_looked_into(tmp_path: Path) -> None:
    code = """
        package m

        import "os"

        func die() { println(1); os.Exit(2) }
        func sometimes(x bool) { if x { os.Exit(2) } }
        func f() int { die(); return 1 }
        func g() int { sometimes(true); return 1 }
    """
    functions = analysis(tmp_path, {"a.go": code}, endings="die sometimes")
    reachable = {}
    for name in ("f", "g"):
        graph = function(functions, name).code.graph
        reachable[name] = graph.returned in graph.reachable()
    assert reachable == {"f": False, "g": True}


def test_callers_of_an_exported_function_are_found_in_other_packages(tmp_path: Path) -> None:
    files = {
        "a.go": "package m\n\nfunc Run() {}\n\nfunc own() { go Run(); defer Run() }\n",
        "b/b.go": 'package b\n\nimport "example.com/m"\n\nfunc f() { for { m.Run() } }\n\nvar Run = 1\n',
        "c/c.go": 'package c\n\nimport "example.com/m"\n\nfunc g() func() { func() { m.Run() }(); return m.Run }\n',
        "d/d.go": "package d\n\nfunc Run() {}\n\nfunc h() { Run() }\n",
    }
    functions = analysis(tmp_path, files)
    sites = functions.callers(function(functions, "Run").decl)
    assert sorted((site.code.name, site.kind, site.call) for site in sites) == [
        ("f", EdgeKind.CALL, True),
        ("g", EdgeKind.CALL, False),
        ("g.func1", EdgeKind.CALL, True),
        ("own", EdgeKind.DEFER, True),
        ("own", EdgeKind.GO, True),
    ]


def test_callers_of_a_method_are_told_from_those_of_its_namesakes(tmp_path: Path) -> None:
    code = """
        package m

        type A struct{}
        type B struct{}

        func (a *A) loop() {}
        func (b *B) loop() {}
        func (a *A) start() { go a.loop() }
        func (b *B) start() { go b.loop() }
    """
    functions = analysis(tmp_path, {"a.go": code})
    assert [site.code.name for site in functions.callers(function(functions, "(*A).loop").decl)] == ["(*A).start"]


def test_callers_are_found_however_their_file_writes_the_name(tmp_path: Path) -> None:
    files = {
        "a.go": "package m\n\ntype T struct{}\n\nfunc (T) Do() T { return T{} }\n\nfunc Make() T { return T{} }\n",
        "b/b.go": 'package b\n\nimport . "example.com/m"\n\nfunc dotted() { Make() }\n',
        "c/c.go": 'package c\n\nimport other "example.com/m"\n\nfunc renamed() { other.Make().\n\t\tDo().Do() }\n',
        "d/d.go": "package d\n\nfunc Make() {}\n\nfunc namesake() { Make() }\n",
    }
    functions = analysis(tmp_path, files)
    makers = functions.callers(function(functions, "Make").decl)
    assert [each.code.name for each in makers] == ["dotted", "renamed"]
    doers = functions.callers(function(functions, "T.Do").decl)
    assert [each.code.name for each in doers] == ["renamed", "renamed"]


def test_who_stops_asking_for_callers_leaves_the_rest_to_others(tmp_path: Path) -> None:
    functions = analysis(tmp_path, {"a.go": "package m\n\nfunc f() {}\n\nfunc g() { f() }\n\nfunc h() { f() }\n"})
    asked = function(functions, "f").decl
    first = next(functions.each_caller(asked))
    every = functions.callers(asked)
    assert [each.code.name for each in every] == ["g", "h"]
    assert every[0] is first
    assert list(functions.each_caller(asked)) == list(every)


def test_only_bodies_that_hold_a_word_are_read(tmp_path: Path) -> None:
    functions = analysis(tmp_path, {"a.go": "package m\n\nfunc word() { other() }\n\nfunc other() { word() }\n"})
    scope = functions.declared.program.package("example.com/m")
    assert scope is not None
    assert [each.function.name for each in functions.in_package(scope, re.compile(rb"\bword\b"))] == ["other"]
    assert len(functions._functions) == 1


def test_function_values(tmp_path: Path) -> None:
    code = """
        package m

        func f(given func()) {
            one := func() {}
            one()
            two := func() {}
            two = nil
            two()
            three := named
            three()
            given()
        }
        func named() {}
    """
    functions = analysis(tmp_path, {"a.go": code})
    code_of = function(functions, "f").code
    callees = [code_of.callee(op.node) for _, op in code_of.graph.ops(ops.Call)]
    assert [None if each is None else each.name for each in callees] == ["f.func1", None, "named", None]


def test_arguments_go_with_parameters(tmp_path: Path) -> None:
    code = """
        package m

        type T struct{}

        func (t *T) m(a int, b string, rest ...int) {}
        func f(t *T) { t.m(1, "s", 2, 3); (*T).m(t, 4, "", 5) }
    """
    functions = analysis(tmp_path, {"a.go": code})
    caller = function(functions, "f").code
    callee = function(functions, "(*T).m").code
    found = [
        [(param.name, caller.text(value)) for param, value in caller.arguments(op.node, callee)]
        for _, op in caller.graph.ops(ops.Call)
    ]
    assert found == [[("t", "t"), ("a", "1"), ("b", '"s"')], [("t", "t"), ("a", "4"), ("b", '""')]]


@pytest.mark.parametrize("read_before", [False, True])
def test_generated_files_are_looked_into_whether_or_not_they_were_read_before(
    tmp_path: Path, read_before: bool
) -> None:
    made = tmp_path / "made.go"
    made.write_text("// Code generated by hand. DO NOT EDIT.\n\npackage m\n\nfunc made() { f() }\n")
    (tmp_path / "a.go").write_text("package m\n\nfunc f() {}\n\nfunc other() { made() }\n")
    declared = Declared(Program([lambda path: directory_source(path, str(tmp_path)) if path == "m" else None]))
    functions = Functions(declared, load_knowledge(), Sources({"m": [str(tmp_path / "a.go"), str(made)]}))
    scope = declared.program.package("m")
    assert scope is not None
    called = scope.lookup("f")
    assert called is not None and scope.more is not None
    if read_before:
        assert scope.lookup("made") is not None
    assert [each.code.name for each in functions.callers(called)] == ["made"]
    assert [each.function.name for each in functions.in_package(scope, re.compile(rb"\bf\b"))] == ["made"]


def test_a_package_is_searched_in_its_generated_files_too(tmp_path: Path) -> None:
    made = tmp_path / "made.go"
    made.write_text("// Code generated by hand. DO NOT EDIT.\n\npackage m\n\nfunc made() { word() }\n")
    (tmp_path / "a.go").write_text("package m\n\nfunc f() {}\n")
    declared = Declared(Program([lambda path: directory_source(path, str(tmp_path)) if path == "m" else None]))
    functions = Functions(declared, load_knowledge(), Sources({"m": [str(tmp_path / "a.go"), str(made)]}))
    scope = declared.program.package("m")
    assert scope is not None
    assert not list(functions.in_package(scope, re.compile(b"absent")))
    assert scope.more is not None
    assert [each.function.name for each in functions.in_package(scope, re.compile(b"word"))] == ["made"]
