"""Help comes at once: what takes time to import, or only an analysis needs, is not imported for it."""

from pathlib import Path

import pytest
from checkout import python

SLOW = (
    "asyncio attr importlib.metadata msgspec multiprocessing networkx rich sarif_om tree_sitter tree_sitter_go"
).split()

SCRIPT = """
import sys
sys.argv[0] = "goleaklint"
from goleaklint.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("imported:", *sorted(sys.modules))
"""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--version",), "goleaklint "),
        (("--help",), "Commands:"),
        (("check", "--help"), "Exit codes:"),
        (("graph", "--help"), "calls"),
        (("graph", "calls", "--help"), "--root"),
        (("rule", "--help"), "Explain a rule"),
        (("rules", "--help"), "List all rules"),
        (("show", "--help"), "--stage"),
    ],
)
def test_help_imports_nothing_slow(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = python("-c", SCRIPT, *arguments, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    text, _, imported = result.stdout.rpartition("imported:")
    assert said in text
    assert set(imported.split()).isdisjoint(SLOW), sorted(set(imported.split()).intersection(SLOW))
