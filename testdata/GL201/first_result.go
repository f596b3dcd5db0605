// Several senders on one channel, and a receiver that takes fewer values.
package gl201

import (
	"errors"
	"time"
)

var errFirst = errors.New("first")

func ask(n int) (int, error) {
	if n == 1 {
		return 0, errFirst
	}
	return n, nil
}

func runFirstResultWins() {
	firstResultWins([]int{1, 2, 3})
}

func firstResultWins(backends []int) int {
	results := make(chan int)
	for _, each := range backends {
		go func() {
			v, _ := ask(each)
			results <- v // want GL201 "several goroutines send on results"
		}()
	}
	return <-results
}

func runFirstErrorReturns() {
	_ = firstErrorReturns([]int{1, 1, 1})
}

func firstErrorReturns(backends []int) error {
	errs := make(chan error)
	for _, each := range backends {
		go func() {
			_, err := ask(each)
			errs <- err // want GL201 "several goroutines send on errs"
		}()
	}
	for range backends {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

func leakTooLittleRoom() {
	c := make(chan int, 1)
	for i := 0; i < 3; i++ {
		go func() {
			v, _ := ask(i)
			c <- v // want GL201 "with too little room"
		}()
	}
	<-c
}

func leakOneOfTwo() {
	c := make(chan int)
	go produce(c)
	go produce(c)
	<-c
}

// run by leakOneOfTwo
func produce(c chan<- int) {
	c <- 1 // want GL201 "several goroutines send on c"
}

func runTimeoutWhileCollecting() {
	timeoutWhileCollecting([]int{2, 3})
}

func timeoutWhileCollecting(backends []int) {
	results := make(chan int)
	for _, each := range backends {
		go func() {
			time.Sleep(20 * time.Millisecond)
			v, _ := ask(each)
			results <- v // want GL201 "several goroutines send on results"
		}()
	}
	for range backends {
		select {
		case <-results:
		case <-time.After(time.Millisecond):
			return
		}
	}
}

func leakNobodyCollects() {
	results := make(chan int)
	for i := 0; i < 2; i++ {
		go func() {
			v, _ := ask(i)
			results <- v // want GL201 "nobody receives from it"
		}()
	}
}

func okRoomForAll() {
	roomForAll([]int{1, 2, 3})
}

// run by okRoomForAll
func roomForAll(backends []int) int {
	results := make(chan int, len(backends))
	for _, each := range backends {
		go func() { results <- each }()
	}
	return <-results
}

func okTakesAll() {
	takesAll([]int{1, 2, 3})
}

// run by okTakesAll
func takesAll(backends []int) error {
	errs := make(chan error)
	for _, each := range backends {
		go func() {
			_, err := ask(each)
			errs <- err
		}()
	}
	var first error
	for range backends {
		if err := <-errs; err != nil && first == nil {
			first = err
		}
	}
	return first
}

func okRoomByNumber() {
	roomByNumber(3)
}

// run by okRoomByNumber
func roomByNumber(n int) {
	c := make(chan int, n)
	for i := 0; i < n; i++ {
		go func() { c <- i }()
	}
	<-c
}

func okCountedByHand() {
	c := make(chan int)
	n := 0
	for i := 0; i < 5; i++ {
		if i%2 == 0 {
			continue
		}
		n++
		go func() { c <- i }()
	}
	for i := 0; i < n; i++ {
		<-c
	}
}

func okDrainedInTheBackground() {
	c := make(chan int)
	for i := 0; i < 3; i++ {
		go func() { c <- i }()
	}
	<-c
	go func() {
		for i := 0; i < 2; i++ {
			<-c
		}
	}()
}

func okLosersGiveUp() {
	c := make(chan int)
	done := make(chan struct{})
	defer close(done)
	for i := 0; i < 3; i++ {
		go func() {
			select {
			case c <- i:
			case <-done:
			}
		}()
	}
	<-c
}

func okOneInFlight() {
	var done chan struct{}
	fail := make(chan error, 1)
	for i := 0; i < 3; i++ {
		if done == nil {
			done = make(chan struct{})
			go func() {
				if _, err := ask(i); err != nil {
					fail <- err
					return
				}
				close(done)
			}()
		}
		select {
		case <-done:
			done = nil
		case <-fail:
		case <-time.After(20 * time.Millisecond):
			return
		}
	}
}
