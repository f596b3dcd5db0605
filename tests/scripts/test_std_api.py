"""What the script makes of api/*.txt, and what it does with what it does not understand."""

import subprocess
import sys
from pathlib import Path

import pytest

from goleaklint.index.std import STD_DATA

ROOT = Path(__file__).parents[2]

API = """
pkg p, const Big = 1e+100  // 10000000000000000
pkg p, const Big ideal-float
pkg p, const Kind = 1
pkg p, const Kind Kinds
pkg p, const Kind = 2
pkg p, const Text = "a#b"
pkg p, const Text ideal-string
pkg p, func F[$0 interface{ ~[]$1 }, $1 comparable]($0, ...$1) (io.Reader, error) #50102
pkg p, func F //deprecated
pkg p, method (*T) M(T) chan<- struct
pkg p, type A = io.Reader
pkg p, type Kinds uint8
pkg p, type T struct
pkg p, type T struct, Field map[string]T
pkg p, type T struct, embedded *Kinds
pkg p (windows-386), var Where uint32
pkg p (linux-amd64), var Where uint64
pkg p, var Gone int
pkg io, type Reader interface { Read }
pkg io, type Reader interface, Read([]uint8) (int, error)
pkg io, type Reader interface, unexported methods
pkg runtime, type MemStats struct
"""

SHOWN = """package p
import "io"
const Big = 1e+100
const Kind Kinds = 2
const Text = "a#b"
var Where uint64
type A = io.Reader
type Kinds uint8
type T struct{ *Kinds; Field map[string]T }
func (*T) M(T) chan<- struct{}
func F[T0 interface{ ~[]T1 }, T1 comparable](T0, ...T1) (io.Reader, error)

package io
type Reader interface{ Read([]uint8) (int, error); unexported() }
"""


def run(goroot: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "scripts.std_api", goroot, *arguments]
    return subprocess.run(list(map(str, words)), cwd=ROOT, capture_output=True, text=True, check=False)


def goroot(path: Path, *, api: str, gone: str = "") -> Path:
    (path / "api").mkdir()
    (path / "VERSION").write_text("go1.99.1\ntime 2030-01-01T00:00:00Z\n")
    (path / "api" / "go1.txt").write_text(api)
    (path / "api" / "except.txt").write_text(gone)
    return path


def test_declarations(tmp_path: Path) -> None:
    done = run(goroot(tmp_path, api=API, gone="pkg p, var Gone int\n"), "--show", "p", "io")
    assert done.stderr == ""
    assert done.stdout == SHOWN


def test_lines_of_unknown_form_are_all_named(tmp_path: Path) -> None:
    done = run(goroot(tmp_path, api=API + "pkg p, macro M\nnonsense\n"), "--show", "p")
    assert done.returncode == 1
    assert "go1.txt: pkg p, macro M\n" in done.stderr
    assert "go1.txt: nonsense\n" in done.stderr


def test_a_distribution_without_api_files(tmp_path: Path) -> None:
    (tmp_path / "VERSION").write_text("go1.99.1\n")
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "has no go1*.txt" in done.stderr


def test_the_whole_of_a_real_distribution(go_root: Path, tmp_path: Path) -> None:
    if not (go_root / "api" / "go1.26.txt").is_file():
        pytest.skip("this Go has no api folder, or is older than what the additions speak of")
    made = tmp_path / "std.bin"
    done = run(go_root, "--output", made)
    assert done.returncode == 0, done.stderr
    assert 0.8 < made.stat().st_size / STD_DATA.stat().st_size < 1.2
