"""The ways through the graphs of small functions: branches, loops, switches, selects, and the order of evaluation."""

from typing import get_args

import pytest
from go_traces import function, graph_of, traces

from goleaklint.flow import ops
from goleaklint.flow.graph import EdgeKind
from goleaklint.flow.lower import lower

# Calls in their order, then how the function ends: a dot for a return, ! for a panic, # for the end of the goroutine.
# Without any way it never ends. No block is come to more than twice.
BRANCHES = [
    ("a(); b()", {"a b ."}),
    ("if a() { b() }; c()", {"a b c .", "a c ."}),
    ("if a() { b() } else { c() }; d()", {"a b d .", "a c d ."}),
    ("if a(); b() { c() } else if d(); e() { f() } else { g() }; h()", {"a b c h .", "a b d e f h .", "a b d e g h ."}),
    ("if a() { return }; b()", {"a .", "a b ."}),
    ("if a() { b(); return } else { return }; c()", {"a .", "a b ."}),
    ("if a() { panic(b()) }; c()", {"a b panic !", "a c ."}),
    ("exit(1); a()", {"exit #"}),
    ("if a() { exit(b()) }; c()", {"a b exit #", "a c ."}),
    ("Goexit()", {"Goexit #"}),
    ("return a()", {"a ."}),
    ("return a(), b()", {"a b ."}),
    ("if true { a() } else { b() }", {"a ."}),
    ("if false { a() }; b()", {"b ."}),
    ("{ a(); { b() } }; c()", {"a b c ."}),
    ("goto end; a(); end: b()", {"b ."}),
    ("a(); again: b(); if c() { goto again }; d()", {"a b c b c d .", "a b c d ."}),
    ("x: { a(); if b() { goto y }; c() }; y: d()", {"a b c d .", "a b d ."}),
    ("L: if a() { goto L }; b()", {"a a b .", "a b ."}),
]

CONDITIONS = [
    ("if a() && b() { c() }; d()", {"a b c d .", "a b d .", "a d ."}),
    ("if a() || b() { c() }; d()", {"a b c d .", "a b d .", "a c d ."}),
    ("if !(a() || b()) { c() }; d()", {"a b c d .", "a b d .", "a d ."}),
    ("if !a() && (b() || c()) { d() }; e()", {"a b c d e .", "a b c e .", "a b d e .", "a e ."}),
    ("x := a() && b(); c()", {"a b c .", "a c ."}),
    ("x := a() || b(); c()", {"a b c .", "a c ."}),
    ("f(a() && b(), c())", {"a b c f .", "a c f ."}),
    ("for a() && b() { c() }; d()", {"a b c a b d .", "a b c a d .", "a b d .", "a d ."}),
    ("x := !(a() && b()); c()", {"a b c .", "a c ."}),
    ("if a() == (b() && c()) { d() }; e()", {"a b c d e .", "a b c e .", "a b d e .", "a b e ."}),
    ("return a() || b()", {"a .", "a b ."}),
]

LOOPS = [
    ("for { a() }", set[str]()),
    ("for { a(); if b() { break } }; c()", {"a b a b c .", "a b c ."}),
    ("for a() { b() }; c()", {"a b a c .", "a c ."}),
    ("for a(); b(); c() { d() }; e()", {"a b d c b e .", "a b e ."}),
    ("for ;; c() { if a() { continue }; b(); break }; d()", {"a b d .", "a c a b d ."}),
    ("for a() { if b() { continue }; c() }; d()", {"a b a d .", "a b c a d .", "a d ."}),
    ("for true { a() }; b()", set[str]()),
    ("for false { a() }; b()", {"b ."}),
    ("for range a() { b() }; c()", {"a b c .", "a c ."}),
    ("for range a() { if b() { break }; c() }; d()", {"a b c b d .", "a b c d .", "a b d .", "a d ."}),
    ("for x := range 3 { if a() { continue }; b() }; c()", {"a b c .", "a c .", "c ."}),
    ("for i := range a() { return b() }; c()", {"a b .", "a c ."}),
    ("for x[a()] = range b() { c() }; d()", {"b a c d .", "b d ."}),
    (
        "L: for { for a() { if b() { break L }; if c() { continue L } }; d() }; e()",
        {"a b c a b e .", "a b e .", "a d a b e ."},
    ),
    (
        "L: for range a() { switch { case b(): break L; case c(): break; default: continue L }; d() }; e()",
        {"a b c b e .", "a b c d b e .", "a b c d e .", "a b c e .", "a b e .", "a e ."},
    ),
    ("for { return }", {"."}),
    ("for { a(); return }; b()", {"a ."}),
    ("for a() { goto out }; b(); out: c()", {"a b c .", "a c ."}),
]

SWITCHES = [
    ("switch { case a(): b(); case c(): d() }; e()", {"a b e .", "a c d e .", "a c e ."}),
    ("switch a() { case b(), c(): d(); default: e() }; f()", {"a b c d f .", "a b c e f .", "a b d f ."}),
    ("switch a() { default: b(); case c(): d() }; e()", {"a c b e .", "a c d e ."}),
    ("switch a(); x { case 1: b(); fallthrough; case 2: c(); default: d() }; e()", {"a b c e .", "a c e .", "a d e ."}),
    ("switch x { case 1: if a() { break }; b() }; c()", {"a b c .", "a c .", "c ."}),
    ("switch x { case 1: fallthrough; default: a(); fallthrough; case 2: b() }", {"a b .", "b ."}),
    ("switch x { default: return; case 1: a() }; b()", {".", "a b ."}),
    ("switch {}; a()", {"a ."}),
    ("switch a() {}; b()", {"a b ."}),
    (
        "switch x := a().(type) { case int: b(); case string, nil: c(); default: d() }; e()",
        {"a b e .", "a c e .", "a d e ."},
    ),
    ("switch a().(type) { case int: b() }; c()", {"a b c .", "a c ."}),
    ("switch { case a() && b(): c(); default: d() }", {"a b c .", "a b d .", "a d ."}),
    ("for { switch { case a(): break; default: continue }; b(); break }; c()", {"a a b c .", "a b c ."}),
    ("L: switch { case a(): for { break L } }; b()", {"a b ."}),
    ("switch { case true: a(); case b(): c() }", {"a ."}),
]

SELECTS = [
    ("select { case <-c: a(); case d <- b(): e() }; f()", {"b a f .", "b e f ."}),
    ("select { case <-c: a(); default: b() }; d()", {"a d .", "b d ."}),
    ("select {}; a()", set[str]()),
    ("for { select { case <-c: break; case <-d: a() }; b() }", set[str]()),
    ("L: for { select { case <-c: break L; case <-d: a() } }; b()", {"a b .", "b ."}),
    ("for { select { case <-c: return; default: a() } }", {".", "a ."}),
    ("for { select { case <-c: continue; case <-d: }; a(); break }; b()", {"a b ."}),
    ("L: select { case <-c: for { break L }; case <-d: a() }; b()", {"a b .", "b ."}),
    ("select { case <-a(): x(); case b() <- c(): y(); default: z() }", {"a b c x .", "a b c y .", "a b c z ."}),
    ("select { case v := <-a(): b(v) }; c()", {"a b c ."}),
    ("select { case x[a()] = <-b(): c() }", {"b a c ."}),
    ("select { case (<-a()): b(); case v := (<-c()): d() }", {"a c b .", "a c d ."}),
    ("select { default: a() }", {"a ."}),
    ("select { case <-c: }", {"."}),
]

# All operations, where there is one way only.
ORDERS = [
    ("a(b(), c()).d(e())", "b c a e d ."),
    ("x = a() + b() * c()", "a b c x= ."),
    ("x[a()], y.z = b(), c()", "a b c *,*= ."),
    ("x[a()] = b()", "a b *= ."),
    ("*a() = b()", "a b *= ."),
    ("x[a()] += b()", "a b *= ."),
    ("x := T{k: a(), b(): c()}", "a b c x= ."),
    ("x := []int{a(), b()}", "a b x= ."),
    ("x := a()[b():c()]", "a b c x= ."),
    ("x := a().(T).f", "a x= ."),
    ("c <- a()", "a c<- ."),
    ("a() <- b()", "a b send ."),
    ("x = <-c", "<-c x= ."),
    ("x = a(<-c, b())", "<-c b a x= ."),
    ("x, ok := <-c", "<-c x,ok= ."),
    ("x = func() { a() }", "closure x= ."),
    ("func() { a() }(b())", "closure b call ."),
    ("func(x int) { a() }(b())", "closure b call ."),
    ("go a(b(), c())", "b c go ."),
    ("go a().b(c())", "a c go ."),
    ("go func() { a() }()", "closure go ."),
    ("defer a(b())", "b defer ."),
    ("defer a().b(c())", "a c defer ."),
    ("defer a()()", "a defer ."),
    ("defer func(x int) { a() }(b())", "closure b defer ."),
    ("defer handlers[a()](b())", "a b defer ."),
    ("x++", "x= ."),
    ("x[a()]++", "a *= ."),
    ("var x, y = a(), b()", "a b x,y= ."),
    ("var x = a(); const c = 1; var y int", "a x= y= ."),
    ("x := a; x()", "x= x ."),
    ("(a)(b())", "b call ."),
    ("x = -a() + *b()", "a b x= ."),
    ("x = &T{f: a()}", "a x= ."),
    ("return a(b())", "b a return ."),
    ("x, y = y, x", "x,y= ."),
    ("x := map[K]V{a(): b()}", "a b x= ."),
    ("T[int](a())", "a call ."),
    ("x := [...]int{a(): b()}", "a b x= ."),
    ("x = <-(<-c)", "<-c receive x= ."),
    ("x := new(a())", "a new x= ."),
    ("select { case v, ok := <-c: a() }", "select v,ok= a ."),
    ("y := x.(type1)", "y= ."),
    ('defer panic("x")', "defer ."),
    ("go exit()", "go ."),
    ("defer (a)(b())", "b defer ."),
    ("f(a)(b())", "f b call ."),
    ("x.y.z()", "z ."),
    ("defer a(); panic(b())", "defer b panic !"),
]
EVERYTHING = "Call Closure Go Defer Send Receive Select Range Assign Return Unreadable"


@pytest.mark.parametrize(("body", "ways"), [*BRANCHES, *CONDITIONS, *LOOPS, *SWITCHES, *SELECTS])
def test_ways_through_a_function(body: str, ways: set[str]) -> None:
    assert traces(graph_of(body)) == ways


@pytest.mark.parametrize(("body", "order"), ORDERS)
def test_the_order_of_evaluation(body: str, order: str) -> None:
    assert traces(graph_of(body), EVERYTHING) == {order}


@pytest.mark.parametrize("body", ["x: for { break }", "goto x; x:", "L: for { continue L }", "goto x; { x: }; a()"])
def test_labels_without_statements_of_their_own(body: str) -> None:
    assert traces(graph_of(f"{body}\na()")) <= {"a .", "a a ."}


def test_a_function_literal_has_a_graph_of_its_own() -> None:
    (_, closure), *_ = graph_of("a(); func() { if b() { return }; c() }(); d()").ops(ops.Closure)
    assert traces(lower(closure.node, lambda call: False)) == {"b .", "b c ."}


def test_a_jump_in_a_function_literal_is_not_one_of_its_function() -> None:
    assert traces(graph_of("for a() { func() { for { break }; return }() }; b()")) == {"a b .", "a call a b ."}


def test_edges_carry_what_they_establish() -> None:
    source, body = function("if a && !b { f() }")
    graph = lower(body, lambda call: False)
    found = {
        (source.data[edge.cause.start : edge.cause.end].decode(), edge.kind)
        for block in graph.blocks
        for edge in block.edges
        if edge.cause is not None
    }
    assert found == {(name, kind) for name in "ab" for kind in (EdgeKind.TRUE, EdgeKind.FALSE)}


def test_the_cases_of_a_select_are_the_edges_of_its_block() -> None:
    graph = graph_of("select { case <-c: a(); case d <- 1: b(); default: }")
    ((block, select),) = graph.ops(ops.Select)
    assert [edge.kind for edge in block.edges] == [EdgeKind.CASE, EdgeKind.CASE, EdgeKind.DEFAULT]
    assert [edge.cause for edge in block.edges] == list(select.node.clauses)


def test_what_nobody_reaches_is_not_among_the_operations() -> None:
    graph = graph_of("return; a(); for { b() }; panic(1)")
    assert list(graph.ops(ops.Call)) == []
    assert [type(op) for kind in get_args(ops.Op) for _, op in graph.ops(kind)] == [ops.Return]


def test_blocks_know_the_loops_around_them() -> None:
    graph = graph_of("a(); for b() { c(); for range x { d() }; e() }; f()")
    depths = {call.node.fun.name: len(block.loops) for block, call in graph.ops(ops.Call)}  # type: ignore[union-attr]
    assert depths == {"a": 0, "b": 1, "c": 1, "d": 2, "e": 1, "f": 0}


def test_a_long_function_is_lowered_in_proportion_to_its_length() -> None:
    graph = graph_of("if a() { return }\n" * 5_000)
    assert len(list(graph.ops(ops.Return))) == 5_000
    assert graph.returned in graph.reachable()
