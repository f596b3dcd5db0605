"""What differs between two revisions of goleaklint on the same source."""

import sys
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).parents[2]
if not (ROOT / "benchmarks" / "difference.py").is_file():
    pytest.skip("the benchmarks are not part of this distribution", allow_module_level=True)
sys.path.append(str(ROOT))  # at the end: an installed goleaklint is to be the one under test

from benchmarks.difference import difference, findings, main  # noqa: E402


def report(*places: tuple[str, int], message: str = "leaks | always") -> bytes:
    """A JSON report with a finding of GL401 in each place."""
    found = []
    for path, line in places:
        location = {"path": path, "line": line, "column": 2, "endLine": line, "endColumn": 9}
        texts = dict.fromkeys(("name", "mend", "package", "function", "resource", "fingerprint"), "x")
        rest = {"severity": "error", "confidence": "high", "steps": [], "fixes": []}
        found.append({"rule": "GL401", "message": message, "location": location, **texts, **rest})
    tool = {"name": "goleaklint", "version": "0.1.0"}
    return msgspec.json.encode({"version": 1, "tool": tool, "findings": found, "notifications": [], "statistics": {}})


def compared(base: bytes, head: bytes) -> list[str]:
    return difference("x/y", "https://x.example/y", findings(base), findings(head)).splitlines()


def test_nothing_differs_though_the_words_do() -> None:
    base, head = report(("a.go", 1)), report(("a.go", 1), message="is lost")
    assert compared(base, head) == ["### x/y: 1 before, 1 now, 0 new, 0 gone"]


def test_what_came_and_went_is_counted_and_named() -> None:
    lines = compared(report(("a.go", 1), ("b.go", 2)), report(("a.go", 1), ("c d.go", 3), ("a.go", 7)))
    assert lines[0] == "### x/y: 2 before, 3 now, 2 new, 1 gone"
    assert "| GL401 | 2 | 3 | 2 | 1 |" in lines
    assert [line for line in lines if line.startswith("- ")] == [
        r"- GL401 [a.go:7](https://x.example/y/a.go#L7) leaks \| always",
        r"- GL401 [c d.go:3](https://x.example/y/c%20d.go#L3) leaks \| always",
        r"- GL401 [b.go:2](https://x.example/y/b.go#L2) leaks \| always",
    ]
    assert lines.index("New:") < lines.index("Gone:")


def test_long_lists_are_cut() -> None:
    lines = compared(report(), report(*(("a.go", line) for line in range(1, 80))))
    assert sum(line.startswith("- GL401") for line in lines) == 50
    assert lines[-1] == "- and 29 more"


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "base.json").write_bytes(report())
    (tmp_path / "head.json").write_bytes(report(("a.go", 1)))
    files = [str(tmp_path / "base.json"), str(tmp_path / "head.json")]
    monkeypatch.setattr(sys, "argv", ["difference", *files, "--name", "x/y", "--source", "https://x.example"])
    main()
    assert capsys.readouterr().out.startswith("### x/y: 0 before, 1 now, 1 new, 0 gone\n")


def test_what_is_no_report_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        findings(b'{"findings": [{}]}')
