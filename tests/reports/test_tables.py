"""Aligned columns."""

from goleaklint.reports import tables


def test_statistics() -> None:
    assert tables.statistics({"files": 1421, "functions lowered": 10473, "漢字": 7}) == (
        "files               1,421\nfunctions lowered  10,473\n漢字                    7\n"
    )
    assert tables.statistics({}) == ""


def test_timings() -> None:
    assert tables.timings({"parse": 1.5, "explore": 0.4996, "reports": 0.0}) == (
        "parse    1.500 s  75%\nexplore  0.500 s  25%\nreports  0.000 s   0%\ntotal    2.000 s\n"
    )
    assert tables.timings({"parse": 0.0}) == "parse  0.000 s\ntotal  0.000 s\n"
    assert tables.timings({}) == ""


def test_cells_cannot_act_on_the_terminal() -> None:
    assert tables.table([("a\nb", "\x1b[0m"), ("c", "d")]) == "a\\nb  \\e[0m\nc     d\n"
