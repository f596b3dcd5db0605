// Loops that only a panic leads out of: one for what never happens is no end, one that something stops is.
package gl101

import (
	"errors"
	"fmt"
	"time"
)

var errClosing = errors.New("closing")

func leakInvariants() {
	commands := make(chan int)
	go func() { // want GL101 "nothing leads out of its loop"
		for {
			select {
			case command := <-commands:
				if command != 1 {
					panic("unknown command")
				}
				if command > 7 {
					panic(fmt.Sprintf("command %d is too great", command))
				}
			case <-time.After(time.Hour):
			}
		}
	}()
}

func leakInvariantsInside() {
	tidy := func() { work() }
	go func() { // want GL101 "nothing leads out of its loop"
		defer tidy()
		for {
			time.Sleep(time.Hour)
			if time.Now().IsZero() {
				panic("no time")
			}
		}
	}()
}

func okPanicIsStopped() {
	go func() {
		defer func() { recover() }()
		for {
			time.Sleep(time.Millisecond)
			if !time.Now().IsZero() {
				panic("done")
			}
		}
	}()
}

func stopsPanics() {
	if recover() != nil {
		work()
	}
}

func okPanicIsStoppedByName() {
	go func() {
		defer stopsPanics()
		for {
			time.Sleep(time.Millisecond)
			if !time.Now().IsZero() {
				panic("done")
			}
		}
	}()
}

// not run: the panic ends the process that runs it.
func okPanicWithAnErrorIsAnEnd(closing bool) {
	go func() {
		for {
			time.Sleep(time.Millisecond)
			if closing {
				panic(errClosing)
			}
		}
	}()
}
