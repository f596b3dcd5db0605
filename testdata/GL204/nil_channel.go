// Operations on channels that were never made.
package gl204

import (
	"os"
	"time"
)

func leakReceivesFromNil() {
	go func() {
		var c chan int
		<-c // want GL204 "c is nil here"
	}()
}

func leakSendsToNil() {
	go func() {
		var c chan int
		c <- 1 // want GL204 "c is nil here"
	}()
}

func leakRangesOverNil() {
	var c chan int
	go func() {
		for range c { // want GL204 "c is nil here"
		}
	}()
}

func okMadeInTime() {
	var c chan int
	c = make(chan int, 1)
	go func() { c <- 1 }()
	<-c
}

func okNilCaseOfASelect() {
	var never chan int
	c := make(chan int, 1)
	c <- 1
	select {
	case <-never:
	case <-c:
	}
}

func okFilledByAnother() {
	var c chan int
	fill(&c)
	go func() { c <- 1 }()
	<-c
}

// run by okFilledByAnother
func fill(c *chan int) { *c = make(chan int, 1) }

// leakShadowed makes a channel of the same name in an inner block; the outer one stays nil.
func leakShadowed() {
	go func() {
		var results chan int
		if n := 3; n > 0 {
			results := make(chan int, n)
			results <- n
		}
		<-results // want GL204 "results is nil here"
	}()
}

// leakOnlySelect has a select whose one case can never come.
func leakOnlySelect() {
	go func() {
		var quit chan struct{}
		select { // want GL204 "quit is nil here"
		case <-quit:
		}
	}()
}

// leakSwitchedOff takes the channel out of the select for good, and then waits for it.
func leakSwitchedOff() {
	go func() {
		updates := make(chan int, 1)
		updates <- 1
		<-updates
		updates = nil
		<-updates // want GL203 "nobody sends on it" // missed GL204 "the last value of the variable is not kept apart"
	}()
}

// leakMadeOnlyIfAsked makes the channel on one of two ways.
func leakMadeOnlyIfAsked() {
	var done chan struct{}
	if len(os.Args) > 100 {
		done = make(chan struct{})
		close(done)
	}
	go func() {
		<-done // want GL203 "may wait for ever"
	}()
}

// leakBothNil has two cases, neither of which was ever made.
func leakBothNil() {
	go func() {
		var in, out chan int
		select { // want GL204 "is nil here"
		case n := <-in:
			out <- n
		case out <- 1:
		}
	}()
}

// leakNilGiven gives nil for a channel that is not optional.
func leakNilGiven() {
	go waitFor(nil)
}

// run by leakNilGiven
func waitFor(done <-chan struct{}) {
	<-done // missed GL204 "what a parameter is given is not told apart"
}

// okSwitchedOff is how grpc-go and cometbft leave a case out of the next rounds.
func okSwitchedOff() {
	in, quit := make(chan int, 1), make(chan struct{})
	in <- 1
	close(in)
	go func() { close(quit) }()
	for {
		select {
		case _, ok := <-in:
			if !ok {
				in = nil
			}
		case <-quit:
			return
		}
	}
}

// okArmedLater is how go-ethereum arms a timer's channel only while something is to be done.
func okArmedLater() {
	var retry <-chan time.Time
	wake := make(chan struct{}, 1)
	wake <- struct{}{}
	for {
		select {
		case <-wake:
			retry = time.After(time.Millisecond)
		case <-retry:
			return
		}
	}
}

// okNilOutput sends only while there is something to send.
func okNilOutput() {
	in, out := make(chan int, 1), make(chan int, 1)
	in <- 1
	var send chan<- int
	var next int
	for {
		select {
		case next = <-in:
			send = out
		case send <- next:
			return
		}
	}
}

// okMadeInBothBranches is made whatever the size.
func okMadeInBothBranches() {
	var c chan int
	if size := len(os.Args); size > 1 {
		c = make(chan int, size)
	} else {
		c = make(chan int, 1)
	}
	go func() { c <- 1 }()
	<-c
}
