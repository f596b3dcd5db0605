"""Workflow commands: escaped, relative to the repository, and no more than GitHub shows."""

from pathlib import Path

import pytest
from store_sample import CODE, NEVER_ENDS, PATH, UNFINISHED, finding, report, span

from goleaklint.model import Severity, Span
from goleaklint.reports import github


@pytest.fixture(autouse=True)
def outside_of_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)


def test_commands_with_the_most_severe_first() -> None:
    note = finding(span(CODE, "return err"), "50% leak:\nhere", severity=Severity.NOTE, rule="XY1")
    assert github.render(report(note, UNFINISHED, NEVER_ENDS)) == (
        "::error file=store/load.go,line=8,endLine=12,title=GL101 goroutine-never-exits"
        "::store/load.go:8:2: GL101 This goroutine never ends.\n"
        "::warning file=store/load.go,line=4,endLine=4,col=9,endColumn=35,title=GL407 transaction-not-finished"
        "::store/load.go:4:9: GL407 txn is neither committed nor discarded when fill fails, so its read timestamp "
        "stays in flight and badger cannot drop older versions.%0AMend: put `defer txn.Discard()` on the line after "
        "the transaction begins; Discard after Commit does nothing.\n"
        "::notice file=store/load.go,line=6,endLine=6,col=3,endColumn=13,title=XY1"
        "::store/load.go:6:3: XY1 50%25 leak:%0Ahere\n"
    )


@pytest.mark.parametrize(
    ("path", "workspace", "shown"),
    [
        ("x.go", "", "x.go"),
        ("x.go", "/repo", "services/api/x.go"),
        ("../web/x.go", "/repo", "services/web/x.go"),
        ("/repo/lib/x.go", "/repo", "lib/x.go"),
        ("/elsewhere/x.go", "/repo", "/elsewhere/x.go"),
        ("a,b%:c.go", "/repo", "services/api/a%2Cb%25%3Ac.go"),
        ("a\nb.go", "/repo", "services/api/a%0Ab.go"),
    ],
)
def test_paths(path: str, workspace: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", workspace)
    one = report(finding(Span(path, 1, 1, 1, 2, 0, 1)), cwd=Path("/repo/services/api"))
    assert github.render(one).startswith(f"::warning file={shown},line=1,")
    assert github.render(one).count("\n") == 1


def test_the_root_may_be_a_symbolic_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    one = report(finding(Span(PATH, 1, 1, 1, 2, 0, 1)), cwd=tmp_path / "real")
    assert f"file={PATH}," in github.render(one, root=tmp_path / "link")


@pytest.mark.parametrize(("found", "last"), [(10, None), (11, "1 more finding"), (13, "3 more findings")])
def test_no_more_than_github_shows(found: int, last: str | None) -> None:
    lines = github.render(report(NEVER_ENDS, *[UNFINISHED] * found)).splitlines()
    assert sum(line.startswith("::warning ") for line in lines) == 10
    assert lines[0].startswith("::error ")
    assert (None if lines[-1].startswith("::") else lines[-1]) == last
