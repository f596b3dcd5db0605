// Waiting while holding a lock that the other one needs first; taking a lock that never comes free.
package gl205

import (
	"sync"
	"time"
)

type totals struct {
	mu    sync.Mutex
	total int
	name  string
}

func leakReceivesUnderLock() {
	t := &totals{}
	done := make(chan struct{})
	go func() {
		time.Sleep(5 * time.Millisecond)
		t.mu.Lock()
		t.total++
		t.mu.Unlock()
		close(done)
	}()
	go func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		<-done // want GL205 "waits for done"
	}()
}

func leakLocksTwice() {
	t := &totals{}
	go t.flush()
}

// run by leakLocksTwice
func (t *totals) flush() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.reset()
}

// run by leakLocksTwice
func (t *totals) reset() {
	t.mu.Lock() // want GL205 "may never come free"
	t.total = 0
	t.mu.Unlock()
}

func okUnlocksFirst() {
	t := &totals{}
	done := make(chan struct{})
	go func() {
		t.mu.Lock()
		t.total++
		t.mu.Unlock()
		close(done)
	}()
	t.mu.Lock()
	t.name = "x"
	t.mu.Unlock()
	<-done
}

func okRoomUnderLock() {
	t := &totals{}
	done := make(chan struct{}, 1)
	go func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		done <- struct{}{}
	}()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.total++
}

func okConditionGivesTheLockBack() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready := false
	go func() {
		mu.Lock()
		defer mu.Unlock()
		ready = true
		cond.Broadcast()
	}()
	mu.Lock()
	for !ready {
		cond.Wait()
	}
	mu.Unlock()
}
