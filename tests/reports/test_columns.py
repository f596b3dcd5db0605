"""How wide text is, and where positions in it stand."""

import pytest

from goleaklint.reports.columns import columns, width, wrap


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("\tx\ty", "    x   y"),
        ("漢\tx", "漢  x"),
        ("\x1b[0m", r"\e[0m"),
        ("\u0301x", r"\u0301x"),
        ("e\u0301x", "e\u0301x"),
    ],
)
def test_cells(line: str, printed: str) -> None:
    assert "".join(columns(line).cells) == printed


@pytest.mark.parametrize(
    ("line", "unit", "column"),
    [
        ("abc", 3, 2),
        ("\tabc", 2, 4),
        ("漢字x", 3, 4),
        ("🦫x", 3, 2),  # two UTF-16 code units, two columns
        ("e\u0301x", 3, 1),  # two code units, one column
        ("漢\u0301x", 3, 2),
        ("\x1bx", 2, 2),  # one code unit, shown as two characters
        ("abc", 9, 3),
    ],
)
def test_column_of_a_utf16_unit(line: str, unit: int, column: int) -> None:
    assert columns(line).column(unit) == column


def test_width_counts_columns() -> None:
    assert [width(text) for text in ("abc", "漢字", "e\u0301", "🦫")] == [3, 4, 1, 2]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("one two three", ["one two", "three"]),
        ("漢字 漢字 x", ["漢字", "漢字 x"]),
        ("averylongword x", ["averylongword", "x"]),
        ("a\n\nb\x1b[m", [r"a b\e[m"]),
    ],
)
def test_wrap(text: str, lines: list[str]) -> None:
    assert wrap(text, 7) == lines


def test_wrap_with_less_room_in_the_first_line() -> None:
    assert wrap("one two three", 9, 4) == ["one", "two three"]
