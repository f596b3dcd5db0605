"""A run dealt out to several machines: what they find together is what one finds, each finding once."""

from pathlib import Path

import pytest
from git_project import copy, leaking
from go_project import LEAK, project

from goleaklint.config import Config
from goleaklint.files.selection import GoFile
from goleaklint.model import Finding
from goleaklint.pipeline.batch import Directory
from goleaklint.pipeline.merging import merge
from goleaklint.pipeline.run import Request, Result, run
from goleaklint.pipeline.shards import Shard, dealt
from goleaklint.reports import json_report, sarif
from goleaklint.reports.report import Report

TESTDATA = Path(__file__).parents[2] / "testdata"
EVERYTHING = Config(pedantic=True, tests=True)

CALLER = """package caller

import "example.com/m/made"

func Use(path string) error {
	f, err := made.Make(path)
	if err != nil {
		return err
	}
	_, err = f.Stat()
	return err
}
"""
MADE = 'package made\n\nimport "os"\n\nfunc Make(path string) (*os.File, error) { return os.Open(path) }\n'
UNUSED = "package {name}\n\nfunc f() {{}} //goleaklint:ignore GL502 -- why\n"


def directory(name: str) -> Directory:
    return Directory(f"/m/{name}", f"example.com/m/{name}", None, [GoFile(f"{name}/x.go", f"/m/{name}/x.go", "", "")])


def found_by(cwd: Path, shard: Shard | None = None, config: Config = EVERYTHING) -> Result:
    return run(Request((), cwd, config, 1, shard=shard))


def shards(cwd: Path, of: int) -> list[Result]:
    return [found_by(cwd, Shard(number, of)) for number in range(1, of + 1)]


def ordered(findings: "list[Finding]") -> list[Finding]:
    return sorted(findings, key=repr)


def report(result: Result, cwd: Path) -> Report:
    return Report(
        findings=result.outcome.findings,
        notifications=result.notifications,
        rules=result.rules,
        sources=result.sources,
        cwd=cwd,
        suppressed=result.outcome.suppressed,
        statistics=result.statistics,
        known=result.outcome.known,
        compared=result.compared,
        fingerprints=result.fingerprints,
    )


@pytest.mark.parametrize(
    ("sizes", "of", "expected"),
    [
        ([], 2, [[], []]),
        ([5], 3, [["d0"], [], []]),
        ([1, 2, 3], 1, [["d0", "d1", "d2"]]),
        ([9, 1, 1, 1], 2, [["d0"], ["d1", "d2", "d3"]]),
        ([4, 4, 4, 4], 2, [["d0", "d2"], ["d1", "d3"]]),
        ([3, 7, 5, 5], 2, [["d1", "d0"], ["d2", "d3"]]),
    ],
)
def test_directories_are_dealt_out_largest_first(sizes: list[int], of: int, expected: list[list[str]]) -> None:
    directories = [directory(f"d{number}") for number in range(len(sizes))]
    shares = [dealt(directories, sizes, Shard(number, of)) for number in range(1, of + 1)]
    assert shares == [{f"/m/{name}" for name in names} for names in expected]
    reversed_shares = [dealt(directories[::-1], sizes[::-1], Shard(number, of)) for number in range(1, of + 1)]
    assert reversed_shares == shares


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "good/good.go": LEAK,
        "made/made.go": MADE,
        "caller/caller.go": CALLER,
        "p/p.go": leaking(copy()),
        "u/u.go": UNUSED.format(name="u"),
        "v/v.go": UNUSED.format(name="v"),
        "bad/bad.go": "package bad\n\nfunc f() {\n",
        "p/p_test.go": "package p\n",
        "vendor/v/v.go": LEAK,
    }
    return project(tmp_path, files)


@pytest.mark.parametrize("of", [1, 2, 3, 20])
def test_the_shards_find_together_what_one_run_finds(root: Path, of: int) -> None:
    whole, parts = found_by(root), shards(root, of)
    assert ordered([each for part in parts for each in part.outcome.findings]) == ordered([*whole.outcome.findings])
    assert len(whole.outcome.findings) >= 5
    assert sorted(print_ for part in parts for print_ in part.fingerprints) == sorted(whole.fingerprints)
    assert [note for part in parts for note in part.notifications] == [*whole.notifications]


def test_a_shard_knows_the_packages_of_the_others(root: Path) -> None:
    (finding,) = [
        each for part in shards(root, 20) for each in part.outcome.findings if each.span.path == "caller/caller.go"
    ]
    assert finding.rule == "GL401"


def test_the_statistics_of_shards_add_up(root: Path) -> None:
    whole, parts = found_by(root), shards(root, 3)
    for name, count in whole.statistics.items():
        assert sum(part.statistics.get(name, 0) for part in parts) == count, name
    for part in parts:
        rows = [count for name, count in part.statistics.items() if name.startswith("files ")]
        assert sum(rows) == part.statistics["files"]


def test_the_same_on_the_fixtures_of_all_rules(tmp_path: Path) -> None:
    whole, parts = found_by(TESTDATA), shards(TESTDATA, 3)
    assert ordered([each for part in parts for each in part.outcome.findings]) == ordered([*whole.outcome.findings])
    names = []
    for number, part in enumerate(parts):
        names.append(str(tmp_path / f"{number}.json"))
        Path(names[-1]).write_text(json_report.render(report(part, TESTDATA)))
    assert json_report.render(merge(names, TESTDATA)) == json_report.render(report(whole, TESTDATA))
    for name, part in zip(names, parts, strict=True):
        Path(name).write_text(sarif.render(report(part, TESTDATA)))
    merged, expected = merge(names, TESTDATA), report(whole, TESTDATA)
    assert sarif.render(merged) == sarif.render(expected)
