// Finalizers that wait.
package gl501

import (
	"net/http"
	"os"
	"runtime"
	"sync"
	"time"
)

type worker struct {
	todo chan func()
	done chan struct{}
	file *os.File
}

func (w *worker) stop() {
	close(w.todo)
	<-w.done
	w.file.Close()
}

func waitsForGoroutine(f *os.File) *worker {
	w := &worker{todo: make(chan func()), done: make(chan struct{}), file: f}
	runtime.SetFinalizer(w, (*worker).stop) // want GL501 "the finalizer receives from w.done, while every other finalizer"
	return w
}

func sleeps(f *os.File) *worker {
	w := &worker{file: f}
	runtime.SetFinalizer(w, func(w *worker) { // want GL501 "the finalizer sleeps"
		time.Sleep(time.Second)
		w.file.Close()
	})
	return w
}

type registry struct {
	mu    sync.Mutex
	known map[int]bool
	all   sync.WaitGroup
}

type handle struct {
	owner *registry
	id    int
}

func (r *registry) forget(id int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.known, id)
}

func (r *registry) save(f *os.File) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return f.Sync()
}

func locksForeignMutex(r *registry, id int) *handle {
	h := &handle{owner: r, id: id}
	runtime.SetFinalizer(h, func(h *handle) { h.owner.forget(h.id) }) // want GL501 "locks r.mu, in (*registry).forget"
	return h
}

func waitsForOthers(r *registry) *handle {
	h := &handle{owner: r}
	runtime.SetFinalizer(h, func(h *handle) { h.owner.all.Wait() }) // want GL501 "waits for goroutines"
	return h
}

func callsHome(url string) *handle {
	h := &handle{}
	runtime.SetFinalizer(h, func(h *handle) { // want GL501 "makes an HTTP request"
		resp, err := http.Get(url)
		if err == nil {
			resp.Body.Close()
		}
	})
	return h
}

func sends(out chan<- int) *handle {
	h := &handle{id: 1}
	runtime.SetFinalizer(h, func(h *handle) { out <- h.id }) // want GL501 "sends on out"
	return h
}

func cleanupSends(out chan<- int) *handle {
	h := &handle{id: 1}
	runtime.AddCleanup(h, func(id int) { out <- id }, h.id) // want GL501 "the cleanup sends on out, and it may never end"
	return h
}

func selects(stop, done <-chan struct{}) *handle {
	h := &handle{id: 1}
	runtime.SetFinalizer(h, func(*handle) { // want GL501 "waits in a select"
		select {
		case <-stop:
		case <-done:
		}
	})
	return h
}
