"""Rows in, aligned text out: tables for the terminal."""

from collections.abc import Mapping, Sequence

from goleaklint.reports.columns import width
from goleaklint.reports.escape import visible


def statistics(counts: Mapping[str, int]) -> str:
    """What was counted, one line each in the order given, the numbers flush right; empty without counts."""
    return table([(name, f"{number:,}") for name, number in counts.items()], right=(1,))


def timings(seconds: Mapping[str, float]) -> str:
    """How long each stage took, in the order given, with its share of their sum, and that sum."""
    total = sum(seconds.values())
    if not seconds:
        return ""
    rows = [(name, f"{spent:.3f} s", f"{spent / total:.0%}" if total else "") for name, spent in seconds.items()]
    return table([*rows, ("total", f"{total:.3f} s", "")], right=(1, 2))


def table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Rows of equally many cells, two blanks between columns; the columns numbered in `right` stand flush right."""
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
    return "".join(f"{_row(row, widths, right)}\n" for row in shown)


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = []
    for at, (cell, size) in enumerate(zip(cells, widths, strict=True)):
        blanks = " " * (size - width(cell))
        padded.append(blanks + cell if at in right else cell + blanks)
    return "  ".join(padded).rstrip()
