"""Which reports are asked for, and where they go."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from store_sample import UNFINISHED, report

from goleaklint.reports import outputs
from goleaklint.reports.outputs import Look, Output, OutputError


def test_parse() -> None:
    assert outputs.parse(["json", "sarif=out=1.sarif"]) == (
        Output("json", "-"),
        Output("sarif", "out=1.sarif"),
    )
    assert outputs.parse([]) == ()


def test_parse_reports_every_mistake() -> None:
    with pytest.raises(OutputError) as caught:
        outputs.parse(["sarfi=x", "yaml", "json=", "text", "github=-", "json=a", "sarif=./a"])
    assert str(caught.value).splitlines() == [
        "unknown format 'sarfi' in 'sarfi=x': did you mean 'sarif'?",
        "unknown format 'yaml': there are text, concise, json, sarif, github, gitlab, junit, markdown",
        "'json=' names no file; write json=FILE, or json=- for standard output",
        "'github=-' goes where another report goes; each needs a file of its own",
        "'sarif=./a' goes where another report goes; each needs a file of its own",
    ]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("text", "store/load.go:4:9: warning GL407"),
        ("concise", "store/load.go:4:9: GL407 "),
        ("json", '{\n  "version": 1,'),
        ("sarif", "{"),
        ("github", "::warning file="),
    ],
)
def test_every_format_renders(name: str, start: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    written = outputs.render(name, report(UNFINISHED, cwd=tmp_path))
    assert written.startswith(start)
    assert written.endswith("\n")


def test_every_format_is_tested_here() -> None:
    assert list(outputs.FORMATS) == ["text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown"]


def test_a_look_reaches_the_text() -> None:
    assert "\x1b[" in outputs.render("text", report(UNFINISHED), Look(color=True))
    assert "\x1b[" not in outputs.render("text", report(UNFINISHED))


@pytest.mark.parametrize("name", ["text", "concise", "json", "github"])
def test_light_formats_import_nothing_heavy(name: str) -> None:
    program = f"""
import sys
from pathlib import Path
from goleaklint.reports import outputs
from goleaklint.reports.report import Report
outputs.render({name!r}, Report((), (), {{}}, lambda path: 1 / 0, Path("/")))
heavy = {{"sarif_om", "rich", "networkx", "tree_sitter", "asyncio", "importlib.metadata", "multiprocessing"}}
print(sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_file_is_replaced_and_directories_are_made(tmp_path: Path) -> None:
    target = tmp_path / "new" / "out.json"
    for text in ("first ☕\n", "second\udcff\n"):
        outputs.write(Output("json", str(target)), text)
    assert target.read_bytes() == b"second\\udcff\n"
    assert [path.name for path in target.parent.iterdir()] == ["out.json"]


def test_only_the_terminal_gets_colour(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file = tmp_path / "out.txt"
    for path in ("-", str(file)):
        outputs.deliver(Output("text", path), report(UNFINISHED), Look(color=True, width=120))
    assert b"\x1b[" in capsysbinary.readouterr().out
    assert file.read_text() == outputs.render("text", report(UNFINISHED))


def test_a_failed_write_leaves_the_old_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")

    def full_disk(self: Path, other: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full_disk)
    with pytest.raises(OSError, match="No space left"):
        outputs.write(Output("json", str(target)), "new")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


def test_a_symbolic_link_keeps_pointing(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    outputs.write(Output("json", str(tmp_path / "link")), "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_pipe_is_written_to_not_replaced() -> None:
    read, write = os.pipe()
    try:
        outputs.write(Output("json", f"/dev/fd/{write}"), "through\n")
        assert os.read(read, 100) == b"through\n"
    finally:
        os.close(read)
        os.close(write)


@pytest.mark.parametrize(
    ("name", "written"), [("json", "é☕\n".encode()), ("text", "é".encode("latin-1") + b"\\u2615\n")]
)
def test_standard_output(name: str, written: bytes) -> None:
    program = f"from goleaklint.reports import outputs as o; o.write(o.Output({name!r}), 'é☕\\n')"
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", program], capture_output=True, check=True, env=environment
    )
    assert done.stdout == written


def test_an_error_names_the_report_and_not_the_file_that_replaces_it(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 300)
    with pytest.raises(OSError) as caught:
        outputs.write(Output("json", str(target)), "{}")
    assert caught.value.filename == str(target)
