"""What is known along the ways through small functions: what branches and assignments establish, what ends it."""

from dataclasses import replace

import pytest
from go_facts import everything, facts_text, marks, tracked

from goleaklint.flow.facts import MAX_FACTS, FactTracker
from goleaklint.flow.paths import Point, find_path
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions

# A body with markers, then for each marker that control can come to what is known there: ways apart by `|`.

# What an assignment makes true of what it sets.
VALUES = [
    ("err = nil; print(1)", "1: err == nil"),
    ("err = ErrA; print(1)", "1: err != nil"),
    ("err = other; print(1)", "1:"),
    ('err = errors.New("x"); print(1)', "1: err != nil"),
    ('err = fmt.Errorf("x"); print(1)', "1: err != nil"),
    ("n, err = call(); print(1)", "1:"),
    ("err = nil; n, err = call(); print(1)", "1:"),
    ("err = nil; err2 = err; print(1)", "1: err == nil; err2 == nil"),
    ("err = nil; err2 = err; err = ErrA; print(1)", "1: err != nil; err2 == nil"),
    ("err = nil; err, err2 = ErrA, err; print(1)", "1: err != nil; err2 == nil"),
    ("err = me; print(1)", "1: err != nil"),
    ("me = nil; err = me; print(1)", "1: err != nil; me == nil"),
    ("me = nil; v = me; print(1)", "1: me == nil; v != nil"),
    ("v = error(nil); print(1)", "1:"),
    ("p = new(int); print(1)", "1: p != nil"),
    ("p = &n; print(1)", "1: p != nil"),
    ("p = nil; p, q = q, p; print(1)", "1: q == nil"),
    ("xs = append(xs, 1); print(1)", "1:"),
    ("xs = []int{}; mp = map[string]int{}; print(1)", "1: mp != nil; xs != nil"),
    ("xs = make([]int, 0); print(1)", "1: xs != nil"),
    ("ok = true; done = ok; print(1)", "1: done; ok"),
    ("ok = !ok; print(1)", "1:"),
    ("ok = n == 1; print(1)", "1:"),
    ("n = 1; n++; print(1)", "1:"),
    ("n = 1; n += 1; print(1)", "1:"),
    ("n, n = 1, 2; print(1)", "1: n == int 2"),
    ("n = one; m = n; print(1)", "1: m == one; n == one"),
    (
        "var e error; var t2 *store; var b bool; var i int; var w string; print(1)",
        "1: !b; e == nil; i == int 0; t2 == nil; w == string",
    ),
    ("var e, g error = nil, ErrA; print(1)", "1: e == nil; g != nil"),
    ("v = func() {}; print(1)", "1: v != nil"),
    ("err := err; print(1)", "1:"),
    (
        "err = nil; { err := ErrA; _ = err; print(1) }; print(2)",
        "1: err != nil; err == nil  2: err != nil; err == nil",
    ),
]

# What the clauses of a switch establish.
SWITCHES = [
    (
        "switch err { case nil: print(1); case ErrA: print(2); default: print(3) }",
        "1: err == nil  2: ErrA == err; err != nil  3: err != nil; not ErrA == err",
    ),
    (
        "switch n { case 1, 2: print(1); default: print(2) }",
        "1: n != int 1; n == int 2 | n == int 1  2: n != int 1; n != int 2",
    ),
    (
        "switch { case n == 1: print(1); fallthrough; case ok: print(2); default: print(3) }",
        "1: n == int 1  2: n != int 1; ok | n == int 1  3: !ok; n != int 1",
    ),
    (
        "switch x := v.(type) { case nil: print(1); _ = x; case int: print(2); _ = x; default: print(3); _ = x }",
        "1: v == nil  2: v != nil  3: v != nil; x != nil",
    ),
    ("switch n, _ := call(); n { case 0: print(1) }", "1: n == int 0"),
    ("switch n { case func() int { n = 2; return 1 }(): print(1); default: print(2) }", "1:  2:"),
    ("switch call(); ok { case true: print(1); case false: print(2) }", "1: ok  2: !ok"),
]

# What the two ways of a branch establish.
BRANCHES = [
    (
        "if err != nil && !ok { print(1) } else { print(2) }",
        "1: !ok; err != nil  2: err != nil; ok | err == nil",
    ),
    (
        "if err == nil || p == nil { print(1) } else { print(2) }",
        "1: err != nil; p == nil | err == nil  2: err != nil; p != nil",
    ),
]

# What holds in a loop in one round or another, and behind it.
LOOPS = [
    ("err = nil; for err = range c { print(1) }; print(2)", "1:  2:"),
    ("n = 1; for n = range xs { print(1) }; print(2)", "1:  2:"),
    ("s.err = nil; for range xs { print(1) }; print(2)", "1: s.err == nil  2: s.err == nil"),
    ("s.err = nil; for range c { print(1) }; print(2)", "1:  2:"),
    ("for err == nil { print(1) }; print(2)", "1: err == nil  2: err != nil"),
    (
        "for n = 0; n < 3; n++ { print(1) }; print(2)",
        "1: int 3 > n | int 3 > n; n == int 0  2: n == int 0; not int 3 > n | not int 3 > n",
    ),
    ("for ok { ok = false; print(1) }; print(2)", "1: !ok  2: !ok"),
]

# Of comparisons of several places, or of contents, the answer holds until one of them is set.
COMPARED = [
    ('if len(mp) > 0 { delete(mp, "a"); print(1) }', "1:"),
    ('if len(mp) > 0 { mp["a"] = 1; print(1) }', "1:"),
    ("if len(mp) > 0 { print(1); call(); print(2) }", "1: int 0 < len(mp)  2:"),
    ("if len(xs) > 0 { xs[0] = 1; print(1); xs = xs[1:]; print(2) }", "1:  2:"),
    ("if n < m { print(1); m++; print(2) }", "1: m > n  2:"),
    ("if n < m { print(1); call(); print(2) }", "1: m > n  2: m > n"),
]

# What calls, stores and other goroutines may set ends what is known of it.
UNDONE = [
    ("s.err = nil; print(1)", "1: s.err == nil"),
    ("s.err = nil; s.open = true; call(); print(1)", "1:"),
    ("s.err = nil; t.err = ErrA; print(1)", "1: t.err != nil"),
    ("s.open = true; t.err = nil; print(1)", "1: s.open; t.err == nil"),
    ("s.open = true; s = t; print(1)", "1:"),
    ("s.next.err = nil; s.next = t; print(1)", "1:"),
    ("s.p = nil; s.inner = inner{}; print(1)", "1: s.inner != nil"),
    ("s.p = nil; s.inner.p = p; print(1)", "1:"),
    ("s.err = nil; *t = store{}; print(1)", "1:"),
    ("s.err = nil; *p = 1; print(1)", "1:"),
    ("box.err = nil; call(); print(1)", "1:"),
    ("box.err = nil; box = *t; print(1)", "1:"),
    ("global = nil; call(); print(1)", "1:"),
    ("global = nil; print(1)", "1: global == nil"),
    ("err = nil; call(); print(1)", "1: err == nil"),
    ("err = nil; call(&err); print(1)", "1:"),
    ("err = nil; call(); _ = &err; print(1)", "1:"),
    ("err = nil; <-c; print(1)", "1: err == nil"),
    ("s.err = nil; <-c; print(1)", "1:"),
    ("s.err = nil; c <- 1; print(1)", "1:"),
    ("s.err = nil; select { case <-c: }; print(1)", "1:"),
    ("s.err = nil; go call(); print(1)", "1: s.err == nil"),
    ("s.err = nil; defer call(); print(1)", "1: s.err == nil"),
    ("s.err = nil; _ = int64(n); print(1)", "1: s.err == nil"),
    ("s.err = nil; _ = len(xs) + cap(xs); print(1)", "1: s.err == nil"),
    ("err = nil; func() { err = ErrA }(); print(1)", "1:"),
    ("err = nil; func() { _ = err }(); print(1)", "1: err == nil"),
    ("err = nil; func(err error) { err = ErrA }(ErrA); print(1)", "1: err == nil"),
    ("var k counter; print(1); k.add(); print(2)", "1: k == int 0  2:"),
    ("box.open = true; box.look(); print(1)", "1:"),
    ("s.open = true; s.look(); print(1)", "1:"),
    ("t := s; print(1)", "1:"),
]


@pytest.mark.parametrize(("body", "known"), [*VALUES, *UNDONE, *COMPARED, *BRANCHES, *SWITCHES, *LOOPS])
def test_what_is_known(body: str, known: str) -> None:
    found = everything(body)
    assert "  ".join(f"{mark}: {' | '.join(ways)}".strip() for mark, ways in found.items()) == known


# A body, and the markers that control can come to in it.
REACHED = [
    ("if err != nil { return }; print(1); if err != nil { print(2) }", "1"),
    ("if err != nil { return }; n, err = call(); if err != nil { print(1) }", "1"),
    ("if err != nil { return }; if err := s.err; err != nil { print(1) }", "1"),
    ("if p == nil { p = new(int) }; if p == nil { print(1) } else { print(2) }", "2"),
    ("done = false; if n == 1 { done = true }; if done && n != 1 { print(1) }", ""),
    ("done = false; if n == 1 { done = true; n = 2 }; if done && n != 1 { print(1) }", "1"),
    ("switch err { case nil: if err != nil { print(1) }; default: if err == nil { print(2) } }", ""),
    ("switch err { case ErrA, io.EOF: if err == nil { print(1) } else { print(2) } }", "2"),
    ("if errors.Is(err, ErrA) { if err == nil { print(1) } }; if err == nil { print(2) }", "2"),
    ("if !errors.As(err, &me) { if err == nil { print(1) } }", "1"),
    ("if err == ErrA && err == nil { print(1) }", ""),
    ("err = fmt.Errorf(str, err); if err == nil { print(1) }", ""),
    ("err2 = err; if err != nil { if err2 == nil { print(1) } }", "1"),  # a copy of what is not known yet
    ("if err != nil { err2 = err; if err2 == nil { print(1) } }", ""),
    ("if s.err != nil { return }; if s.err != nil { print(1) }; call(); if s.err != nil { print(2) }", "2"),
    ("if s.open { box.open = false; if !s.open { print(1) } }", "1"),
    ("set := func() { ok = false }; if ok { if !ok { print(1) }; set(); if !ok { print(2) } }", "2"),
    ("at := &ok; if ok { *at = false; if !ok { print(1) } }", "1"),
    ("if n == 1 { if n == 2 { print(1) }; if n == one { print(2) }; if n == two { print(3) } }", "2"),
    ("if n < m { if m > n { print(1) }; if n >= m { print(2) } }", "1"),
    ("if n < m { n++; if n >= m { print(1) } }", "1"),
    ("if len(xs) == 0 { return }; if len(xs) == 0 { print(1) }; xs = xs[1:]; if len(xs) == 0 { print(2) }", "2"),
    ("if fl > 1 { return }; if fl <= 1 { print(1) } else { print(2) }", "1 2"),  # no number is neither
    ("for { if err != nil { return }; if err != nil { print(1) }; n, err = call() }", ""),
    ("for { n, err = call(); if err != nil { continue }; if err != nil { print(1) }; print(2) }", "2"),
    ("ok = true; for ok { print(1); ok = false }; if ok { print(2) }", "1"),
    ("res = nil; if res != nil { print(1) }", ""),
    ("again: if ok { ok = false; goto again }; if ok { print(1) }; print(2)", "2"),
    (
        "set := func() int { n = 2; return 5 }; switch n { case set(), 2: print(1); default: if n == 2 { print(2) } }",
        "1 2",  # what is compared is the value that n had before
    ),
    ("select { case n, ok = <-c: if !ok { return } }; if !ok { print(1) }; print(2)", "2"),
    ("if ok { select { case n, ok = <-c: if !ok { print(1) } } }", "1"),
]


@pytest.mark.parametrize(("body", "reached"), REACHED)
def test_a_branch_is_not_taken_against_what_is_known(body: str, reached: str) -> None:
    assert " ".join(map(str, marks(tracked(body)))) == reached


def test_facts_that_nobody_asks_for_are_let_go() -> None:
    assert marks(tracked("p = nil; err = nil; print(1); if err == nil { print(2) }; print(3)")) == {
        1: ["err == nil"],
        2: [""],
        3: [""],
    }


def test_facts_are_kept_for_literals_that_run_at_any_time() -> None:
    assert marks(tracked("defer func() { if err != nil { call() } }(); err = ErrA; print(1)")) == {1: ["err != nil"]}


def test_there_are_never_more_than_a_few_facts() -> None:
    names = [f"v{number}" for number in range(MAX_FACTS + 2)]
    asked = " ".join(f"if {name} {{ call() }};" for name in names)
    (known,) = marks(tracked(f"{' '.join(f'{name} := true;' for name in names)} print(1); {asked}"))[1]
    assert len(known.split("; ")) == MAX_FACTS


def test_results_with_names_are_zero_at_first() -> None:
    function = tracked("if r == 0 && res == nil { call() }")
    assert facts_text(function.tracker.at_entry()) == "r == int 0; res == nil"


@pytest.mark.parametrize(
    ("body", "known"),
    [
        ("return 1, ErrA", "r == int 1; res != nil"),
        ("return 0, nil", "r == int 0; res == nil"),
        ("err = nil; return n, err", "res == nil"),
        ("if err == nil { panic(1) }; return n, err", "res != nil"),
        ("res = ErrA; return", "res != nil"),
        ("return call()", ""),
    ],
)
def test_a_return_gives_the_results_their_values(body: str, known: str) -> None:
    function = tracked(f"defer func() {{ if res != nil || r == 1 {{ call() }} }}(); {body}")
    path = find_path(function.graph, function.tracker, Point(0), exits=frozenset((function.graph.returned,))).path
    assert path is not None
    assert facts_text(path.facts) == known


def test_a_literal_sees_variables_that_others_may_set() -> None:
    function = tracked(
        "go func() { if ok { call(); if !ok { print(1) }; if done { call(); if !done { print(2) } } } }(); ok = false"
    )
    (literal,) = (each for each in deep_expressions(function.body.block.stmts) if isinstance(each, ast.FuncLit))
    assert list(marks(function.of(literal))) == [1]


def test_without_types_contents_are_not_told_apart() -> None:
    body = "if len(mp) > 0 { print(1); call(); if len(mp) > 0 { print(2) } }"
    function = tracked(body)
    bare = replace(function, tracker=FactTracker(function.graph, function.names, function.body.block))
    assert (marks(function)[2], marks(bare)[2]) == ([""], [""])
    assert marks(bare)[1] == ["int 0 < len(mp)"]
