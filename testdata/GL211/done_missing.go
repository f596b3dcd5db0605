// Wait groups that are counted up without a Done on some path.
package gl211

import (
	"errors"
	"sync"
)

var errJob = errors.New("job")

func job(n int) error {
	if n == 1 {
		return errJob
	}
	return nil
}

func leakEarlyReturn() {
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1) // want GL211 "wg.Wait may never return"
		go func() {
			if err := job(i); err != nil {
				return
			}
			wg.Done()
		}()
	}
	wg.Wait()
}

func leakAddsTooMany() {
	var wg sync.WaitGroup
	wg.Add(3) // want GL211 "wg.Wait may never return"
	for i := 0; i < 2; i++ {
		go func() {
			defer wg.Done()
		}()
	}
	wg.Wait()
}

func leakErrorBetweenAddAndGo() {
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Add(1) // want GL211 "wg.Wait may never return"
	if err := job(1); err != nil {
		return
	}
	go func() {
		defer wg.Done()
	}()
}

func leakWaitsInsideTheLoop() {
	var wg sync.WaitGroup
	wg.Add(3) // want GL211 "wg.Wait may never return"
	for i := 0; i < 3; i++ {
		go func() {
			defer wg.Done()
		}()
		wg.Wait()
	}
}

func leakNobodyIsDone() {
	go func() {
		var wg sync.WaitGroup
		wg.Add(1) // want GL211 "wg.Wait may never return"
		wg.Wait()
	}()
}

func leakCalleeForgets() {
	var wg sync.WaitGroup
	wg.Add(1) // want GL211 "wg.Wait may never return"
	go forgets(&wg, 1)
	wg.Wait()
}

// run by leakCalleeForgets
func forgets(wg *sync.WaitGroup, n int) {
	if err := job(n); err != nil {
		return
	}
	wg.Done()
}

func okDeferred() {
	var wg sync.WaitGroup
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := job(i); err != nil {
				return
			}
		}()
	}
	wg.Wait()
}

func okAddsAll() {
	addsAll([]int{1, 2, 3})
}

// run by okAddsAll
func addsAll(numbers []int) {
	var wg sync.WaitGroup
	wg.Add(len(numbers))
	for _, n := range numbers {
		go func() {
			defer wg.Done()
			_ = job(n)
		}()
	}
	wg.Wait()
}

func okDoneOnEveryPath() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		if err := job(1); err != nil {
			wg.Done()
			return
		}
		wg.Done()
	}()
	wg.Wait()
}

func okCleanup() {
	var wg sync.WaitGroup
	eval := func(n int, cleanup func()) {
		if cleanup != nil {
			defer cleanup()
		}
		_ = job(n)
	}
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go eval(i, func() { wg.Done() })
	}
	eval(0, nil)
	wg.Wait()
}

func okTakenBack() {
	var wg sync.WaitGroup
	wg.Add(2)
	if err := job(1); err != nil {
		wg.Done()
	} else {
		go wg.Done()
	}
	go wg.Done()
	wg.Wait()
}

// okGoCounts: Go of 1.25 counts by itself; until then such a method does.
func okGoCounts() {
	g := &group{name: "jobs"}
	g.run(func() { _ = job(2) })
	g.run(func() { _ = job(3) })
	g.wg.Wait()
}

type group struct {
	wg   sync.WaitGroup
	name string
}

// run by okGoCounts
func (g *group) run(f func()) {
	g.wg.Add(1)
	go func() {
		defer g.wg.Done()
		f()
	}()
}

// jobs starts goroutines as long as it is open.
type jobs struct {
	mu   sync.Mutex
	open bool
}

func (j *jobs) start(f func()) bool {
	var started bool
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.open {
		go f()
		started = true
	}
	return started
}

func (j *jobs) begin(f func()) (err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.open {
		err = errJob
		return
	}
	go f()
	return nil
}

func (j *jobs) try(f func()) error {
	if err := j.begin(f); err != nil {
		return err
	}
	return nil
}

func okNotStarted() {
	closed := &jobs{}
	var wg sync.WaitGroup
	wg.Add(1)
	if !closed.start(func() { wg.Done() }) {
		wg.Done()
	}
	wg.Wait()
}

func okBeginFails() {
	notStarted(&jobs{})
	notStarted(&jobs{open: true})
}

// run by okBeginFails
func notStarted(j *jobs) {
	var wg sync.WaitGroup
	wg.Add(2)
	if err := j.begin(wg.Done); err != nil {
		wg.Done()
	}
	err := j.try(func() { defer wg.Done() })
	if err == nil {
		wg.Wait()
		return
	}
	wg.Done()
	wg.Wait()
}

func leakForgetsThatNothingStarted() {
	closed := &jobs{}
	var wg sync.WaitGroup
	wg.Add(1) // want GL211 "wg.Wait may never return"
	if closed.start(func() { wg.Done() }) {
		wg.Wait()
		return
	}
	wg.Wait()
}
