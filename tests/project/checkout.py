"""Where the checkout lies that the tests stand in, and goleaklint as a user of it starts it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "goleaklint"
DEMO = ROOT / "testdata" / "demo"


def goleaklint(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in `cwd`, as nobody's terminal. Other plug-ins of this interpreter take part."""
    return python("-m", "goleaklint", *arguments, cwd=cwd)


def python(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run this interpreter in `cwd`; it must not be the checkout, whose source would hide an installed wheel."""
    env = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "GITHUB_ACTIONS")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env={**env, "PYTHONUTF8": "1"}, capture_output=True, encoding="utf-8"
    )
