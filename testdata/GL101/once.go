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
