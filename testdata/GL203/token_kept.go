// One token per worker goes round. A path that takes one and does not put it back waits for it at the end.
package gl203

import "errors"

var errStop = errors.New("stop")

func workers(jobs []func() error, check func() error) error {
	tokens := make(chan error, 2)
	for range 2 {
		tokens <- nil
	}
	stop := func(err error) error {
		for range 2 {
			if failed := <-tokens; failed != nil { // want GL203 "one value less may be sent than is received"
				err = failed
			}
		}
		return err
	}
	for _, job := range jobs {
		if err := <-tokens; err != nil {
			tokens <- nil
			return stop(err)
		}
		if err := check(); err != nil {
			return stop(err)
		}
		go func() { tokens <- job() }()
	}
	return stop(nil)
}

func runWorkers() {
	nothing := func() error { return nil }
	go workers([]func() error{nothing}, func() error { return errStop })
}
