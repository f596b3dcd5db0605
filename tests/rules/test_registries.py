"""What GL701 and the finalizer rules ask of a package: who names a variable, what only grows, what runs when."""

import textwrap
from pathlib import Path

import pytest

from goleaklint.calls.code import Code
from goleaklint.calls.functions import Functions, Sources
from goleaklint.calls.mentions import Shared, mentions, shared_of
from goleaklint.calls.serving import runs_while_serving
from goleaklint.flow import ops
from goleaklint.pipeline.calls import call_program
from goleaklint.rules._cycles import cycle_through
from goleaklint.rules._registries import growth, is_enumeration
from goleaklint.syntax import ast
from goleaklint.types.types import Basic, Named

PACKAGE = "example.com/m"


def functions(tmp_path: Path, code: str) -> Functions:
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
    (tmp_path / "a.go").write_text("package m\n" + textwrap.dedent(code), encoding="utf-8")
    program = call_program(("./...",), tmp_path)
    paths = {each.package.path: [scope.source.path for scope in each.scopes.values()] for each in program.packages}
    return Functions(program.declared, program.knowledge, Sources(paths))


def code_of(found: Functions, name: str) -> Code:
    scope = found.declared.program.package(PACKAGE)
    assert scope is not None
    return next(each.code for each in found.in_package(scope) if each.function.name == name)


def test_mentions_of_a_field_are_found_in_every_form(tmp_path: Path) -> None:
    found = functions(
        tmp_path,
        """
        type hub struct{ subs map[string]chan int; other struct{ subs int } }
        type peer struct{ subs int }
        var top = &hub{subs: map[string]chan int{}}
        func make1() *hub { return &hub{subs: nil} }
        func (h *hub) add(k string) { h.subs[k] = nil }
        func (p *peer) add() { p.subs++ }
        func (h *hub) inner() { h.other.subs++ }
    """,
    )
    code = code_of(found, "(*hub).add")
    shared = Shared(PACKAGE, "hub", "subs")
    where = [(each.code.name if each.code else "top", each.given is not None) for each in mentions(code, shared)]
    assert sorted(where) == [("(*hub).add", False), ("make1", True), ("top", True)]
    inner = code_of(found, "(*hub).inner")
    assert [str(each.expr.start > 0) for each in mentions(inner, Shared(PACKAGE, "hub", "other.subs"))] == ["True"]


def test_aliases_lead_to_the_shared_variable(tmp_path: Path) -> None:
    found = functions(
        tmp_path,
        """
        import "sync"
        var pool sync.Pool
        func f() { p := &pool; p.Put(1) }
    """,
    )
    code = code_of(found, "f")
    fun = next(op.node.fun for _, op in code.graph.ops(ops.Call))
    assert isinstance(fun, ast.Selector)
    assert shared_of(code, fun.x) == Shared(PACKAGE, "", "pool")
    assert shared_of(code, fun.x, aliases=0) is None


@pytest.mark.parametrize(
    ("other", "grows"),
    [
        ("for range h.subs { }", True),
        ("close(h.subs[k])", True),
        ("_, _ = h.subs[k], len(h.subs) == 0", True),
        ("if h.subs == nil { h.subs = make(map[string]chan int) }", True),
        ("delete(h.subs, k)", False),
        ("clear(h.subs)", False),
        ("h.subs = make(map[string]chan int)", False),
        ("h.subs = nil", False),
        ("if len(h.subs) > 100 { return }", False),
        ("use(h.subs)", False),
        ("m := h.subs; delete(m, k)", False),
        ("h.subs[k] = nil", False),
    ],
)
def test_what_keeps_a_map_from_growing(tmp_path: Path, other: str, grows: bool) -> None:
    found = functions(
        tmp_path,
        f"""
        type hub struct{{ subs map[string]chan int }}
        func use(m map[string]chan int) {{}}
        func (h *hub) add(k string, c chan int) {{ h.subs[k] = c }}
        func (h *hub) other(k string) {{ {other} }}
    """,
    )
    code = code_of(found, "(*hub).add")
    assert (growth(code, Shared(PACKAGE, "hub", "subs")) is not None) == grows


@pytest.mark.parametrize(
    ("caller", "serving"),
    [
        ("func init() { (&hub{}).add() }", False),
        ("func newHub() *hub { h := &hub{}; h.add(); return h }", False),
        ("func registerAll() { (&hub{}).add() }\nfunc init() { registerAll() }", False),
        ("func (h *hub) Serve() { h.add() }", True),
        ("func (h *hub) Serve() { h.add() }\nfunc init() { (&hub{}).add() }", True),
        ("", True),
        ("type adder interface{ add() }\nfunc keep(a adder) func() { return a.add }", True),
        ("type adder interface{ add() }\nvar keep = []func(adder){ adder.add }", True),
        ("func (h *hub) keep() func() { return h.add }", True),
    ],
)
def test_what_runs_while_a_program_serves(tmp_path: Path, caller: str, serving: bool) -> None:
    found = functions(tmp_path, f"type hub struct{{ n int }}\nfunc (h *hub) add() {{ h.n++ }}\n{caller}\n")
    assert runs_while_serving(code_of(found, "(*hub).add"), "hub") is serving


def test_keys_of_few_values(tmp_path: Path) -> None:
    found = functions(
        tmp_path,
        """
        type kind int
        const ( first kind = iota; second )
        type id int
        func f() {}
    """,
    )
    code = code_of(found, "f")
    assert is_enumeration(code, Named(PACKAGE, "kind")) and is_enumeration(code, Basic("bool"))
    assert not is_enumeration(code, Named(PACKAGE, "id")) and not is_enumeration(code, Basic("string"))


@pytest.mark.parametrize(
    ("body", "way"),
    [
        ("a.b = b; b.a = a", ["b", "a"]),
        ("a.f = func() { _ = a }", ["a"]),
        ("a.f = a.m", ["a"]),
        ("b.a = a", []),
        ("a.b = b; b.a = a; b.a = nil", []),
        ("a.n = b.n; b.n = a.n", []),
    ],
)
def test_cycles_of_references(tmp_path: Path, body: str, way: list[str]) -> None:
    found = functions(
        tmp_path,
        f"""
        type one struct{{ b *two; f func(); n int }}
        type two struct{{ a *one; n int }}
        func (a *one) m() {{}}
        func f() {{ a, b := &one{{}}, &two{{}}; {body} }}
    """,
    )
    code = code_of(found, "f")
    symbol = next(each for _, each in code.names.items() if each.name == "a" and each.is_variable)
    assert [each.target.name for each in cycle_through(code, symbol)] == way
