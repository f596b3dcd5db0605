"""What goes back to a pool only after the call that was to give it failed may have been nothing."""

from pathlib import Path

import pytest

from goleaklint.config import Config
from goleaklint.model import Confidence
from goleaklint.pipeline.run import Request, run

PROGRAM = """package m

import (
	"errors"
	"sync"
)

var pool = sync.Pool{New: func() any { return new(block) }}

type block struct{ data [64]byte }

func read() (*block, error) { return nil, errors.New("none") }

func use(b *block) {}

func f() {
	b, err := read()
	if err %s nil {
		pool.Put(b)
	}
	use(b)
}
"""


@pytest.mark.parametrize(("sign", "confidence"), [("!=", Confidence.MEDIUM), ("==", Confidence.HIGH)])
def test_confidence(tmp_path: Path, sign: str, confidence: Confidence) -> None:
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
    (tmp_path / "m.go").write_text(PROGRAM % sign, encoding="utf-8")
    [finding] = run(Request((), tmp_path, Config(select=("GL303",)), jobs=1)).outcome.findings
    assert finding.confidence is confidence
