"""Makes Go modules on disk and analyses them in this process."""

from collections.abc import Mapping
from pathlib import Path

from goleaklint.config import Config
from goleaklint.files.patterns import StandardInput
from goleaklint.pipeline.run import Request, Result, run

LEAK = """package good

import (
	"os"
	"runtime"
)

type Spool struct{ file *os.File }

func NewSpool(f *os.File) *Spool {
	s := &Spool{file: f}
	runtime.SetFinalizer(s, func(_ *Spool) {
		s.file.Close()
	})
	return s
}
"""
"""A file in which GL502 is found: in line 12, column 2."""

PLACE = (12, 2)


def project(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes the files of a module below `root`, and a go.mod unless there is one among them."""
    for name, content in {"go.mod": "module example.com/m\n\ngo 1.22\n", **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def analyse(
    root: Path, *patterns: str, config: Config | None = None, jobs: int = 1, stdin: StandardInput | None = None
) -> Result:
    return run(Request(patterns, root, config or Config(), jobs, stdin=stdin))


def found(result: Result) -> list[tuple[str, str, int, int]]:
    """Rule, path, line and column of each finding."""
    return [(each.rule, each.span.path, each.span.line, each.span.column) for each in result.outcome.findings]


def said(result: Result) -> list[tuple[str, str, int, str]]:
    """Rule, path, line and message of each notification."""
    return [(note.rule, note.path, note.line, note.message) for note in result.notifications]
