"""What the explorer says of goroutines in Go source: one idea of how functions become automata for each case."""

from pathlib import Path

import pytest
from go_functions import analysis, function

from goleaklint.liveness.left import left_behind
from goleaklint.liveness.stories import Kind, Leak

PROGRAM = """
    package m

    import (
        "context"
        "errors"
        "os/signal"
        "os"
        "sync"
    )

    var errX = errors.New("x")

    func spawn(c chan<- int) { go func() { c <- 1 }() }
    func give(n int) error { if n > 1 { return errX }; return nil }

    func callee() { c := make(chan int); spawn(c) }
    func methodValue() { w := &worker{c: make(chan int)}; f := w.send; go f() }
    func throughClosure() { c := make(chan int); send := func() { c <- 1 }; go send() }
    func fieldStoredLater() { w := &worker{}; w.c = make(chan int); go w.send() }
    func timeout(ctx context.Context) {
        c := make(chan int)
        go func() { c <- 1 }()
        select { case <-c: case <-ctx.Done(): }
    }
    func sumOfTwo(n, k int) { c := make(chan int, n); for range n + k { go func() { c <- 1 }() } }
    func fewer(n int) { c := make(chan int); for range n { go func() { c <- 1 }() }; for range n - 1 { <-c } }
    func early() { c := make(chan int); go func() { c <- 1 }(); if err := give(1); err != nil { return }; <-c }
    func nested() { c := make(chan chan int); go func() { r := make(chan int); c <- r; <-r }() }
    func recovers() { c := make(chan int); go func() { c <- 1 }(); defer func() { recover() }(); panic("x") }
    func cancelForgotten() {
        ctx, cancel := context.WithCancel(context.Background())
        c := make(chan int)
        go func() { defer cancel(); <-c; <-ctx.Done() }()
    }

    type worker struct { c chan int; mu sync.Mutex }
    func (w *worker) send() { w.c <- 1 }

    func okEscapes(give func(chan int)) { c := make(chan int); give(c); go func() { c <- 1 }() }
    func okSignal() { c := make(chan os.Signal, 1); signal.Notify(c); go func() { <-c }() }
    func okCrash() { c := make(chan int); go func() { c <- 1 }(); if give(2) != nil { panic("x") }; <-c }
    func okExit() { c := make(chan int); go func() { c <- 1 }(); if give(2) != nil { os.Exit(1) }; <-c }
    func okKnownNil() { c := make(chan int); go func() { c <- 1 }(); drain(c, nil) }
    func okFlag(quiet bool) { c := make(chan int); if !quiet { go func() { c <- 1 }() }; if !quiet { <-c } }
    func okField() { w := &worker{c: make(chan int)}; keep(w); go w.send() }
    func okStruct(on bool) {
        j := &job{on: on, c: make(chan int)}
        if on { go func() { j.c <- 1 }() }
        j.wait()
    }
    func okEmpty(xs []int) {
        var found []int
        c := make(chan int)
        go func() { for range c { } }()
        for _, x := range xs { if len(found) == 0 { close(c); found = append(found, x) } }
        if len(found) == 0 { close(c) }
    }
    func okEach(xs []int) { c := make(chan int); for range xs { go func() { c <- 1 }() }; for range xs { <-c } }
    func okUnknown(k func() int) { c := make(chan int, k()); go func() { c <- 1 }() }
    func okCancelled() {
        ctx, cancel := context.WithCancel(context.Background())
        defer cancel()
        go func() { <-ctx.Done() }()
    }
    func okSetByLiteral() {
        ready := false
        c := make(chan int)
        f := func() { ready = true; go func() { c <- 1 }() }
        f()
        if ready { <-c }
    }

    func okConstructor(w *worker) *server { s := &server{w, make(chan int)}; go s.serve(); return s }
    func (s *server) serve() { c := make(chan int); go func() { c <- 1 }(); select { case <-c: case <-s.quit: } }
    func okKept() { c := make(chan int); kept = &worker{c: c}; w := &worker{c: c}; go w.send() }
    func keptAndOwn(s *server) { c, d := make(chan int), make(chan int); s.quit = c; go func() { <-c; d <- 1 }() }

    type server struct { w *worker; quit chan int }
    type job struct { on bool; c chan int }
    func (j *job) wait() { if j.on { <-j.c } }
    func drain(c chan int, err error) { if err != nil { return }; <-c }
    var kept *worker
    func keep(w *worker) { kept = w }
"""

LEAKS = {
    "callee": {(Kind.SEND, "c")},
    "methodValue": {(Kind.SEND, "w.c")},
    "throughClosure": {(Kind.SEND, "c")},
    "fieldStoredLater": {(Kind.SEND, "c")},
    "timeout": {(Kind.SEND, "c")},
    "sumOfTwo": {(Kind.FANOUT, "c")},
    "fewer": {(Kind.FANOUT, "c")},
    "early": {(Kind.SEND, "c")},
    "nested": {(Kind.SEND, "c")},
    "recovers": {(Kind.SEND, "c")},
    "cancelForgotten": {(Kind.RECEIVE, "c")},
    "(*server).serve": {(Kind.SEND, "c")},
    "keptAndOwn": {(Kind.SEND, "d")},
}


@pytest.fixture(scope="module")
def leaks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Leak, ...]]:
    functions = analysis(tmp_path_factory.mktemp("m"), {"m.go": PROGRAM})
    scope = functions.declared.program.package("example.com/m")
    assert scope is not None
    return {
        each.function.name: tuple(leak for code in each.all_code() for leak in left_behind(code, ends_process=False))
        for each in functions.in_package(scope)
    }


@pytest.mark.parametrize("name", LEAKS)
def test_goroutines_are_left_behind(leaks: dict[str, tuple[Leak, ...]], name: str) -> None:
    assert {(leak.kind, leak.name) for leak in leaks[name]} == LEAKS[name]


def test_nothing_else_is_left_behind(leaks: dict[str, tuple[Leak, ...]]) -> None:
    assert {name for name, found in leaks.items() if found} <= set(LEAKS)


def test_a_story_ends_where_the_goroutine_waits(leaks: dict[str, tuple[Leak, ...]]) -> None:
    (leak,) = leaks["timeout"]
    assert leak.steps[-1].message == "waits here for ever"
    assert leak.steps[-1].span == leak.where.span
    assert any("ctx.Done()" in step.message for step in leak.steps)


def test_the_end_of_main_ends_the_process(tmp_path: Path) -> None:
    code = "package m\n\nfunc start() { c := make(chan int); go func() { c <- 1 }() }\n"
    found = function(analysis(tmp_path, {"m.go": code}), "start")
    assert left_behind(found.code, ends_process=False)
    assert not left_behind(found.code, ends_process=True)


def test_where_there_is_too_much_the_rest_is_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(f"    if n > {each} {{ c <- {each} }}\n" for each in range(20))
    code = (
        f'package m\n\nimport "sync"\n\nfunc fill(c chan<- int, n int) {{\n{lines}}}\n\n'
        "func start(n int) {\n    c := make(chan int)\n    go func() { fill(c, n) }()\n"
        "    var wg sync.WaitGroup\n    wg.Add(1)\n    wg.Wait()\n}\n"
    )
    found = function(analysis(tmp_path, {"m.go": code}), "start")
    whole = {leak.kind for leak in left_behind(found.code, ends_process=False)}
    monkeypatch.setattr("goleaklint.liveness.world.MAX_STATES", 40)
    part = {leak.kind for leak in left_behind(found.code, ends_process=False)}
    assert whole == {Kind.SEND, Kind.WAIT}
    assert part == {Kind.WAIT}
