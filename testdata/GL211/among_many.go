// Wait groups among more locks and groups than can be followed together: each is then looked at alone.
package gl211

import (
	"errors"
	"fmt"
	"sync"
)

func nothing() {}

func both(first, second func()) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	wg.Add(2)
	go func() {
		defer wg.Done()
		mu.Lock()
		first()
		mu.Unlock()
	}()
	go func() {
		defer wg.Done()
		mu.Lock()
		second()
		mu.Unlock()
	}()
	wg.Wait()
}

func leakAmongMany() {
	var all sync.WaitGroup
	for range 3 {
		all.Add(1) // want GL211 "all.Wait may never return"
		go func() {
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
		}()
	}
	all.Wait()
}

func okAmongMany() {
	var all sync.WaitGroup
	for range 3 {
		all.Add(1)
		go func() {
			defer all.Done()
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
		}()
	}
	all.Wait()
}

// Each round of the worker counts down for one job: that there are as many rounds as jobs is the channel's doing.
func okWorkersAmongMany() {
	var all sync.WaitGroup
	jobs := make(chan int)
	go func() {
		for range jobs {
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			both(nothing, nothing)
			all.Done()
		}
	}()
	for i := range 3 {
		all.Add(1)
		jobs <- i
	}
	all.Wait()
	close(jobs)
}

var errCorrupt = errors.New("corrupt")

type corruptError struct{}

func (*corruptError) Error() string { return "corrupt" }

func check(n int) error {
	if n < 0 {
		return fmt.Errorf("%d: %w", n, errCorrupt)
	}
	return nil
}

func leakThoughOneWaitIsLeftOpen() (err error) {
	var wg sync.WaitGroup
	quit := make(chan struct{})
	defer func() {
		if _, ok := err.(*corruptError); ok {
			close(quit)
			wg.Wait()
		}
	}()
	wg.Add(2) // want GL211 "wg.Wait may never return"
	for range 2 {
		go func() { <-quit }()
	}
	if err := check(1); err != nil {
		return err
	}
	close(quit)
	wg.Wait()
	return nil
}

func okOneWaitIsLeftOpen() (err error) {
	var wg sync.WaitGroup
	quit := make(chan struct{})
	defer func() {
		if _, ok := err.(*corruptError); ok {
			close(quit)
			wg.Wait()
		}
	}()
	wg.Add(2)
	for range 2 {
		go func() {
			defer wg.Done()
			<-quit
		}()
	}
	if err := check(1); err != nil {
		return err
	}
	close(quit)
	wg.Wait()
	return nil
}

func runLeakThoughOneWaitIsLeftOpen() { _ = leakThoughOneWaitIsLeftOpen() }

func runOkOneWaitIsLeftOpen() { _ = okOneWaitIsLeftOpen() }
