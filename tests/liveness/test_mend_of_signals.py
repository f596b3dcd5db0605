"""Who ends a goroutine that waits for signals is told to have them stopped, too."""

from pathlib import Path

from goleaklint.config import Config
from goleaklint.pipeline.run import Request, run

PROGRAM = """package m

import (
	"os"
	"os/signal"
)

func Watch(flush func()) {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	go func() {
		for {
			<-c
			flush()
		}
	}()
}
"""


def test_signals_are_to_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module example.com/m\n\ngo 1.24\n", encoding="utf-8")
    (tmp_path / "m.go").write_text(PROGRAM, encoding="utf-8")
    [finding] = run(Request((), tmp_path, Config(select=("GL101",)), jobs=1)).outcome.findings
    assert finding.mend.endswith("return when it is done; then call signal.Stop(c)")
