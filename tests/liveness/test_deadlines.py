"""Reads and writes that no deadline ends, and channels in fields that nobody closes."""

from pathlib import Path

import pytest
from go_functions import analysis, function

from goleaklint.liveness.channel_fields import is_field_never_closed
from goleaklint.liveness.deadlines import unbounded_io
from goleaklint.syntax import ast
from goleaklint.syntax.walk import statements

IO = """
    package m

    import (
        "bufio"
        "net"
        "time"
    )

    func bare() { c, _ := net.Dial("tcp", ""); c.Read(nil); c.Write(nil) }
    func wrapped() { c, _ := net.Dial("tcp", ""); r := bufio.NewReader(c); r.ReadByte() }
    func readOnly() { c, _ := net.Dial("tcp", ""); c.SetReadDeadline(time.Now()); c.Read(nil); c.Write(nil) }
    func late() { c, _ := net.Dial("tcp", ""); c.Read(nil); c.SetDeadline(time.Now()) }
    func cleared() { c, _ := net.Dial("tcp", ""); c.SetDeadline(time.Time{}); c.Read(nil) }
    func set() { c, _ := net.Dial("tcp", ""); c.SetDeadline(time.Now()); c.Read(nil); c.Write(nil) }
    func byHelper() { c, _ := net.Dial("tcp", ""); limit(c); c.Read(nil) }
    func looping() { c, _ := net.Dial("tcp", ""); for { c.Read(nil) } }
    func closed() { c, _ := net.Dial("tcp", ""); go func() { c.Close() }(); c.Read(nil) }
    func limit(c net.Conn) { c.SetDeadline(time.Now()) }
"""


@pytest.mark.parametrize(
    ("name", "verbs"),
    [
        ("bare", ["read", "write"]),
        ("wrapped", ["read"]),
        ("readOnly", ["write"]),
        ("late", ["read"]),
        ("cleared", ["read"]),
        *((name, []) for name in "set byHelper looping closed limit".split()),
    ],
)
def test_unbounded_io(tmp_path: Path, name: str, verbs: list[str]) -> None:
    functions = analysis(tmp_path, {"a.go": IO})
    assert [each.verb for each in unbounded_io(function(functions, name))] == verbs


FIELDS = """
    package m

    type box struct { never, closed, handed, given, Open chan int; got, kept chan int }

    func (b *box) make() {
        b.never, b.closed, b.handed = make(chan int), make(chan int), make(chan int)
        b.Open, b.kept = make(chan int), make(chan int)
    }
    func (b *box) use(c chan int) { b.never <- 1; <-b.never; close(b.closed); b.given = c }
    func (b *box) hand() { other(b.handed); reads(b.kept) }
    func (b *box) out() <-chan int { return b.kept }
    func other(c chan int) {}
    func reads(c <-chan int) {}

    func (b *box) ranges() {
        for range b.never { }
        for range b.closed { }
        for range b.handed { }
        for range b.given { }
        for range b.Open { }
        for range b.got { }
        for range b.kept { }
    }
"""


def test_fields_that_nobody_closes(tmp_path: Path) -> None:
    functions = analysis(tmp_path, {"a.go": FIELDS})
    code = function(functions, "(*box).ranges").code
    ranged = [ast.unparen(stmt.x) for stmt in statements(code.block.stmts) if isinstance(stmt, ast.Range)]
    found = [each.name.name for each in ranged if isinstance(each, ast.Selector) and is_field_never_closed(code, each)]
    assert found == ["never", "kept"]
