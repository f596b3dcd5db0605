"""The catalogue in the repository is the one that the rules themselves give."""

from pathlib import Path

from checkout import ROOT, goleaklint


def test_catalogue_is_what_the_rules_say(tmp_path: Path) -> None:
    printed = goleaklint("rules", "--format", "markdown", cwd=tmp_path)
    assert printed.returncode == 0, printed.stderr
    written = (ROOT / "rules" / "README.md").read_text(encoding="utf-8")
    assert written == printed.stdout, "out of date: goleaklint rules --format markdown > rules/README.md"
