"""How long timers last, and which Go versions let them."""

from pathlib import Path

import pytest

from goleaklint.config import Config
from goleaklint.model import Severity
from goleaklint.pipeline.run import Request, run

TICKER = "t := time.NewTicker(d); select { case <-t.C: case <-c: }"
AFTER = "for { select { case <-c: case <-time.After(%s): return } }"
TIMER = "t := time.NewTimer(%s); select { case <-t.C: case <-c: }"


def severities(tmp_path: Path, body: str, go: str) -> list[Severity]:
    (tmp_path / "go.mod").write_text(f"module example.com/m\n\ngo {go}\n", encoding="utf-8")
    head = 'package m\n\nimport "time"\n\nconst long = 2 * time.Hour\n\n'
    code = f"{head}func F(c chan int, d time.Duration) {{ {body} }}\n"
    (tmp_path / "a.go").write_text(code, encoding="utf-8")
    result = run(Request((".",), tmp_path, Config(select=("GL601", "GL602"), pedantic=True), jobs=1))
    return [each.severity for each in result.outcome.findings]


@pytest.mark.parametrize("body", [TICKER, AFTER % "long", TIMER % "long", "<-time.Tick(d)"])
def test_newer_versions_collect_them(tmp_path: Path, body: str) -> None:
    assert len(severities(tmp_path, body, "1.22")) == 1
    assert severities(tmp_path, body, "1.23") == []


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        (AFTER % "long", Severity.WARNING),
        (AFTER % "d", Severity.WARNING),
        (AFTER % "5 * time.Second", Severity.WARNING),
        (AFTER % "time.Duration(50) * time.Millisecond", Severity.NOTE),
        (TIMER % "long", Severity.WARNING),
        (TIMER % "5 * time.Second", Severity.NOTE),
        (TIMER % "d", Severity.NOTE),
    ],
)
def test_what_lasts_is_worse(tmp_path: Path, body: str, severity: Severity) -> None:
    assert severities(tmp_path, body, "1.20") == [severity]


def test_the_function_of_afterfunc_is_kept_by_every_version(tmp_path: Path) -> None:
    body = "t := time.AfterFunc(long, func() { close(c) }); if d > 0 { return }; t.Stop()"
    assert severities(tmp_path, body, "1.25") == [Severity.WARNING]
