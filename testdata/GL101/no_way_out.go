// Loops that nothing leads out of, beside those that end.
package gl101

import (
	"context"
	"time"
)

func leakTickerRange() {
	ticker := time.NewTicker(time.Hour)
	defer ticker.Stop()
	go func() { // want GL101 "the range over ticker.C"
		for range ticker.C {
			work()
		}
	}()
}

func leakBreakLeavesSelect() {
	quit := make(chan struct{})
	go func() { // want GL101 "break leaves only the select"
		for {
			select {
			case <-quit:
				break
			case <-time.After(time.Hour):
				work()
			}
			time.Sleep(time.Hour)
		}
	}()
	close(quit)
}

func leakEmptyCase() {
	ctx, cancel := context.WithCancel(context.Background())
	go func() { // want GL101 "the case does nothing"
		for {
			select {
			case <-ctx.Done():
			case <-time.After(time.Hour):
				work()
			}
			time.Sleep(time.Hour)
		}
	}()
	cancel()
}

func leakEmptySelect() {
	go func() { // want GL101 "waits for ever"
		select {}
	}()
}

func leakAlwaysOk() {
	ticker := time.NewTicker(time.Hour)
	go func() { // want GL101 "ok is always true"
		for {
			_, ok := <-ticker.C
			if !ok {
				return
			}
			work()
		}
	}()
	ticker.Stop()
}

func leakBackground() {
	go poll(context.Background()) // want GL101 "cannot be cancelled"
}

func poll(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Hour):
			work()
		}
	}
}

func leakThroughCalls() {
	go func() { // want GL101 "nothing leads out"
		defer work()
		keepWorking()
	}()
}

func keepWorking() {
	for ; true; time.Sleep(time.Hour) {
		work()
	}
}

func okContextEnds() {
	ctx, cancel := context.WithCancel(context.Background())
	go poll(ctx)
	cancel()
}

func okRangeIsClosed() {
	jobs := make(chan int)
	go func() {
		for range jobs {
			work()
		}
	}()
	close(jobs)
}

func okLabelledBreak() {
	quit := make(chan struct{})
	go func() {
	loop:
		for {
			select {
			case <-quit:
				break loop
			case <-time.After(time.Hour):
			}
		}
	}()
	close(quit)
}

func okReturnsOnError() {
	read := func() error { return context.Canceled }
	go func() {
		for {
			if err := read(); err != nil {
				return
			}
		}
	}()
}

func okReturnInTickerRange() {
	ticker := time.NewTicker(time.Millisecond)
	go func() {
		defer ticker.Stop()
		for range ticker.C {
			if finished() {
				return
			}
		}
	}()
}

func okCountsRounds() {
	go func() {
		for i := 0; i < 3; i++ {
			work()
		}
	}()
}

func work() {}

func finished() bool { return true }
