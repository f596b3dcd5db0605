// Defers in loops that do not pile up, or only a little.
package gl704

import (
	"context"
	"log"
	"os"
	"sync"
)

func okCalledEachRound(jobs <-chan func()) {
	for {
		job := <-jobs
		func() {
			defer log.Println("done")
			job()
		}()
	}
}

func okInSpawnedFunction(jobs <-chan func()) {
	var wg sync.WaitGroup
	for {
		job := <-jobs
		wg.Add(1)
		go func() {
			defer wg.Done()
			job()
		}()
	}
}

func okReturnsAtOnce(next func() (int, bool)) int {
	for {
		n, found := next()
		if found {
			defer log.Println(n)
			return n
		}
	}
}

func okLeavesTheLoop(ctx context.Context, jobs <-chan int) {
loop:
	for {
		select {
		case <-ctx.Done():
			defer log.Println("stopped")
			break loop
		case <-jobs:
		}
	}
	log.Println("after the loop")
}

func okPanics(jobs <-chan int) {
	for {
		if n := <-jobs; n < 0 {
			defer log.Println("negative")
			panic("negative job")
		}
	}
}

func okExits(jobs <-chan int) {
	for {
		if n := <-jobs; n < 0 {
			defer log.Println("never printed")
			os.Exit(1)
		}
	}
}

// okSlice and okCounting end by themselves: notes, which --pedantic shows.
func okSlice(names []string) {
	for _, name := range names {
		defer log.Println(name)
	}
}

func okCounting(n int) {
	for i := 0; i < n; i++ {
		defer log.Println(i)
	}
}

func okOnceBehindFlag(next func() int) {
	logged := false
	for {
		n := next()
		if !logged {
			logged = true
			defer log.Println("last", n)
		}
		if n < 0 {
			return
		}
	}
}

type chunks struct{}

func (*chunks) Close() error { return nil }

// retryDiscovery is how cometbft restores snapshots: the same chunks are deferred again only after they were closed.
func retryDiscovery(open func() *chunks, sync func(*chunks) error) error {
	var current *chunks
	for {
		if current == nil {
			current = open()
			defer current.Close() // wrong GL704 "that a retry keeps current, and so does not come here, is not followed"
		}
		err := sync(current)
		if err == nil {
			return nil
		}
		if err == os.ErrDeadlineExceeded {
			continue
		}
		current.Close()
		current = nil
	}
}

// okReturnsInEachCase: golang/go 15645, how etcd repairs its log: whatever opens, returns.
func okReturnsInEachCase(next func() error, name string) bool {
	for {
		err := next()
		switch err {
		case nil:
			continue
		case os.ErrDeadlineExceeded:
			f, err := os.Create(name)
			if err != nil {
				return false
			}
			defer f.Close()
			return true
		default:
			return false
		}
	}
}

// okRangeReturns: go-tools 488, the loop over a channel ends with its first round.
func okRangeReturns(names <-chan string) error {
	for name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = f.Stat()
		return err
	}
	for name := range names {
		defer log.Println(name)
		break
	}
	return nil
}
