"""What is in the files that are given out: the wheel and the source distribution."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from checkout import PACKAGE, ROOT

PACKS = {path.name for path in (ROOT / "rules").glob("*.toml")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with both distributions, made without network."""
    pytest.importorskip("hatchling", reason="hatchling, which builds distributions, is not installed")
    target = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(target)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return target


def test_wheel_holds_program_packs_and_type_marker_and_nothing_else(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    expected = {path.relative_to(ROOT).as_posix() for path in PACKAGE.rglob("*.py")}
    expected |= {"goleaklint/py.typed", "goleaklint/index/std.bin"}
    expected |= {f"goleaklint/knowledge/packs/{name}" for name in PACKS}
    assert PACKS
    assert expected - names == set()
    foreign = {name for name in names - expected if ".dist-info/" not in name}
    assert foreign <= {"goleaklint/knowledge/packs/README.md"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_source_distribution_can_be_built_and_tested_from(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    needed = {"pyproject.toml", "README.md", "LICENSE", "goleaklint/py.typed", "testdata/demo/go.mod"}
    needed |= {"tests/project/test_packaging.py", "docs/packs.md", ".ci/run"} | {f"rules/{name}" for name in PACKS}
    assert needed - names == set()
