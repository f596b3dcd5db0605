"""Go functions in; the locks that stay held, and that are taken twice, out."""

from pathlib import Path

import pytest
from go_functions import analysis, function

from goleaklint.liveness.lock_state import How, Outcome
from goleaklint.liveness.locksets import Locksets

HEAD = """
package m

import "sync"

type inner struct {
	sync.Mutex
	n int
}

type thing struct {
	mu    sync.RWMutex
	inner
	next  *thing
	locks []sync.Mutex
	async bool
}

func work() bool { return true }
func (t *thing) lock() { t.mu.Lock() }
func (t *thing) unlock() { t.mu.Unlock() }
func (t *thing) release() { t.unlock() }
func (t *thing) short() { t.mu.Lock(); t.mu.Unlock() }
func (t *thing) shortIf(locked bool) { if !locked { t.short() } }
func (t *thing) shortOrNot() { if t.n > 0 { t.short() } }
func (t *thing) yield() { t.mu.Unlock(); work(); t.mu.Lock() }
"""


def outcome(tmp_path: Path, body: str) -> Outcome:
    code = f"{HEAD}\nfunc (t *thing) f(c bool, i int, other *thing) (err error) {{\n{body}\n}}\n"
    functions = analysis(tmp_path, {"a.go": code})
    return Locksets.of(functions).outcome(function(functions, "(*thing).f").code)


@pytest.mark.parametrize(
    ("body", "ways"),
    [
        ("t.mu.Lock(); if c { return nil }; t.mu.Unlock(); return nil", [How.RETURN]),
        ("t.mu.Lock(); defer t.mu.Unlock(); return nil", []),
        ("t.lock(); if c { return nil }; t.unlock(); return nil", [How.RETURN]),
        ("t.mu.Lock(); if c { t.release(); return nil }; t.mu.Unlock(); return nil", []),
        ("unlock := func() { t.mu.Unlock() }; t.mu.Lock(); if c { return nil }; unlock(); return nil", [How.RETURN]),
        ("t.mu.Lock(); go func() { t.mu.Unlock() }(); return nil", []),
        ("t.mu.Lock(); release := t.mu.Unlock; release(); return nil", []),
        ("for work() { t.mu.Lock(); if c { continue }; t.mu.Unlock() }; return nil", [How.RETURN, How.ROUND]),
        ("if c { t.mu.Lock() }; work(); if c { t.mu.Unlock() }; return nil", []),
        ("if t.async { t.mu.Lock() }; work(); if t.async { t.mu.Unlock() }; return nil", []),
        ("if !t.mu.TryLock() { return nil }; if c { return nil }; t.mu.Unlock(); return nil", [How.RETURN]),
        ("defer func() { recover() }(); t.mu.Lock(); if c { panic(1) }; t.mu.Unlock(); return nil", [How.PANIC]),
        ("t.mu.Lock(); if c { panic(1) }; t.mu.Unlock(); return nil", []),
        ("t.mu.Unlock(); work(); t.mu.Lock(); return nil", []),
        ("t.Lock(); if c { return nil }; t.inner.Mutex.Unlock(); return nil", [How.RETURN]),
        ("t.Lock(); t.inner.Mutex.Unlock(); return nil", []),
        ("t.locks[i].Lock(); if c { return nil }; t.locks[i].Unlock(); return nil", [How.RETURN]),
        ("t.mu.Lock(); defer func() { if err != nil { t.mu.Unlock() } }(); return nil", [How.RETURN]),
        ("t.mu.Lock(); defer func() { if err == nil { t.mu.Unlock() } }(); return nil", []),
    ],
)
def test_what_stays_locked(tmp_path: Path, body: str, ways: list[How]) -> None:
    found = outcome(tmp_path, body)
    assert sorted({each.how for each in found.endings}, key=lambda how: how.value) == ways


@pytest.mark.parametrize(
    ("body", "through"),
    [
        ("t.mu.Lock(); t.mu.Lock(); return nil", [0]),
        ("t.mu.RLock(); t.mu.Lock(); return nil", [0]),
        ("t.mu.Lock(); t.short(); t.mu.Unlock(); return nil", [1]),
        ("t.lock(); t.shortOrNot(); t.unlock(); return nil", [2]),
        ("p := &t.mu; p.Lock(); t.mu.Lock(); return nil", [0]),
        ("t.mu.Lock(); defer t.mu.Unlock(); defer t.short(); return nil", [1]),
        ("t.mu.Lock(); other.mu.Lock(); return nil", []),
        ("t.mu.Lock(); t.Lock(); return nil", []),
        ("t.mu.Lock(); other.short(); return nil", []),
        ("t.mu.Lock(); go t.short(); t.mu.Unlock(); return nil", []),
        ("t.mu.Lock(); t.yield(); t.mu.Unlock(); return nil", []),
        ("t.mu.Lock(); t.mu.Unlock(); t.short(); return nil", []),
        ("t.mu.Lock(); t = t.next; t.mu.Lock(); return nil", []),
        ("if c { t.mu.Lock() } else { work() }; if !c { t.mu.Lock() }; return nil", []),
    ],
)
def test_what_is_taken_twice(tmp_path: Path, body: str, through: list[int]) -> None:
    """`through` counts the calls that lead to the second time."""
    assert [len(each.take.chain) for each in outcome(tmp_path, body).twice] == through


def test_a_flag_may_know_that_a_lock_is_held(tmp_path: Path) -> None:
    (twice,) = outcome(tmp_path, "t.mu.Lock(); t.shortIf(true); t.mu.Unlock(); return nil").twice
    assert twice.take.guarded


def test_a_number_does_not_know_that_a_lock_is_held(tmp_path: Path) -> None:
    (twice,) = outcome(tmp_path, "t.mu.Lock(); t.shortOrNot(); t.mu.Unlock(); return nil").twice
    assert (twice.take.guarded, twice.take.always) == (False, False)


def test_what_callers_are_told(tmp_path: Path) -> None:
    effect = outcome(tmp_path, "t.mu.Unlock(); t.Lock(); return nil").effect()
    assert {lock.path for lock, _ in effect.released} == {("thing.mu",)}
    assert {lock.path for lock, _ in effect.acquired} == {("inner.Mutex",)}
    assert outcome(tmp_path, "if c { t.mu.Lock() }; return nil").effect().unsure


def test_which_lockings_some_way_gives_back(tmp_path: Path) -> None:
    found = outcome(tmp_path, "t.mu.Lock(); if c { other.mu.Lock(); return nil }; t.mu.Unlock(); return nil")
    assert len(found.released) == 1
    assert {each.held.node in found.released for each in found.endings} == {True, False}
