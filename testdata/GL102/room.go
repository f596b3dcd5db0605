// Sends that a channel has room for, since one run makes only one of them.
package gl102

import "errors"

var errGone = errors.New("gone")

// okOneOfTwo: each way ends with its send.
func okOneOfTwo(open func() (<-chan int, error), enough int, quit <-chan struct{}, failed chan<- error) {
	events, err := open()
	if err != nil {
		failed <- err
		return
	}
	for {
		select {
		case event, ok := <-events:
			if !ok {
				failed <- errGone
				return
			}
			if event > enough {
				close(failed)
				return
			}
		case <-quit:
			return
		}
	}
}

func okWaitForOne(open func() (<-chan int, error), other <-chan int) error {
	failed := make(chan error, 1)
	quit := make(chan struct{})
	defer close(quit)
	go okOneOfTwo(open, 3, quit, failed)
	select {
	case err := <-failed:
		return err
	case <-other:
		return nil
	}
}

func twoInARow(open func() (<-chan int, error), quit <-chan struct{}, failed chan<- error) {
	events, err := open()
	if err != nil {
		failed <- err
	}
	for {
		select {
		case _, ok := <-events:
			if !ok {
				failed <- errGone // want GL202 "nobody receives from it"
				return
			}
		case <-quit:
			return
		}
	}
}

// not run: twoInARow leaks, which it starts
func okWaitForFirst(open func() (<-chan int, error), other <-chan int) error {
	failed := make(chan error, 1)
	quit := make(chan struct{})
	defer close(quit)
	go twoInARow(open, quit, failed)
	select {
	case err := <-failed:
		return err
	case <-other:
		return nil
	}
}

// opens gives no events, but that they are over.
func opens(err error) func() (<-chan int, error) {
	events := make(chan int)
	close(events)
	return func() (<-chan int, error) { return events, err }
}

func runOkOneOfTwo() { okOneOfTwo(opens(nil), 3, make(chan struct{}), make(chan error, 1)) }

func runOkWaitForOne() {
	gone := make(chan int)
	close(gone)
	okWaitForOne(opens(nil), gone)
}

func runTwoInARow() { twoInARow(opens(errGone), make(chan struct{}), make(chan error, 1)) }
