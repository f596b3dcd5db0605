"""Runs the `goleaklint` command in a process of its own, as users do."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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
"""A file in which GL502 is found, in line 12."""

CONCISE = "good/good.go:12:2: GL502 "


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


def goleaklint(cwd: Path, *arguments: str, stdin: str = "", **environment: str) -> Done:
    """Runs the command with these arguments and additions to a bare environment."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "goleaklint", *arguments],
        cwd=cwd,
        env={**bare, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment},
        input=stdin.encode(),
        capture_output=True,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def module(root: Path, **files: str) -> Path:
    """A module with one leak in good/good.go; more files by name, where `__` stands for a slash and `_` for a dot."""
    contents = {"go.mod": "module example.com/m\n\ngo 1.22\n", "good/good.go": LEAK}
    for name, text in files.items():
        contents[name.replace("__", "/").replace("_", ".")] = text
    for name, text in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root
