// Defers in loops that do not pile up, or only a little.
package gl704

import (
	"archive/tar"
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
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

func restore() <-chan error {
	done := make(chan error, 1)
	go func() { done <- nil }()
	return done
}

// okRestoredOnce is how nats-server watches a stream: a restore ends once, and none is begun after that.
func okRestoredOnce(leader <-chan bool, quit <-chan struct{}, restoring bool) {
	var restored <-chan error
	for {
		select {
		case <-quit:
			return
		case is := <-leader:
			if is && restoring {
				restored = restore()
			}
		case err := <-restored:
			restoring = false
			if err == nil {
				defer log.Println("restored")
			}
		}
	}
}

// okReadyOnce hears of the start once: from then on its channel is nil.
func okReadyOnce(ready <-chan struct{}, jobs <-chan func()) {
	for {
		select {
		case <-ready:
			defer log.Println("stopped")
			ready = nil
		case job, more := <-jobs:
			if !more {
				return
			}
			job()
		}
	}
}

// okUnpacks: the archive has an end, though the loop's head names none.
func okUnpacks(r io.Reader, each func(string)) error {
	archive := tar.NewReader(r)
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		defer each(header.Name)
	}
	return nil
}

type okPage struct {
	items []string
	more  bool
}

// okPages ends with the last page.
func okPages(get func(from string) (*okPage, error), each func([]string)) error {
	var from string
	for {
		page, err := get(from)
		if err != nil {
			return err
		}
		defer each(page.items)
		if !page.more {
			break
		}
		from = page.items[len(page.items)-1]
	}
	return nil
}

// okConsole goes on as long as somebody types.
func okConsole(run func(line string) error, undo func()) error {
	in := bufio.NewReader(os.Stdin)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		defer undo()
		if err := run(line); err != nil {
			fmt.Println(err)
		}
	}
}
