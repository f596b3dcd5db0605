// One reply for each request, to who has room for it.
package gl102

import "errors"

var errOver = errors.New("over")

// run by okAsk
func okAnswers(steps func() (int, error), quit <-chan struct{}, next <-chan int, replies chan<- error) {
	for {
		if _, more := <-next; !more {
			return
		}
		n, err := steps()
		if err != nil {
			replies <- err
			return
		}
		select {
		case <-quit:
			replies <- errGone
			return
		default:
		}
		if n == 0 {
			replies <- errOver
			return
		}
		replies <- nil
	}
}

func okAsk(steps func() (int, error), quit <-chan struct{}) error {
	next := make(chan int, 2)
	defer close(next)
	replies := make(chan error, 2)
	go okAnswers(steps, quit, next, replies)
	for {
		next <- 1
		select {
		case err := <-replies:
			if err != nil {
				return err
			}
		case <-quit:
			return nil
		}
	}
}

// not run: see startsForward
func forwardsAll(in <-chan int, quit <-chan struct{}, out chan<- int) {
	for {
		select {
		case <-quit:
			return
		case v := <-in:
			out <- v // want GL202 "this send on out"
		}
	}
}

// not run: what it starts sends as often as others want
func startsForward(in <-chan int, quit <-chan struct{}) int {
	out := make(chan int, 1)
	go forwardsAll(in, quit, out)
	select {
	case v := <-out:
		return v
	case <-quit:
		return 0
	}
}

func runOkAsk() { okAsk(func() (int, error) { return 0, nil }, nil) }
