// Sends beside the select that heeds the signal on which their receiver leaves, too.
package gl102

import (
	"context"
	"time"
)

func forward(ctx context.Context, in <-chan int, out chan<- int) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			out <- v // want GL102 "does not heed ctx.Done()"
		}
	}
}

func double(ctx context.Context, in <-chan int, out chan<- int) {
	for {
		select {
		case v := <-in:
			out <- v * 2 // want GL102 "the send on out"
		case <-ctx.Done():
			return
		}
	}
}

func untilQuit(quit <-chan struct{}, in <-chan int, out chan<- int) {
	for {
		select {
		case v := <-in:
			if v > 0 {
				out <- v // want GL102 "does not heed quit"
			}
		case <-quit:
			return
		}
	}
}

func batches(ctx context.Context, in <-chan int, out chan<- []int) {
	var batch []int
	for {
		select {
		case v := <-in:
			batch = append(batch, v)
		case <-ctx.Done():
			return
		}
		if len(batch) > 0 {
			out <- batch // want GL102 "waits for ever if the receiver has left"
			batch = nil
		}
	}
}

func selectOfSends(ctx context.Context, in <-chan int, out, other chan<- int) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			select { // want GL102 "does not heed ctx.Done()"
			case out <- v:
			case other <- v:
			}
		}
	}
}

func eachItem(ctx context.Context, in <-chan int, out chan<- int) {
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-in:
			for i := 0; i < n; i++ {
				out <- i // want GL102 "does not heed ctx.Done()"
			}
		}
	}
}

func okSelectsBoth(ctx context.Context, in <-chan int, out chan<- int) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			select {
			case out <- v:
			case <-ctx.Done():
				return
			}
		}
	}
}

func okDrops(ctx context.Context, in <-chan int, out chan<- int) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			select {
			case out <- v:
			default:
			}
		}
	}
}

func okOptional(ctx context.Context, in <-chan int, seen chan<- int) {
	for {
		select {
		case <-ctx.Done():
			return
		case v := <-in:
			if seen != nil {
				seen <- v
			}
		}
	}
}

// okFirstError: every caller makes the channel with room for the only value that is ever sent.
func okFirstError(ctx context.Context, in <-chan int) error {
	errs := make(chan error, 1)
	values := make(chan int)
	go readAll(ctx, in, values, errs)
	for {
		select {
		case <-values:
		case err := <-errs:
			return err
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func readAll(ctx context.Context, in <-chan int, values chan<- int, errs chan<- error) {
	for {
		v, ok := <-in
		if !ok {
			errs <- context.Canceled
			return
		}
		select {
		case values <- v:
		case <-ctx.Done():
			return
		}
	}
}

// okWrapper: a library calls Execute through its interface, and receives until it returns.
type okWrapper struct{ quit chan struct{} }

func (w *okWrapper) Execute(changes <-chan int, status chan<- int) {
	status <- 0
	for {
		select {
		case change := <-changes:
			status <- change
		case <-w.quit:
			return
		}
	}
}

type request struct {
	n     int
	reply chan int
}

func okReplies(ctx context.Context, in <-chan request) {
	for {
		select {
		case <-ctx.Done():
			return
		case r := <-in:
			r.reply <- r.n
		}
	}
}

func okReceivesOnly(ctx context.Context, in, more <-chan int) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-in:
			<-more
		}
	}
}

func okSendsOnceAtTheEnd(ctx context.Context, in <-chan int, out chan<- int) {
	sum := 0
	for open := true; open; {
		select {
		case <-ctx.Done():
			open = false
		case v := <-in:
			sum += v
		}
	}
	out <- sum
}

// okTimeAfter: revive 1273, since Go 1.23 the timer of a round that something else ended is collected.
func okTimeAfter(ctx context.Context, in <-chan int) (sum int) {
	for {
		select {
		case n := <-in:
			sum += n
		case <-time.After(time.Hour):
			return sum
		case <-ctx.Done():
			return sum
		}
	}
}

// okContextOfItsOwn: contextcheck, disabled by k6 4107: what outlives the request does not get its context.
func okContextOfItsOwn(ctx context.Context, in <-chan int, note func(context.Context, int)) {
	for {
		select {
		case n := <-in:
			note(context.WithoutCancel(ctx), n)
			tell(n)
		case <-ctx.Done():
			return
		}
	}
}

func tell(int) {}
