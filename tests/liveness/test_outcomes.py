"""What a call gives decides the branches of its caller: no goroutine is left behind that was never started."""

import pytest
from go_functions import analysis

from goleaklint.liveness.left import left_behind
from goleaklint.liveness.stories import Leak

PROGRAM = """
    package m

    import "errors"

    type pool struct { open bool; queue []int }

    func (p *pool) plain(f func()) bool { if p.open { go f(); return true }; return false }
    func (p *pool) local(f func()) bool { var ok bool; if p.open { go f(); ok = true }; return ok }
    func (p *pool) named(f func()) (ok bool) { if p.open { go f(); ok = true }; return }
    func (p *pool) fails(f func()) error { if !p.open { return errors.New("closed") }; go f(); return nil }
    func (p *pool) second(f func()) (int, error) {
        if !p.open { return 0, errors.New("closed") }
        go f()
        return 1, nil
    }
    func (p *pool) deferred(f func()) (err error) {
        defer func() { if err == nil { go f() } }()
        if !p.open { return errors.New("closed") }
        return nil
    }
    func (p *pool) passed(f func()) bool { return p.plain(f) }
    func (p *pool) typed(f func()) error { var none *failure; go f(); return none }
    func (p *pool) unknown(f func()) bool { if p.open { go f() }; return len(p.queue) > 0 }

    type failure struct{}
    func (*failure) Error() string { return "" }

    func okPlain(p *pool) { c := make(chan int); if p.plain(func() { c <- 1 }) { <-c } }
    func okNegated(p *pool) { c := make(chan int); if !p.plain(func() { c <- 1 }) { return }; <-c }
    func okLocal(p *pool) { c := make(chan int); started := p.local(func() { c <- 1 }); if started { <-c } }
    func okNamed(p *pool) { c := make(chan int); if p.named(func() { c <- 1 }) { <-c } }
    func okFails(p *pool) { c := make(chan int); if err := p.fails(func() { c <- 1 }); err == nil { <-c } }
    func okFailsAtOnce(p *pool) { c := make(chan int); if p.fails(func() { c <- 1 }) != nil { return }; <-c }
    func okSecond(p *pool) { c := make(chan int); if _, err := p.second(func() { c <- 1 }); err == nil { <-c } }
    func okDeferred(p *pool) { c := make(chan int); if err := p.deferred(func() { c <- 1 }); err == nil { <-c } }
    func okPassed(p *pool) { c := make(chan int); if p.passed(func() { c <- 1 }) { <-c } }
    func okTyped(p *pool) { c := make(chan int); if p.typed(func() { c <- 1 }) != nil { <-c } }

    func wrongWay(p *pool) { c := make(chan int); if !p.plain(func() { c <- 1 }) { <-c } }
    func wrongWayOfError(p *pool) { c := make(chan int); if err := p.fails(func() { c <- 1 }); err != nil { <-c } }
    func notAsked(p *pool) { c := make(chan int); p.plain(func() { c <- 1 }); <-c }
    func notKnown(p *pool) { c := make(chan int); if p.unknown(func() { c <- 1 }) { <-c } }
"""

LEAVES = {"wrongWay", "wrongWayOfError", "notAsked", "notKnown"}


@pytest.fixture(scope="module")
def leaks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Leak, ...]]:
    functions = analysis(tmp_path_factory.mktemp("m"), {"m.go": PROGRAM})
    scope = functions.declared.program.package("example.com/m")
    assert scope is not None
    return {
        each.function.name: tuple(leak for code in each.all_code() for leak in left_behind(code, ends_process=False))
        for each in functions.in_package(scope)
    }


def test_only_branches_that_the_call_allows_are_taken(leaks: dict[str, tuple[Leak, ...]]) -> None:
    assert {name for name, found in leaks.items() if found} == LEAVES


def test_the_steps_tell_which_way_the_call_went(leaks: dict[str, tuple[Leak, ...]]) -> None:
    receive = leaks["wrongWay"][0]
    assert "goes on where !p.open" in [step.message for step in receive.steps]
