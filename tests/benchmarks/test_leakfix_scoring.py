"""When a report before a fix is a hit, and when the fix has resolved it."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
if not (ROOT / "benchmarks" / "leakfix").is_dir():
    pytest.skip("the benchmarks are not part of this distribution", allow_module_level=True)
sys.path.append(str(ROOT))  # at the end: an installed goleaklint is to be the one under test

from msgspec.structs import replace  # noqa: E402

from benchmarks.leakfix.__main__ import table  # noqa: E402
from benchmarks.leakfix.cases import FITS, Case, read_cases  # noqa: E402
from benchmarks.leakfix.scoring import AnalysisError, Tree, Verdict, function_range, judge  # noqa: E402
from benchmarks.reported import Place, Reported  # noqa: E402

CASE = Case(
    id="x-1",
    repo="owner/name",
    before="a",
    fix="b",
    file="db/db.go",
    func="(*DB).Load",
    func_start=10,
    func_end=30,
    line=20,
    category="file-not-closed",
    evidence="local",
)
MENDED = "package db\n\nfunc (db *DB) Load() {\n\tx()\n\ty()\n}\n"
"""The leaking function, on lines 3 to 6."""


def found(rule: str, line: int, *steps: int, file: str = "db/db.go") -> Reported:
    return Reported(rule, (file, line), tuple((file, step) for step in steps))


def tree(*reported: Reported, text: str = MENDED) -> Tree:
    return Tree(lambda: reported, lambda: text)


def outcome(case: Case, before: Sequence[Reported], after: Sequence[Reported]) -> str:
    """`-`, `hit` or `resolved`, each with `exact` if it is."""
    verdict = judge(case, tree(*before), tree(*after))
    if verdict.resolved:
        return "resolved exact" if verdict.resolved_exact else "resolved"
    return " ".join(["hit" if verdict.hit else "-", *["exact"] * verdict.exact])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [], "-"),
        ([found("GL401", 20)], [], "resolved exact"),
        ([found("GL401", 23)], [], "resolved exact"),
        ([found("GL401", 24)], [], "resolved"),
        ([found("GL401", 10, 20)], [], "resolved exact"),
        ([found("GL401", 31)], [], "-"),
        ([found("GL401", 9, 20)], [], "-"),
        ([found("GL401", 20, file="db/other.go")], [], "-"),
        ([found("GL202", 20)], [], "-"),
        ([found("GL401", 20)], [found("GL401", 4)], "hit exact"),
        ([found("GL401", 20)], [found("GL401", 7)], "resolved exact"),
        ([found("GL401", 20)], [found("GL416", 4)], "resolved exact"),
        ([found("GL401", 20), found("GL401", 25)], [found("GL401", 4)], "resolved exact"),
        ([found("GL401", 20, 22, 24)], [found("GL401", 4, 5)], "resolved exact"),
        ([found("GL401", 20, 22, 22)], [found("GL401", 4, 5)], "hit exact"),
        ([found("GL401", 20, 22)], [found("GL401", 4, 5, 6)], "hit exact"),
        ([found("GL401", 20), found("GL416", 29)], [found("GL401", 4)], "resolved"),
    ],
)
def test_local_case(before: list[Reported], after: list[Reported], expected: str) -> None:
    assert outcome(CASE, before, after) == expected


def test_step_in_the_function_will_do_where_the_leak_shows_only_in_the_package() -> None:
    elsewhere: Place = ("db/other.go", 7)
    before = [Reported("GL415", elsewhere, (("db/db.go", 20),))]
    assert outcome(CASE, before, []) == "-"
    assert outcome(replace(CASE, evidence="package"), before, []) == "resolved exact"


def test_every_rule_fits_other() -> None:
    assert outcome(replace(CASE, category="other"), [found("GL999", 20)], []) == "resolved exact"


def test_function_that_is_gone_leaks_no_more() -> None:
    before = tree(found("GL401", 20))
    assert judge(CASE, before, tree(found("GL401", 20), text="package db\n")).resolved


def test_crash_is_no_result() -> None:
    def fail() -> list[Reported]:
        raise AnalysisError("timeout")

    failing = Tree(fail, lambda: MENDED)
    assert judge(CASE, failing, tree()) == Verdict(CASE, crash="timeout")
    after = judge(CASE, tree(found("GL401", 20)), failing)
    assert (after.hit, after.exact, after.resolved, after.crash) == (True, True, False, "timeout")


@pytest.mark.parametrize(
    ("text", "name", "lines"),
    [
        (MENDED, "(*DB).Load", (3, 6)),
        (MENDED, "DB.Load", (3, 6)),
        (MENDED, "Load", None),
        (MENDED, "(*DB).Loads", None),
        ("func (DB) Load() int { return 1 }\n\nfunc x() {\n}\n", "DB.Load", (1, 1)),
        ("func (s *Set[K]) Load() {\n}\n", "(*Set[K]).Load", (1, 2)),
        ("func Load(c chan struct{}) {\n\tx()\n}\n", "Load", (1, 3)),
        ("func Load(\n\tn int,\n) {\n\tx()\n}\n", "Load", (1, 5)),
        ("func Load[T any](x T) {\n}\n", "Load", (1, 2)),
    ],
)
def test_function_range(text: str, name: str, lines: tuple[int, int] | None) -> None:
    assert function_range(text, name) == lines


def test_table_adds_up() -> None:
    verdicts = [Verdict(CASE, ("GL401",), True, True, True), Verdict(CASE), Verdict(CASE, crash="timeout")]
    last = list(table(verdicts))[-1].split()
    assert last == ["all", "3", "1", "1", "1", "(33%)", "1", "1"]


def test_cases_are_whole() -> None:
    cases = read_cases()
    assert len({case.id for case in cases}) == len(cases) == 145
    assert {case.category for case in cases} - set(FITS) == {"other"}
    assert all(case.func_start <= case.line <= case.func_end for case in cases)
