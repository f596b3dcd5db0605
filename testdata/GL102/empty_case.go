// A case for the end that does not end the loop.
package gl102

import "errors"

var errOdd = errors.New("odd")

// okEmptyCase ends with its input only, which comes to an end: until then somebody takes the errors.
func okEmptyCase(done <-chan struct{}, in <-chan int, errs chan<- error) {
	for {
		select {
		case <-done:
		case v, ok := <-in:
			if !ok {
				return
			}
			if v%2 != 0 {
				errs <- errOdd
			}
		}
	}
}

func okStartsEmptyCase(done <-chan struct{}, in <-chan int, start func(func())) error {
	errs := make(chan error)
	start(func() {
		okEmptyCase(done, in, errs)
		close(errs)
	})
	var first error
	for err := range errs {
		if first == nil {
			first = err
		}
	}
	return first
}

// not run: it is left behind where nobody receives any more
func leavesByFlag(done <-chan struct{}, in <-chan int, errs chan<- error) {
	over := false
	for {
		select {
		case <-done:
			over = true
		case v := <-in:
			if v%2 != 0 {
				errs <- errOdd // want GL102 "does not heed done"
			}
		}
		if over {
			return
		}
	}
}

// not run: see leavesByFlag
func startsLeavesByFlag(done <-chan struct{}, in <-chan int, start func(func())) error {
	errs := make(chan error)
	start(func() { leavesByFlag(done, in, errs) })
	select {
	case err := <-errs:
		return err
	case <-done:
		return nil
	}
}

func runOkEmptyCase() {
	in := make(chan int)
	close(in)
	okEmptyCase(nil, in, nil)
}

func runOkStartsEmptyCase() {
	in := make(chan int)
	close(in)
	okStartsEmptyCase(nil, in, func(f func()) { go f() })
}
