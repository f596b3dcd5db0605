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
	t.reset() // want GL221 "locked again"
}

// run by leakLocksTwice
func (t *totals) reset() {
	t.mu.Lock()
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

// leakSendsUnderLock is how go-ethereum's worker handed results on: the one that takes them wants the lock first.
func leakSendsUnderLock() {
	t := &totals{}
	results := make(chan int)
	go func() {
		time.Sleep(5 * time.Millisecond)
		t.mu.Lock()
		t.total += <-results // want GL205 "waits for results"
		t.mu.Unlock()
	}()
	go func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		results <- 1 // want GL205 "waits for results"
	}()
}

// leakWaitsForWorkers is how a Stop waits for its workers under the lock that they take to finish.
func leakWaitsForWorkers() {
	t := &totals{}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		time.Sleep(5 * time.Millisecond)
		t.mu.Lock() // want GL205 "may never come free"
		t.total++
		t.mu.Unlock()
	}()
	go func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		wg.Wait()
	}()
}

type queue struct {
	mu      sync.Mutex
	items   []int
	changed bool
}

// leakNobodyReceives is how libp2p's discovery sent all that it had to a channel with too little room, under the lock of
// its cache: whoever wants the cache next waits, too.
func leakNobodyReceives() {
	q := &queue{items: []int{1, 2}}
	found := make(chan int, 1)
	go func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		for _, item := range q.items {
			found <- item // want GL205 "waits for found"
		}
	}()
	go func() {
		time.Sleep(5 * time.Millisecond)
		q.mu.Lock()
		defer q.mu.Unlock()
		for range q.items {
			<-found // want GL205 "waits for found"
		}
	}()
}

// leakCrossed takes two locks in two orders.
func leakCrossed() {
	a, b := &queue{}, &totals{}
	go func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		time.Sleep(5 * time.Millisecond)
		b.mu.Lock() // want GL205 "may never come free"
		b.total++
		b.mu.Unlock()
	}()
	go func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		time.Sleep(5 * time.Millisecond)
		a.mu.Lock() // want GL205 "may never come free"
		a.changed = true
		a.mu.Unlock()
	}()
}

// leakAnswersUnderLock asks a goroutine that needs the lock before it answers.
func leakAnswersUnderLock() {
	t := &totals{}
	questions, answers := make(chan int), make(chan int)
	go func() {
		n := <-questions
		t.mu.Lock()
		n += t.total
		t.mu.Unlock()
		answers <- n
	}()
	go func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		questions <- 1
		t.total = <-answers // want GL205 "waits for answers"
	}()
}

// okReturnsUnlocked: go-staticcheck 19, mattermost-govet 22, tendermint 6816: every way out unlocks.
func okReturnsUnlocked() {
	q := &queue{}
	for range 2 {
		q.put(1)
	}
}

// run by okReturnsUnlocked
func (q *queue) put(n int) bool {
	q.mu.Lock()
	if len(q.items) > 0 {
		q.mu.Unlock()
		return false
	}
	q.items = append(q.items, n)
	q.mu.Unlock()
	return true
}

// okUnlocksToWait gives the lock back while it waits, and takes it again.
func okUnlocksToWait() {
	t := &totals{}
	done := make(chan struct{})
	go func() {
		t.mu.Lock()
		t.total++
		t.mu.Unlock()
		close(done)
	}()
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.total == 0 {
		t.mu.Unlock()
		<-done
		t.mu.Lock()
	}
}

// okReadLocks: readers do not keep one another out.
func okReadLocks() {
	var mu sync.RWMutex
	total := 1
	done := make(chan int, 1)
	mu.RLock()
	defer mu.RUnlock()
	go func() {
		mu.RLock()
		defer mu.RUnlock()
		done <- total
	}()
	<-done
}

// okTriesOnly never waits for the lock.
func okTriesOnly() {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	if mu.TryLock() {
		mu.Unlock()
	}
}
