"""What the rules on pools share: which calls get and put, what accumulates, what is cleared, who holds an object."""

import textwrap
from pathlib import Path

import pytest

from goleaklint.calls.code import Code
from goleaklint.calls.functions import Functions, Sources
from goleaklint.index.symbols import Symbol
from goleaklint.pipeline.calls import call_program
from goleaklint.rules._pool_state import users_of
from goleaklint.rules._pooled import clears, extends
from goleaklint.rules._pools import calls_of, pool_call, pool_calls, returned_by
from goleaklint.rules._taken import sites

HEAD = """
package m

import "sync"

type thing struct {
	names []string
	byID  map[int]string
}

var pool = sync.Pool{New: func() any { return new(thing) }}
"""


def functions(tmp_path: Path, code: str) -> Functions:
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
    (tmp_path / "a.go").write_text(HEAD.lstrip() + textwrap.dedent(code), encoding="utf-8")
    program = call_program(("./...",), tmp_path)
    paths = {each.package.path: [scope.source.path for scope in each.scopes.values()] for each in program.packages}
    return Functions(program.declared, program.knowledge, Sources(paths))


def code_of(found: Functions, name: str) -> Code:
    scope = found.declared.program.package("example.com/m")
    assert scope is not None
    return next(each.code for each in found.in_package(scope) if each.function.name == name)


def variable(code: Code, name: str) -> Symbol:
    return next(symbol for _, symbol in code.names.items() if symbol.name == name and symbol.is_variable)


@pytest.mark.parametrize(
    ("statement", "cleared"),
    [
        ("*t = thing{}", {"*"}),
        ("t.names = t.names[:0]", {"names"}),
        ("t.names = nil", {"names"}),
        ("clear(t.byID)", {"byID"}),
        ("for k := range t.byID { delete(t.byID, k) }", {"byID"}),
        ("for i := range t.names { t.names[i] = \"\" }", {"names"}),
        ("t.Reset()", {"*"}),
        ("empty(t)", {"names", "byID"}),
        ("t.names = append(t.names, \"a\")", set()),
        ("t.byID[1] = \"a\"", set()),
        ("for i := range t.names { t.names[i] = \"a\" }", set()),
        ("_ = len(t.names)", set()),
    ],
)  # fmt: skip
def test_what_a_statement_clears(tmp_path: Path, statement: str, cleared: set[str]) -> None:
    found = functions(
        tmp_path,
        f"""
        func (t *thing) Reset() {{ t.names, t.byID = nil, nil }}
        func empty(t *thing) {{ t.names = t.names[:0]; t.byID = map[int]string{{}} }}
        func f(t *thing) {{ {statement} }}
    """,
    )
    code = code_of(found, "f")
    assert clears(code, variable(code, "t")) == cleared


@pytest.mark.parametrize(
    ("body", "puts"),
    [
        ("pool.Put(t)", True),
        ("if cap(t.names) > 100 { return }; pool.Put(t)", True),
        ("if t == nil { return }; pool.Put(t)", True),
        ("defer pool.Put(t)", True),
        ("if keep { return }; pool.Put(t)", False),
        ("t.names = nil", False),
    ],
)
def test_helpers_that_give_back(tmp_path: Path, body: str, puts: bool) -> None:
    found = functions(
        tmp_path,
        f"""
        func putThing(t *thing, keep bool) {{ {body} }}
        func f() {{ t := new(thing); putThing(t, false) }}
    """,
    )
    code = code_of(found, "f")
    call = next(call for call in calls_of(code) if code.text(call.fun) == "putThing")
    put = returned_by(code, call)
    assert (put is not None) == puts
    if put is not None:
        assert put.symbol.name == "t" and put.code.name == "putThing"


def test_pools_of_the_project_are_known_by_their_methods(tmp_path: Path) -> None:
    found = functions(
        tmp_path,
        """
        type bufferPool struct{}
        func (p *bufferPool) Get(n int) []byte { return make([]byte, n) }
        func (p *bufferPool) Put(b []byte) {}

        type connPool struct{}
        func (p *connPool) Get(key string) *thing { return nil }
        func (p *connPool) Put(key string, t *thing) {}

        func f(a *bufferPool, b *connPool) { a.Put(a.Get(1)); b.Put("x", b.Get("x")) }
    """,
    )
    code = code_of(found, "f")
    assert [code.text(each.pool) for each in pool_calls(code)] == ["a", "a"]


def test_users_are_followed_through_helpers_by_the_right_result(tmp_path: Path) -> None:
    found = functions(
        tmp_path,
        """
        func get(n int) (int, *thing, error) {
            t := pool.Get().(*thing)
            return n, t, nil
        }
        func use() {
            n, mine, err := get(1)
            _, _ = n, err
            pool.Put(mine)
        }
    """,
    )
    code = code_of(found, "use")
    put = next(each for each in pool_calls(code) if each.is_put)
    assert put.shared is not None
    users = users_of(sites(code, put.shared))
    assert [(each.code.name, each.symbol.name, each.hands_on) for each in users if each is not None] == [
        ("get", "t", True), ("use", "mine", False),
    ]  # fmt: skip


def test_a_pool_that_is_handed_on_escapes(tmp_path: Path) -> None:
    found = functions(
        tmp_path,
        """
        func use(p *sync.Pool) {}
        func f() { pool.Put(new(thing)); use(&pool) }
    """,
    )
    code = code_of(found, "f")
    put = next(iter(pool_calls(code)))
    assert put.shared is not None and sites(code, put.shared).escapes


def test_slices_that_are_made_longer_again(tmp_path: Path) -> None:
    found = functions(
        tmp_path,
        """
        func longer(s []int) []int { n := len(s); return s[:n+1] }
        func full(s []int) []int { return s[:cap(s)] }
        func shorter(s []int) []int { return s[:0] }
    """,
    )
    for name, expected in (("longer", True), ("full", True), ("shorter", False)):
        code = code_of(found, name)
        assert extends(code, variable(code, "s")) is expected


def test_other_gets_and_puts_are_no_pool_calls(tmp_path: Path) -> None:
    found = functions(
        tmp_path,
        """
        type cache struct{}
        func (c *cache) Get() *thing { return nil }
        func (c *cache) Put(t *thing) {}
        func f(c *cache) { c.Put(c.Get()) }
    """,
    )
    code = code_of(found, "f")
    calls = list(calls_of(code))
    assert len(calls) == 2 and all(pool_call(code, call) is None for call in calls)
