// Receivers that stay until the sender's side has said that it is done, and one that leaves on its own.
package gl102

import "context"

// run by okStaysForError
func okFind(ctx context.Context, in <-chan int, found chan<- int) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case v, ok := <-in:
			if !ok {
				return nil
			}
			found <- v
		}
	}
}

func search(ctx context.Context, in <-chan int) (chan int, chan error) {
	found, failed := make(chan int), make(chan error)
	go func() {
		defer close(found)
		failed <- okFind(ctx, in, found)
	}()
	return found, failed
}

// okStaysForError: the error comes after the last value, from the same goroutine.
func okStaysForError() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	found, failed := search(ctx, numbers(3))
	for {
		select {
		case v := <-found:
			if v == 1 {
				cancel()
			}
		case <-failed:
			return
		}
	}
}

func numbers(n int) <-chan int {
	in := make(chan int, n)
	for i := range n {
		in <- i
	}
	close(in)
	return in
}

// run by okRangesToTheEnd
func okCopy(ctx context.Context, in <-chan int, out chan<- int) {
	defer close(out)
	for {
		select {
		case <-ctx.Done():
			return
		case v, ok := <-in:
			if !ok {
				return
			}
			out <- v
		}
	}
}

func okRangesToTheEnd() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	out := make(chan int)
	go okCopy(ctx, numbers(3), out)
	for range out {
		cancel()
	}
}

func leavesEarly(ctx context.Context, in <-chan int, out chan<- int) {
	defer close(out)
	for {
		select {
		case <-ctx.Done():
			return
		case v, ok := <-in:
			if !ok {
				return
			}
			out <- v // want GL102 "the send on out does not heed ctx.Done()"
		}
	}
}

func values(ctx context.Context, in <-chan int) <-chan int {
	out := make(chan int)
	go leavesEarly(ctx, in, out)
	return out
}

func runLeavesEarly() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for v := range values(ctx, numbers(3)) {
		if v == 0 {
			return
		}
	}
}
