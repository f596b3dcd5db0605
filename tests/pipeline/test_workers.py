"""Work shared out to processes: the same reports from one process as from two, and whatever the hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from go_project import LEAK, project

from goleaklint.files.selection import GoFile
from goleaklint.pipeline.batch import Directory
from goleaklint.pipeline.workers import BATCH_BYTES, WORTH_A_PROCESS, available_cores, batches

FORMATS = ("text", "concise", "json", "sarif", "github")


def directory(name: str) -> Directory:
    return Directory(f"/m/{name}", f"example.com/m/{name}", None, [GoFile(f"{name}/x.go", f"/m/{name}/x.go", "", "")])


@pytest.mark.parametrize(
    ("sizes", "cut"),
    [
        ([], []),
        ([1], [1]),
        ([1, 1, 1], [3]),
        ([BATCH_BYTES, 1, 1], [1, 2]),
        ([BATCH_BYTES - 1, 1, 1], [2, 1]),
        ([9 * BATCH_BYTES, 9 * BATCH_BYTES], [1, 1]),
        ([0, 0, BATCH_BYTES, 0], [3, 1]),
    ],
)
def test_directories_are_cut_into_batches_in_their_order(sizes: list[int], cut: list[int]) -> None:
    directories = [directory(f"d{number}") for number in range(len(sizes))]
    found = batches(directories, sizes)
    assert [len(batch) for batch in found] == cut
    assert [each for batch in found for each in batch] == directories


def test_there_is_a_core() -> None:
    assert available_cores() >= 1


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module that is worth several processes, with leaks, suppressions and broken files spread over it."""
    filler = "\n" + "".join(f"// {number} makes this file a long one.{' ' * 2000}\n" for number in range(20))
    files: dict[str, str | bytes] = {}
    for number in range(40):
        leak = LEAK.replace("Spool", f"Spool{number}")
        if number % 5 == 0:
            leak = leak.replace("{\n\t\ts.file", "{ //goleaklint:ignore GL502 -- meant\n\t\ts.file")
        files[f"d{number:02}/{number}.go"] = leak + filler
    files |= {"d07/cut.go": LEAK[:200], "d11/latin.go": b"package x // caf\xe9\n"}
    root = project(tmp_path_factory.mktemp("large"), files)
    assert sum(path.stat().st_size for path in root.rglob("*.go")) > WORTH_A_PROCESS
    return root


def reports(root: Path, jobs: int, seed: int) -> dict[str, str]:
    """All reports of one run, by format, and what is said on standard error."""
    out = root.parent / f"{root.name}-reports"
    outputs = [f"--output={name}={out / name}" for name in FORMATS[1:]]
    done = subprocess.run(
        [sys.executable, "-m", "goleaklint", "check", f"--jobs={jobs}", "--statistics", *outputs],
        cwd=root,
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    return {"text": done.stdout, "stderr": done.stderr} | {name: (out / name).read_text() for name in FORMATS[1:]}


def test_reports_depend_neither_on_processes_nor_on_the_hash_seed(large: Path) -> None:
    first = reports(large, 1, 0)
    assert first["concise"].count("GL502") == 32
    assert first["stderr"].count("GL900") == 2
    for jobs, seed in ((2, 1), (1, 2)):
        again = reports(large, jobs, seed)
        assert [name for name in first if first[name] != again[name]] == []
