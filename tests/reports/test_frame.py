"""Source in a frame: carets stand under what they mean, and nothing is wider than the room."""

import pytest
from store_sample import CODE, span

from goleaklint.files.text import SourceText
from goleaklint.model import Severity, Span
from goleaklint.reports.columns import width
from goleaklint.reports.frame import excerpt, frame
from goleaklint.reports.paint import Paint

PLAIN = Paint(color=False)


def framed(code: str, where: Span, room: int = 78) -> str:
    return "\n".join(frame(SourceText("x.go", code.encode()), where, Severity.ERROR, PLAIN, room))


LONG = "\tx := first(" + "a, " * 40 + "target, " + "b, " * 40 + ")\n"
LONG_SPAN = "\tgo run(" + "argument, " * 20 + ")\n"
WIDE = '\tlog("漢字", "e\u0301", "🦫", bad\u202e); leak(ch)\n'


@pytest.mark.parametrize(
    ("code", "where", "expected"),
    [
        (
            CODE,
            span(CODE, "return err"),
            """\
5 | if err := fill(txn); err != nil {
6 |     return err
  |     ^^^^^^^^^^
7 | }""",
        ),
        (
            CODE,
            span(CODE, "go func()", until="}()"),
            """\
 8 | go func() {
   | ^^^^^^^^^^^
 9 |     for v := range s.queue {
10 |         s.handle(v)
   | ...""",
        ),
        (
            "package a\n\nvar x = f(\n\ty,\n)\n",
            span("package a\n\nvar x = f(\n\ty,\n)\n", "f(", until=")"),
            """\
3 | var x = f(
  |         ^^
4 |     y,
5 | )""",
        ),
        (
            WIDE,
            span(WIDE, "leak(ch)"),
            """\
1 | log("漢字", "e\u0301", "🦫", bad\\u202e); leak(ch)
  |                                    ^^^^^^^^""",
        ),
        (
            LONG,
            span(LONG, "target"),
            """\
1 | ... a, a, a, a, a, a, a, a, a, a, target, b, b, b, b, b, b, b, b, b, b,...
  |                                   ^^^^^^""",
        ),
        (
            LONG,
            span(LONG, "first"),
            """\
1 | x := first(a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, ...
  |      ^^^^^""",
        ),
        (
            LONG_SPAN,
            span(LONG_SPAN, "run(", until=")"),
            """\
1 | go run(argument, argument, argument, argument, argument, argument, argu...
  |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^""",
        ),
        ("x\n", Span("x.go", 1, 2, 1, 2, 1, 1), "1 | x\n  |  ^"),
        ("x\n", Span("x.go", 1, 70, 1, 90, 1, 1), "1 | x\n  |  ^"),
        ("x\r\ny\r\n", Span("x.go", 1, 1, 1, 2, 0, 1), "1 | x\n  | ^\n2 | y"),
        ("\ta\n\tb\n", Span("x.go", 1, 1, 1, 3, 0, 2), "1 |     a\n  | ^^^^^\n2 |     b"),
        ("\n\n", Span("x.go", 1, 1, 1, 1, 0, 0), "1 |\n  | ^"),
        ("x\n", Span("x.go", 9, 1, 9, 2, 0, 1), ""),
    ],
    ids=[
        "between neighbours",
        "long block",
        "three lines",
        "wide",
        "cut on both sides",
        "cut on the right",
        "span too long",
        "insertion at end",
        "line has become shorter",
        "CRLF",
        "span with indentation",
        "empty line",
        "line is gone",
    ],
)
def test_frame(code: str, where: Span, expected: str) -> None:
    assert framed(code, where) == expected


@pytest.mark.parametrize("before", range(12))
def test_a_span_that_does_not_fit_is_shown_from_its_start(before: int) -> None:
    code = "b" * before + "LEAK" * 40
    shown = frame(SourceText("x.go", code.encode()), span(code, "LEAK" * 40), Severity.ERROR, PLAIN, 40)
    assert [width(line) for line in shown] == [40, 40]
    assert shown[0][shown[1].index("^") :].startswith("LEAK")


@pytest.mark.parametrize("unit", ["a", "漢", "e\u0301", "\t", "🦫", "\x1b"])
@pytest.mark.parametrize("room", [34, 35, 76, 77])
def test_nothing_is_wider_than_the_room(unit: str, room: int) -> None:
    for before in (0, 3, 30, 31, 200):
        code = unit * before + "LEAK" + unit * 50
        text, where = SourceText("x.go", code.encode()), span(code, "LEAK")
        shown = frame(text, where, Severity.ERROR, PLAIN, room)
        assert max(map(width, shown)) <= room
        line, carets = shown[0], shown[1]
        assert width(line[: line.index("LEAK")]) == carets.index("^")
        assert carets.count("^") == 4
        assert width(excerpt(text, where, Severity.ERROR, PLAIN, room)) <= room


def test_excerpt_has_no_indentation_and_marks_the_span_by_colour() -> None:
    text = SourceText("x.go", CODE.encode())
    where = span(CODE, "s.handle(v)")
    assert excerpt(text, where, Severity.ERROR, PLAIN, 70) == "s.handle(v)"
    assert excerpt(text, where, Severity.ERROR, Paint(color=True), 70) == "\x1b[1;31ms.handle(v)\x1b[0m"
