// What is started once in a process may stay as long as the process does: a note.
package gl101

import (
	"sync"
	"time"
)

type arbiter struct{ once sync.Once }

var meters arbiter

// not run: lives as long as the process, by design
func okOnceInAProcess() {
	meters.once.Do(func() { go keepWorking() })
}

var cache = sync.OnceValue(func() int {
	startCache()
	return 1
})

// not run: lives as long as the process, by design
func okByVariable() int { return cache() }

func startCache() {
	go func() {
		for range time.Tick(time.Hour) {
			work()
		}
	}()
}

type okRegistry struct {
	entries map[string]int
	cleaner sync.Once
}

var entries = okRegistry{entries: map[string]int{}}

// not run: lives as long as the process, by design
func (r *okRegistry) get(name string) int {
	r.cleaner.Do(func() {
		go func() {
			for range time.Tick(time.Minute) {
				clear(r.entries)
			}
		}()
	})
	return r.entries[name]
}

type table struct {
	entries map[string]int
	cleaner sync.Once
}

var first = &table{entries: map[string]int{}}

func newTable() *table { return &table{entries: map[string]int{}} }

func (t *table) get(name string) int {
	t.cleaner.Do(func() {
		go func() { // want GL101 "never ends"
			for range time.Tick(time.Minute) {
				clear(t.entries)
			}
		}()
	})
	return t.entries[name] + len(first.entries)
}

func runTableGet() { newTable().get("") }
