"""What conditions say of places if they hold, and if they do not."""

import pytest
from go_facts import Tracked, fact_text, tracked

from goleaklint.flow.conditions import Fact, conditions_in
from goleaklint.syntax import ast

# A condition, what is known if it holds, and if it does not; `not c` where that is no comparison of one place.
ONE_PLACE = [
    ("err != nil", "err != nil", "err == nil"),
    ("nil == err", "err == nil", "err != nil"),
    ("ok", "ok", "!ok"),
    ("!(ok)", "!ok", "ok"),
    ("!!ok", "ok", "!ok"),
    ("ok == true", "ok", "!ok"),
    ("false != ok", "ok", "!ok"),
    ("n == 1", "n == int 1", "n != int 1"),
    ("1 == n", "n == int 1", "n != int 1"),
    ("n != -1", "n != -int 1", "n == -int 1"),
    ("n == 0x1", "n == int 1", "n != int 1"),
    ("n == one", "n == one", "n != one"),
    ("n == io.SeekEnd", "n == io.SeekEnd", "n != io.SeekEnd"),
    ('str == "a"', "str == string a", "str != string a"),
    ("str == `a`", "str == string a", "str != string a"),
    ("v == 1", "v == int 1", "v != int 1"),
    ("global == nil", "global == nil", "global != nil"),
    ("s.open", "s.open", "!s.open"),
    ("(*s).open", "s.open", "!s.open"),
    ("s.inner.p == nil", "s.inner.p == nil", "s.inner.p != nil"),
    ("s.next.err != nil", "s.next.err != nil", "s.next.err == nil"),
]

ERRORS = [
    ("errors.Is(err, ErrA)", "err != nil", ""),
    ("errors.Is(err, io.EOF)", "err != nil", ""),
    ("errors.Is(err, err2)", "", ""),  # both may be nil
    ("errors.Is(err, other)", "", ""),  # by its name it may be anything
    ("errors.As(err, &me)", "err != nil", ""),
    ("err == ErrA", "ErrA == err; err != nil", "not ErrA == err"),
    ("err != io.EOF", "not err == io.EOF", "err != nil; err == io.EOF"),
    ("err == err2", "err2 == err", "not err2 == err"),
    ("err == other", "err == other", "not err == other"),
]

SEVERAL_PLACES = [
    ("n < m", "m > n", "not m > n"),
    ("m > n", "m > n", "not m > n"),
    ("n >= m", "not m > n", "m > n"),
    ("n <= m", "not m < n", "m < n"),
    ("n < len(xs)", "len(xs) > n", "not len(xs) > n"),
    ("len(xs) == 0", "int 0 == len(xs)", "not int 0 == len(xs)"),
    ("len(mp) > 0", "int 0 < len(mp)", "not int 0 < len(mp)"),
    ("cap(xs) < n", "cap(xs) < n", "not cap(xs) < n"),
    ("n+1 == m", "(n + int 1) == m", "not (n + int 1) == m"),
    ("p == q", "p == q", "not p == q"),
    ("fl < 1", "fl < int 1", "not fl < int 1"),
    ("fl >= 1", "fl >= int 1", "not fl >= int 1"),  # what is no number is not below 1 either
]

NOTHING_SAID = ["call()", "v.(bool)", "<-c == 1", "len(c) == 0", "xs[n] == 1", 'mp["a"] == 1', "*p == 1", "two == 1"]


def said(function: Tracked, condition: ast.Expr, holds: bool) -> str:
    return "; ".join(sorted(map(fact_text, function.conditions.facts_of(condition, holds))))


@pytest.mark.parametrize(("condition", "true", "false"), [*ONE_PLACE, *ERRORS, *SEVERAL_PLACES])
def test_what_a_condition_says(condition: str, true: str, false: str) -> None:
    function = tracked(f"_ = {condition}")
    (expr,) = condition_of(function)
    assert (said(function, expr, True), said(function, expr, False)) == (true, false)


@pytest.mark.parametrize("condition", NOTHING_SAID)
def test_a_condition_that_says_nothing(condition: str) -> None:
    function = tracked(f"_ = {condition}")
    (expr,) = condition_of(function)
    assert (said(function, expr, True), said(function, expr, False)) == ("", "")


def condition_of(function: Tracked) -> tuple[ast.Expr, ...]:
    (stmt,) = function.body.block.stmts
    assert isinstance(stmt, ast.Assign)
    return stmt.right


@pytest.mark.parametrize(
    ("one", "other", "excludes"),
    [
        ("err == nil", "err != nil", True),
        ("err == nil", "err == nil", False),
        ("err == nil", "err2 != nil", False),
        ("ok", "!ok", True),
        ("n == 1", "n == 2", True),
        ("n == 1", "n == 0x1", False),
        ("n == 1", "n != 2", False),
        ("n != 1", "n != 2", False),
        ("n == one", "n == 2", True),
        ("n == one", "n == two", True),
        ("n == one", "n == 1", False),
        ("str == `a`", 'str == "b"', True),
        ('str == "a"', 'str == "\\x61"', False),  # two ways to write one string
        ("v == 'a'", "v == 97", False),  # equal as numbers
        ("n < m", "n >= m", True),
        ("n < m", "m > n", False),
        ("s.open", "!(*s).open", True),
        ("s.open", "!t.open", False),
    ],
)
def test_which_facts_exclude_each_other(one: str, other: str, excludes: bool) -> None:
    function = tracked(f"_, _ = {one}, {other}")
    first, second = (function.conditions.facts_of(expr, True) for expr in condition_of(function))
    assert any(fact.excludes(against) for fact in first for against in second) is excludes


@pytest.mark.parametrize(
    ("statement", "conditions"),
    [
        ("if a && !(b || c) { }", "a b c"),
        ("for a { }", "a"),
        ("for { }", ""),
        ("switch { case a, b: case c: }", "a b c"),
        ("switch a { case b: case c: }", "a==b a==c"),
        ("switch a.(type) { case int: }", "a==nil"),
        ("a()", ""),
    ],
)
def test_the_conditions_of_a_statement(statement: str, conditions: str) -> None:
    (stmt,) = tracked(statement).body.block.stmts
    assert " ".join(map(_written, conditions_in(stmt))) == conditions


def _written(expr: ast.Expr) -> str:
    match expr:
        case ast.Ident(name=name):
            return name
        case ast.Binary(op=op, x=x, y=y):
            return f"{_written(x)}{op}{_written(y)}"
        case _:
            return type(expr).__name__


def test_what_is_equal_to_a_constant_is_not_equal_to_another() -> None:
    function = tracked("_, _ = n == 1, n == 2")
    one, two = (function.conditions.facts_of(expr, True)[0] for expr in condition_of(function))
    assert one.excludes(two)
    assert not one.excludes(Fact(two.test, False))
