"""Baselines: what is written is read again, what is known is set apart, and an update loses nothing by accident."""

from pathlib import Path

import pytest
from finding_sample import finding

from goleaklint.findings.baseline import (
    Entry,
    baseline_text,
    entries_of,
    read_baseline,
    updated,
    without_known,
)
from goleaklint.findings.steps import Outcome
from goleaklint.toml_source import MistakesError

A = Entry("aa", "GL401", "a.go", "f", 'It leaks "x", größe.')
B = Entry("bb", "GL202", "a.go", "(*T[K]).g", "It blocks.")
C = Entry("cc", "GL202", "b/c.go", "h", "It blocks.")


def test_what_is_written_is_read_again_sorted(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(baseline_text([C, A, B]), encoding="utf-8")
    assert read_baseline(file) == (B, A, C)
    assert baseline_text([C, A, B]) == baseline_text([B, C, A])


def test_each_entry_has_a_line_of_its_own() -> None:
    before, after = baseline_text([A, C]).splitlines(), baseline_text([A, B, C]).splitlines()
    (new,) = [line for line in after if line not in before]
    assert '"fingerprint": "bb"' in new
    assert baseline_text([]).count("\n") == 5


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no baseline of goleaklint"),
        ("{", "no baseline of goleaklint"),
        ("[]", "no baseline of goleaklint"),
        ('{"runs": []}', "missing required field"),
        ('{"version": 1, "fingerprints": "goleaklint/v1", "findings": [{"rule": 1}]}', "Expected `str`"),
        (baseline_text([A]).replace('"version": 1', '"version": 2'), "version 2"),
        (baseline_text([A]).replace("goleaklint/v1", "goleaklint/v9"), "goleaklint/v9"),
        (baseline_text([A]).replace('"rule"', '"rulle"'), "unknown field"),
        (baseline_text([A])[:-20], "no baseline of goleaklint"),
        ("\udcff", "no baseline of goleaklint"),
    ],
)
def test_a_damaged_or_foreign_file_is_told(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(MistakesError) as caught:
        read_baseline(file)
    assert complaint in str(caught.value)
    assert str(caught.value).startswith(f"{file.as_posix()}: ")


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(MistakesError, match="goleaklint baseline write"):
        read_baseline(tmp_path / "none.json")


@pytest.mark.parametrize(
    ("old", "found", "seen", "add", "entries", "gone", "added"),
    [
        ((A, B), (A, B), True, False, (B, A), 0, 0),
        ((A, B), (A,), True, False, (A,), 1, 0),
        ((A, B), (A,), False, False, (B, A), 0, 0),
        ((A,), (A, C), True, False, (A,), 0, 0),
        ((A,), (A, C), True, True, (A, C), 0, 1),
        ((A, B), (C,), True, True, (C,), 2, 1),
        ((), (), True, True, (), 0, 0),
    ],
)
def test_an_update_keeps_what_is_there_and_adds_only_when_asked(
    old: tuple[Entry, ...], found: tuple[Entry, ...], seen: bool, add: bool, entries: object, gone: int, added: int
) -> None:
    update = updated(old, found, lambda _: seen, add=add)
    assert (update.entries, update.gone, update.added) == (entries, gone, added)


def test_an_update_says_where_a_finding_stands_now() -> None:
    moved = Entry("aa", "GL401", "renamed.go", "f", "It leaks.")
    assert updated([A], [moved], lambda _: True, add=False).entries == (moved,)


def test_known_findings_are_set_apart_in_their_order() -> None:
    findings = tuple(finding("GL401", line) for line in (1, 2, 3))
    outcome = without_known(Outcome(findings, ()), ["x", "y", "z"], frozenset({"x", "z", "other"}))
    assert outcome.findings == (findings[1],)
    assert outcome.known == (findings[0], findings[2])


def test_an_entry_names_the_place_of_its_finding() -> None:
    (entry,) = entries_of([finding("GL401", 7, path="p/x.go")], ["ff"], lambda path: f"../{path}")
    assert entry == Entry("ff", "GL401", "../p/x.go", "f", "It leaks.")
