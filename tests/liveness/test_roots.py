"""How often a place is come to: once in a process, or again and again."""

from pathlib import Path

import pytest
from go_functions import analysis, function

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.liveness.roots import Often, root_of

PROGRAM = """
    package m

    import (
        "net"
        "net/http"
        "sync"
    )

    func init() { fromInit() }
    func fromInit() { go work() }

    type server struct{ once sync.Once }
    func newServer() *server { return &server{} }
    var only = newServer()
    func (s *server) Start() { go work() }

    type conn struct{}
    func accept(l net.Listener) {
        for {
            if _, err := l.Accept(); err != nil { return }
            c := &conn{}
            c.serve()
        }
    }
    func (c *conn) serve() { go work() }
    func (c *conn) Open() { go work() }

    func Handle(w http.ResponseWriter, r *http.Request) { helper() }
    func helper() { go work() }

    func pool() { for i := 0; i < 4; i++ { go work() } }
    func init() { pool() }

    func Exported() { go work() }

    var shared sync.Once
    func onceOnly() { shared.Do(func() { go work() }) }

    func perItem(items chan int) { for range items { go work() } }

    func work() {}
"""


def spawn(code: Code) -> tuple[Code, ops.Go]:
    for each in code.whole.all_code():
        for _, op in each.graph.ops(ops.Go):
            return each, op
    raise AssertionError(code.name)


@pytest.mark.parametrize(
    ("name", "often"),
    [
        ("fromInit", Often.ONCE),
        ("(*server).Start", Often.ONCE),
        ("(*conn).serve", Often.REPEATED),
        ("(*conn).Open", Often.REPEATED),
        ("helper", Often.REPEATED),
        ("pool", Often.ONCE),
        ("Exported", Often.UNKNOWN),
        ("onceOnly", Often.ONCE),
        ("perItem", Often.REPEATED),
    ],
)
def test_roots(tmp_path: Path, name: str, often: Often) -> None:
    functions = analysis(tmp_path, {"a.go": PROGRAM})
    code, op = spawn(function(functions, name).code)
    assert root_of(code, op.node).often is often


def test_commands_do_what_they_do_once(tmp_path: Path) -> None:
    functions = analysis(
        tmp_path, {"a.go": "package main\n\nfunc main() {}\n\nfunc run() { go work() }\n\nfunc work() {}\n"}
    )
    code, op = spawn(function(functions, "run").code)
    assert root_of(code, op.node).often is Often.ONCE
