// Locks that stay locked on one way out of the function, or round its loop.
package gl220

import (
	"errors"
	"sync"
)

var errThere = errors.New("already there")

type registry struct {
	mu    sync.RWMutex
	names map[string]int
	limit int
}

func newRegistry() *registry {
	return &registry{names: map[string]int{}, limit: 2}
}

func (r *registry) add(name string) error {
	r.mu.Lock() // want GL220 "r.mu stays locked on one way"
	if _, ok := r.names[name]; ok {
		return errThere
	}
	r.names[name] = len(r.names)
	r.mu.Unlock()
	return nil
}

func runRegistryAdd() {
	r := newRegistry()
	go func() {
		_ = r.add("a")
		_ = r.add("a")
		_ = r.add("b")
	}()
}

func (r *registry) size(strict bool) (n int, err error) {
	r.mu.RLock() // want GL220 "stays locked"
	defer func() {
		if err == nil {
			r.mu.RUnlock()
		}
	}()
	if strict && len(r.names) == 0 {
		return 0, errors.New("empty")
	}
	return len(r.names), nil
}

func runRegistrySize() {
	r := newRegistry()
	go func() {
		_, _ = r.size(true)
		_ = r.add("x")
	}()
}

func (r *registry) tryAdd(name string) bool {
	if !r.mu.TryLock() { // want GL220 "stays locked"
		return false
	}
	if len(r.names) >= r.limit {
		return false
	}
	r.names[name] = 1
	r.mu.Unlock()
	return true
}

func runRegistryTryAdd() {
	r := newRegistry()
	r.limit = 0
	go func() {
		r.tryAdd("a")
		_ = r.add("x")
	}()
}

func (r *registry) lock()   { r.mu.Lock() }
func (r *registry) unlock() { r.mu.Unlock() }

func (r *registry) remove(name string) {
	r.lock() // want GL220 "stays locked"
	if _, ok := r.names[name]; !ok {
		return
	}
	delete(r.names, name)
	r.unlock()
}

func runRegistryRemove() {
	r := newRegistry()
	go func() {
		r.remove("a")
		_ = r.add("x")
	}()
}

func (r *registry) guarded(name string, check func(string)) {
	defer func() { _ = recover() }()
	r.mu.Lock() // want GL220 "stays locked"
	if name == "" {
		panic("no name")
	}
	r.names[name] = 1
	r.mu.Unlock()
}

func runRegistryGuarded() {
	r := newRegistry()
	go func() {
		r.guarded("", nil)
		r.guarded("a", nil)
	}()
}

type set struct {
	sync.Mutex
	alerts []string
}

func sendAll(sets []*set, send func([]string)) {
	for _, each := range sets {
		each.Lock() // want GL220 "through its loop"
		if len(each.alerts) == 0 {
			continue
		}
		send(each.alerts)
		each.Unlock()
	}
}

func runSendAll() {
	sets := []*set{{}}
	go func() {
		sendAll(sets, func([]string) {})
		sendAll(sets, func([]string) {})
	}()
}

func (r *registry) addAll(names []string) {
	for _, name := range names {
		r.mu.Lock() // want GL220 "stays locked on 2 ways"
		if name == "" {
			continue
		}
		r.names[name] = 1
		r.mu.Unlock()
	}
}

func runRegistryAddAll() {
	r := newRegistry()
	go r.addAll([]string{"", "a"})
}

func (r *registry) kind(name string) (kind string) {
	r.mu.RLock() // want GL220 "one way"
	switch n := r.names[name]; {
	case n == 0:
		kind = "none"
	case n == 1:
		return "one"
	default:
		kind = "many"
	}
	r.mu.RUnlock()
	return kind
}

func runRegistryKind() {
	r := newRegistry()
	r.names["a"] = 1
	go func() {
		r.kind("a")
		_ = r.add("x")
	}()
}

// polled asks in each round whether somebody has set the flag meanwhile.
func (t *table) polled(next func() bool) {
	t.mu.Lock() // want GL220 "t.mu stays locked on one way out of"
	for next() {
		if t.shared {
			return
		}
		if next(); t.shared {
			continue
		}
		t.list = nil
	}
	t.mu.Unlock()
}

func runTablePolled() {
	t := &table{}
	t.polled(func() bool {
		t.shared = true
		return true
	})
	t.mu.Lock()
}
