"""What a finding about a resource says to do compiles, and does not close what somebody else was given."""

from pathlib import Path

import pytest

from goleaklint.config import Config
from goleaklint.pipeline.run import Request, run

PROGRAM = """package m

import (
	"errors"
	"os"
)

type writer struct{ f *os.File }

func (w *writer) start() error { return nil }

func open(name string, late bool) (*writer, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if late {
		return nil, errors.New("late")
	}
	%s
}
"""


@pytest.mark.parametrize(
    ("rest", "mend"),
    [
        ("return &writer{f}, nil", "call f.Close() on this way"),
        ("w := &writer{f: f}\n\treturn w, w.start()", "call f.Close() on this way"),
        ("return nil, f.Close()", "call f.Close() on this way, or defer it right after the call that acquires"),
    ],
)
def test_a_release_is_only_to_be_deferred_where_nothing_is_handed_on(tmp_path: Path, rest: str, mend: str) -> None:
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
    (tmp_path / "m.go").write_text(PROGRAM % rest, encoding="utf-8")
    [finding] = run(Request((), tmp_path, Config(select=("GL401",)), jobs=1)).outcome.findings
    assert finding.mend == mend
