"""Go's own tools, for the tests that compare with them; those tests are skipped where there is no go command."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that are given the go command have the mark `go`; those that look for it themselves say so."""
    for item in items:
        if "go" in getattr(item, "fixturenames", ()):
            item.add_marker("go")


GoProgram = Callable[..., str]
"""Runs one of the programs in tests/go with arguments; its standard output."""


@pytest.fixture(scope="session")
def go() -> Callable[..., str]:
    """Runs the go command, without network, in a directory; its standard output."""
    command = shutil.which("go")
    if command is None:
        pytest.skip("there is no go command on PATH")
    environment = {**os.environ, "GOFLAGS": "", "GOWORK": "off", "GOTOOLCHAIN": "local", "GOPROXY": "off"}

    def run(*arguments: object, cwd: Path | None = None) -> str:
        words = [command, *map(str, arguments)]
        done = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def go_root(go: Callable[..., str]) -> Path:
    """Where Go's own source lies."""
    root = Path(go("env", "GOROOT").strip())
    if not (root / "src" / "net" / "http").is_dir():
        pytest.skip("Go is installed without its source")
    return root


@pytest.fixture(scope="session")
def go_program(go: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> GoProgram:
    """Runs a program of tests/go, which is compiled when first asked for."""
    built = tmp_path_factory.mktemp("go")

    def run(name: str, *arguments: object) -> str:
        binary = built / name
        if not binary.exists():
            go("build", "-o", binary, Path(__file__).parent / "go" / name / "main.go")
        words = [str(binary), *map(str, arguments)]
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout

    return run
