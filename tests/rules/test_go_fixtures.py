"""The harness itself: it believes no name and no mark, and says what it did not run."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from fixture_runs import Run, complaints, goroutines, run_all, toolchain
from go_fixtures import Fixture, Lines, fixtures

PROFILED = """package gl202

import "sync"

func leakSend() {
	c := make(chan int)
	go func() { c <- 1 }()
}

func leakNothing() {
	c := make(chan int, 1)
	go func() { c <- 1 }()
}

func okSend() {
	c := make(chan int, 1)
	go func() { c <- 1 }()
}

func okLeaks() { leakSend() }

func okHangs() {
	<-global
}

func leakElsewhere() { leakSend() }

func marked(n int) {
	c := make(chan int, n)
	go func() {
		c <- 1 // missed GL202 "not yet"
	}()
}

func runMarked() { marked(0) }

func suspected(n int) {
	c := make(chan int, n)
	go func() {
		c <- 1 // wrong GL202 "the capacity is not known"
	}()
}

func runSuspected() { suspected(1) }

// A worker of another fixture.
// run by leakWorker
func worker(c chan int) {
	c <- 1 // want GL202 "never received"
}

func leakWorker() {
	go worker(make(chan int))
}

func leakPanics() { panic("no") }

// not run: needs a network
func leakFar() {}

func orphan(c chan int) { c <- 1 } // missed GL202 "has no scenario"

var global = make(chan int)

// counted: the channel is global
func leakGlobal() {
	go func() { global <- 1 }()
}

func leakGlobalUnseen() {
	go func() { global <- 1 }()
}

type okBox struct{ mu sync.Mutex }

func (b *okBox) lock()   { b.mu.Lock() }
func (b *okBox) unlock() { b.mu.Unlock() }

func runOkBox() {
	b := &okBox{}
	b.lock()
	b.unlock()
}

type box struct {
	mu   sync.Mutex
	next *box
}

func (b *box) lock() {
	b.mu.Lock() // missed GL220 "whoever comes next waits"
}

func runBoxLock() {
	b := &box{}
	b.lock()
	go func() { b.mu.Lock() }()
}
"""

COUNTED = """package gl101

import (
	"runtime"
	"time"
)

func leakSleeper() {
	go func() {
		for {
			time.Sleep(time.Hour)
		}
	}()
}

func okSleeper() {
	go func() { time.Sleep(20 * time.Millisecond) }()
}

func okSleepsOn() { leakSleeper() }

func many(n int) {
	for i := 0; i < n; i++ {
		go time.Sleep(time.Hour) // want GL104 "as many as there are"
	}
}

func runMany() { many(33) }

func few(n int) {
	for i := 0; i < n; i++ {
		go time.Sleep(time.Hour) // want GL104 "as many as there are"
	}
}

func runFew() { few(32) }

func thread() {
	runtime.LockOSThread() // want GL107 "stays locked"
}

func runThread() { thread() }

func threadGivenBack() {
	runtime.LockOSThread() // want GL107 "stays locked"
	runtime.UnlockOSThread()
}

func runThreadGivenBack() { threadGivenBack() }
"""

EXPECTED = {
    "GL101/few": "GL104: nothing leaks when runFew is run; left behind elsewhere: ",
    "GL101/many": "",
    "GL101/leakSleeper": "",
    "GL101/okSleeper": "",
    "GL101/okSleepsOn": "GL101: okSleepsOn leaves behind x.go:11 [sleep]",
    "GL101/thread": "",
    "GL101/threadGivenBack": "GL107: nothing leaks when runThreadGivenBack is run",
    "GL202/box.lock": "",
    "GL202/leakElsewhere": "GL202: nothing leaks when leakElsewhere is run; left behind elsewhere: x.go:7 [",
    "GL202/leakGlobal": "",
    "GL202/leakGlobalUnseen": "GL202: nothing leaks when leakGlobalUnseen is run",
    "GL202/leakNothing": "GL202: nothing leaks when leakNothing is run",
    "GL202/leakPanics": "leakPanics cannot be run: it ends with 2: panic: no",
    "GL202/leakSend": "",
    "GL202/leakWorker": "",
    "GL202/marked": "",
    "GL202/okBox": "",
    "GL202/okHangs": "okHangs does not return",
    "GL202/okLeaks": "GL202: okLeaks leaves behind x.go:7 [chan send (leaked)]",
    "GL202/okSend": "",
    "GL202/suspected": "",
    "GL202/worker": "",
    "GL203/leakBroken": "leakBroken cannot be run: ",
}


def module(root: Path) -> Path:
    """A module with two folders of fixtures, and one that does not even parse."""
    (root / "go.mod").write_text("module sample.example/m\n\ngo 1.24\n", encoding="utf-8")
    broken = "package gl203\n\nfunc leakBroken() {\n\t<-<-\n}\n"
    for folder, text in {"GL101": COUNTED, "GL202": PROFILED, "GL203": broken}.items():
        (root / folder).mkdir()
        (root / folder / "x.go").write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mapping[str, Fixture], Mapping[str, Run]]:
    """The fixtures of the module, and their runs; both by id."""
    go = toolchain()
    if go is None:
        pytest.skip("there is no Go 1.26 or newer on PATH")
    root = module(tmp_path_factory.mktemp("module"))
    before = sorted(root.rglob("*"))
    found = [each for folder in sorted(root.glob("GL*")) for each in fixtures(folder)]
    runs = run_all(root, found, tmp_path_factory.mktemp("work"), go)
    assert sorted(root.rglob("*")) == before, "the harness writes into the module"
    return {each.id: each for each in found}, runs


@pytest.mark.go
@pytest.mark.parametrize(("name", "complaint"), EXPECTED.items(), ids=EXPECTED)
def test_complaint(name: str, complaint: str, sample: tuple[Mapping[str, Fixture], Mapping[str, Run]]) -> None:
    found = list(complaints(sample[0][name], sample[1][name]))
    assert len(found) == bool(complaint)
    assert all(each.startswith(complaint) for each in found)


def test_every_fixture_is_run_but_those_that_say_why_not(tmp_path: Path) -> None:
    root = module(tmp_path)
    found = {each.id: each for folder in root.glob("GL*") for each in fixtures(folder)}
    assert set(found) - set(EXPECTED) == {"GL202/leakFar", "GL202/orphan"}
    assert found["GL202/leakFar"].not_run == "needs a network"
    assert found["GL202/orphan"].scenario == ""
    assert found["GL202/orphan"].not_run is None


@pytest.mark.parametrize(
    ("declaration", "last"),
    [
        ("func okX() {\n\tx()\n}", 3),
        ("func okX(c chan struct{}) { <-c } // a brace: {", 1),
        ("func okX(\n\tc chan int,\n) error {\n\tif c == nil {\n\t}\n\treturn nil\n}", 7),
        ("func okX[T any](c chan struct{}) {\n}", 2),
        ("func (s *set[T]) okX() {\n}", 2),
    ],
)
def test_lines_of_a_function(declaration: str, last: int, tmp_path: Path) -> None:
    folder = tmp_path / "GL202"
    folder.mkdir()
    (folder / "x.go").write_text(f"package gl202\n\n{declaration}\n\nfunc after() {{}}\n", encoding="utf-8")
    assert [each.lines for each in fixtures(folder)] == [(Lines("x.go", 3, last + 2),)]


def test_goroutines_of_a_dump() -> None:
    dump = """goroutine 1 [running]:
main.main()
	sample.example/m/zz_scenario/GL202/main.go:17 +0x52

goroutine 5 gp=0x1 m=nil [chan send (leaked), 2 minutes]:
sample.example/m/GL202.produce(...)
	sample.example/m/GL202/p.go:5 +0x1e
created by sample.example/m/GL202.leakX in goroutine 1
	sample.example/m/GL202/main.go:15 +0x5f
"""
    first, second = goroutines(dump, "GL202")
    assert (first.number, first.places) == (1, ())
    assert (second.number, second.state) == (5, "chan send (leaked), 2 minutes")
    assert second.places == (("p.go", 5), ("main.go", 15))
