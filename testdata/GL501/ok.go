// Finalizers that are done at once.
package gl501

import (
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

func okClosesFile(f *os.File) *worker {
	w := &worker{file: f}
	runtime.SetFinalizer(w, func(w *worker) { w.file.Close() })
	return w
}

func okStartsGoroutine(f *os.File) *worker {
	w := &worker{todo: make(chan func()), done: make(chan struct{}), file: f}
	runtime.SetFinalizer(w, func(w *worker) { go w.stop() })
	return w
}

type mapping struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	data []byte
	once sync.Once
	sem  chan struct{}
}

func (m *mapping) unmap() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.data != nil {
		_ = syscall.Munmap(m.data)
		m.data = nil
	}
}

func (m *mapping) Close() { m.unmap() }

// okOwnLock: whoever held the lock would hold the object, and it would not be finalized.
func okOwnLock(data []byte) *mapping {
	m := &mapping{data: data, sem: make(chan struct{}, 1)}
	runtime.SetFinalizer(m, (*mapping).unmap)
	return m
}

func (m *mapping) close() {
	m.sem <- struct{}{}
	m.wg.Wait()
	m.unmap()
}

func okOwnWaitGroupAndSlot(data []byte) *mapping {
	m := &mapping{data: data, sem: make(chan struct{}, 1)}
	runtime.SetFinalizer(m, (*mapping).close)
	return m
}

func okTriesToSend(out chan<- int) *handle {
	h := &handle{id: 1}
	runtime.SetFinalizer(h, func(h *handle) {
		select {
		case out <- h.id:
		default:
		}
	})
	return h
}

// okCleanupSleeps: cleanups run concurrently, and this one ends.
func okCleanupSleeps() *handle {
	h := &handle{id: 1}
	runtime.AddCleanup(h, func(int) { time.Sleep(time.Millisecond) }, 1)
	return h
}

func okCleanupLocks(r *registry) *handle {
	h := &handle{id: 1}
	runtime.AddCleanup(h, func(id int) { r.forget(id) }, h.id)
	return h
}

var live struct {
	sync.Mutex
	count int
}

// okShortLock: nobody holds this lock for longer than it takes to count.
func okShortLock() *handle {
	h := &handle{id: 1}
	live.Lock()
	live.count++
	live.Unlock()
	runtime.SetFinalizer(h, func(*handle) {
		live.Lock()
		defer live.Unlock()
		live.count--
	})
	return h
}

func okTakenBack(h *handle) { runtime.SetFinalizer(h, nil) }

func okBufferedSend() *handle {
	h := &handle{id: 1}
	runtime.SetFinalizer(h, func(h *handle) {
		out := make(chan int, 1)
		out <- h.id
	})
	return h
}

type loop struct {
	self *loop
	out  chan int
}

// cycle: the object points at itself, which GL504 reports, so its finalizer does not run.
func cycle(out chan int) *loop {
	l := &loop{out: out}
	l.self = l
	runtime.SetFinalizer(l, func(l *loop) { l.out <- 1 }) // want GL504 "points at itself"
	return l
}
