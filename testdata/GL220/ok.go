// Locks that are given back on every way, or that somebody else gives back.
package gl220

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
)

type okDeferred struct {
	mu sync.Mutex
	n  int
}

func (o *okDeferred) next(limit int) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.n >= limit {
		return 0, errors.New("full")
	}
	o.n++
	return o.n, nil
}

func runOkDeferred() {
	o := &okDeferred{}
	_, _ = o.next(0)
	_, _ = o.next(1)
}

type table struct {
	mu      sync.Mutex
	entries map[string]int
	shared  bool
	list    []int
}

// okLockedWhereItSucceeds is unlocked by whoever got the entry.
func (t *table) okLockedWhereItSucceeds(name string) (int, error) {
	t.mu.Lock()
	entry, ok := t.entries[name]
	if !ok {
		t.mu.Unlock()
		return 0, errors.New("none")
	}
	return entry, nil
}

func (t *table) done() {
	t.mu.Unlock()
}

func runTableOkLockedWhereItSucceeds() {
	t := &table{entries: map[string]int{"a": 1}}
	_, _ = t.okLockedWhereItSucceeds("b")
	_, _ = t.okLockedWhereItSucceeds("a")
	t.done()
}

// okLockedIfItIsToWrite is unlocked at the end of the transaction.
func (t *table) okLockedIfItIsToWrite(write bool, open func() error) (*table, error) {
	if write {
		t.mu.Lock()
	}
	if err := open(); err != nil {
		if write {
			t.mu.Unlock()
		}
		return nil, err
	}
	return t, nil
}

func runTableOkLockedIfItIsToWrite() {
	t := &table{}
	_, _ = t.okLockedIfItIsToWrite(true, func() error { return errors.New("no") })
	_, _ = t.okLockedIfItIsToWrite(false, func() error { return nil })
	_, _ = t.okLockedIfItIsToWrite(true, func() error { return nil })
	t.done()
}

func (t *table) okLockForTwo(other *table) bool {
	t.mu.Lock()
	if !other.mu.TryLock() {
		t.mu.Unlock()
		return false
	}
	return true
}

func runTableOkLockForTwo() {
	t, other := &table{}, &table{}
	t.okLockForTwo(other)
	other.done()
	t.done()
}

// okIfShared locks and unlocks under one condition, with calls in between.
func (t *table) okIfShared(work func()) {
	if t.shared {
		t.mu.Lock()
	}
	work()
	if t.shared {
		t.mu.Unlock()
	}
}

func runTableOkIfShared() {
	t := &table{shared: true}
	t.okIfShared(func() {})
	t.okIfShared(func() {})
}

// okOnOneSystem asks for the system twice.
func (t *table) okOnOneSystem(work func() error) error {
	if runtime.GOOS == "linux" {
		t.mu.Lock()
	}
	err := work()
	if err != nil {
		if runtime.GOOS == "linux" {
			t.mu.Unlock()
		}
		return err
	}
	if runtime.GOOS == "linux" {
		t.mu.Unlock()
	}
	return nil
}

func runTableOkOnOneSystem() {
	t := &table{}
	_ = t.okOnOneSystem(func() error { return errors.New("no") })
	_ = t.okOnOneSystem(func() error { return nil })
}

// okByDeferOrGoroutine hands the lock to a goroutine where it succeeds.
func (t *table) okByDeferOrGoroutine(open func() error) (err error) {
	t.mu.Lock()
	later := len(t.list) > 0
	defer func() {
		if err != nil || !later {
			t.mu.Unlock()
		}
	}()
	if err := open(); err != nil {
		return fmt.Errorf("opening: %w", err)
	}
	if !later {
		return nil
	}
	go func() {
		defer t.mu.Unlock()
		t.list = t.list[:0]
	}()
	return nil
}

func runTableOkByDeferOrGoroutine() {
	t := &table{list: []int{1}}
	_ = t.okByDeferOrGoroutine(func() error { return errors.New("no") })
	_ = t.okByDeferOrGoroutine(func() error { return nil })
}

// okReturnsTheUnlock leaves it to whoever has the function.
func (t *table) okReturnsTheUnlock(name string) (func(), error) {
	t.mu.Lock()
	if t.entries[name] == 0 {
		t.mu.Unlock()
		return nil, errors.New("none")
	}
	return func() { t.mu.Unlock() }, nil
}

func runTableOkReturnsTheUnlock() {
	t := &table{entries: map[string]int{"a": 1}}
	_, _ = t.okReturnsTheUnlock("b")
	unlock, _ := t.okReturnsTheUnlock("a")
	unlock()
}

func (t *table) finish() int {
	n := len(t.list)
	t.done()
	return n
}

// okUnlockedByACallee two calls further down.
func (t *table) okUnlockedByACallee(early bool) int {
	t.mu.Lock()
	if early {
		t.mu.Unlock()
		return 0
	}
	return t.finish()
}

func runTableOkUnlockedByACallee() {
	t := &table{}
	t.okUnlockedByACallee(true)
	t.okUnlockedByACallee(false)
}

// okCallersLock is called with the lock held, and lets it go for a while.
func (t *table) okCallersLock(wait func() bool) bool {
	t.mu.Unlock()
	ready := wait()
	t.mu.Lock()
	if !ready {
		return false
	}
	t.list = nil
	return true
}

func runTableOkCallersLock() {
	t := &table{}
	t.mu.Lock()
	t.okCallersLock(func() bool { return false })
	t.okCallersLock(func() bool { return true })
	t.mu.Unlock()
}

// okNobodyElseKnowsIt drops the new object where it fails.
func okNobodyElseKnowsIt(fill func(*sync.Mutex) error) (*table, error) {
	t := &table{entries: map[string]int{}}
	t.mu.Lock()
	if fill(nil) != nil {
		return nil, errors.New("no")
	}
	t.mu.Unlock()
	return t, nil
}

func runOkNobodyElseKnowsIt() {
	_, _ = okNobodyElseKnowsIt(func(*sync.Mutex) error { return errors.New("no") })
}

// okIfThereIsALock asks in each round for a lock that only some tables have.
func okIfThereIsALock(t *optional, names []string, work func(string)) {
	for _, name := range names {
		if t.mu != nil {
			t.mu.Lock()
		}
		work(name)
		if t.mu != nil {
			t.mu.Unlock()
		}
	}
}

type optional struct {
	mu   *sync.Mutex
	list []string
}

func runOkIfThereIsALock() {
	okIfThereIsALock(&optional{mu: new(sync.Mutex)}, []string{"a", "b"}, func(string) {})
	okIfThereIsALock(&optional{}, []string{"a"}, func(string) {})
}

// okIfTheItemIsShared asks each round's own item.
func okIfTheItemIsShared(tables []*table, work func()) {
	for _, each := range tables {
		if each.shared {
			each.mu.Lock()
		}
		work()
		if each.shared {
			each.mu.Unlock()
		}
	}
}

func runOkIfTheItemIsShared() {
	t := &table{shared: true}
	okIfTheItemIsShared([]*table{t, {}, t}, func() {})
}
