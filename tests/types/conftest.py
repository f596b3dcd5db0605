"""The oracle: the program under benchmarks/types/oracle that asks Go's own type checker."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from benchmarks.types.records import File

ROOT = Path(__file__).parents[2]
ORACLE = ROOT / "benchmarks" / "types" / "oracle"

Oracle = Callable[[Path, Iterable[str]], "list[File]"]
"""What Go says of the packages that the patterns mean in a directory, file by file."""


@pytest.fixture(scope="session")
def oracle(go: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    """Runs the oracle, which is compiled when first asked for."""
    if not ORACLE.is_dir():
        pytest.skip("the benchmarks are not part of this distribution")
    sys.path.append(str(ROOT))  # at the end: an installed goleaklint is to be the one under test
    from benchmarks.types import records

    built = tmp_path_factory.mktemp("oracle")
    go("build", "-buildvcs=false", "-o", built / "oracle", ".", cwd=ORACLE)
    environment = {**os.environ, "GOFLAGS": "", "GOWORK": "off", "GOTOOLCHAIN": "local", "GOPROXY": "off"}

    def ask(directory: Path, patterns: Iterable[str]) -> "list[File]":
        words = [str(built / "oracle"), str(directory), *patterns]
        environment["CGO_ENABLED"] = "0"
        done = subprocess.run(words, env=environment, capture_output=True, check=True)
        assert done.stderr == b""
        printed = built / "printed.jsonl"
        printed.write_bytes(done.stdout)
        return list(records.read(printed))

    return ask
