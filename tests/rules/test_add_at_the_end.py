"""A goroutine that counts itself comes too late for who waits at once, and hardly ever for who ends all it serves."""

from pathlib import Path

import pytest

from goleaklint.config import Config
from goleaklint.model import Confidence
from goleaklint.pipeline.run import Request, run

PROGRAM = """package m

import "sync"

type server struct {
	wg   sync.WaitGroup
	jobs chan func()
}

func (s *server) start() {
	go func() {
		s.wg.Add(1)
		defer s.wg.Done()
		for job := range s.jobs {
			job()
		}
	}()
}

func (s *server) %s() {
	close(s.jobs)
	s.wg.Wait()
}
"""


@pytest.mark.parametrize(
    ("name", "confidence"), [("Stop", Confidence.LOW), ("closeAll", Confidence.LOW), ("flush", Confidence.HIGH)]
)
def test_confidence(tmp_path: Path, name: str, confidence: Confidence) -> None:
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
    (tmp_path / "m.go").write_text(PROGRAM % name, encoding="utf-8")
    [finding] = run(
        Request((), tmp_path, Config(select=("GL210",), confidence=Confidence.LOW), jobs=1)
    ).outcome.findings
    assert finding.confidence is confidence
