// Functions that return before they receive what a goroutine of theirs sends.
package gl202

import (
	"errors"
	"time"
)

var errEarly = errors.New("early")

func check(ok bool) error {
	if ok {
		return nil
	}
	return errEarly
}

func runErrorComesFirst() {
	_ = errorComesFirst(false)
}

func errorComesFirst(ok bool) error {
	answer := make(chan int)
	go func() {
		answer <- 1 // want GL202 "errorComesFirst may have returned"
	}()
	if err := check(ok); err != nil {
		return err
	}
	<-answer
	return nil
}

func leakNegotiation() {
	result := make(chan error)
	go func() {
		time.Sleep(20 * time.Millisecond)
		result <- check(true) // want GL202 "this send on result"
	}()
	select {
	case <-result:
	case <-time.After(time.Millisecond):
	}
}

func leakNobodyReceives() {
	done := make(chan struct{})
	go func() {
		check(true)
		done <- struct{}{} // want GL202 "nobody receives from it"
	}()
}

func leakSecondSend() {
	result := make(chan error)
	go send(result, errEarly)
	<-result
}

// run by leakSecondSend
func send(result chan error, err error) {
	if err != nil {
		result <- err // a return is missing here
	}
	result <- nil // want GL202 "this send on result"
}

func runReaderStopsAtTheFirstError() {
	_ = readerStopsAtTheFirstError([]int{1, -1, 2})
}

func readerStopsAtTheFirstError(values []int) error {
	lines := make(chan int)
	go func() {
		defer close(lines)
		for _, each := range values {
			lines <- each // want GL202 "may have returned"
		}
	}()
	for line := range lines {
		if line < 0 {
			return errEarly
		}
	}
	return nil
}

// counted: the timer that fired may still lead to the channel
func leakResultAfterTheTimer() {
	retry := make(chan struct{})
	time.AfterFunc(time.Millisecond, func() {
		retry <- struct{}{} // want GL202 "this send on retry"
	})
	select {
	case <-retry:
	default:
	}
}

type answers struct {
	values chan int
}

// run by leakChannelInAField
func (a *answers) work() {
	a.values <- 1 // want GL202 "a.values"
}

func leakChannelInAField() {
	a := &answers{values: make(chan int)}
	go a.work()
	if err := check(false); err != nil {
		return
	}
	<-a.values
}

func okRoomForTheAnswer() {
	answer := make(chan int, 1)
	go func() { answer <- 1 }()
	if err := check(false); err != nil {
		return
	}
	<-answer
}

func okReceivesInADefer() {
	answer := make(chan int)
	go func() { answer <- 1 }()
	defer func() { <-answer }()
	if err := check(false); err != nil {
		return
	}
}

func okQuitBesideTheSend() {
	answer := make(chan int)
	quit := make(chan struct{})
	defer close(quit)
	go func() {
		select {
		case answer <- 1:
		case <-quit:
		}
	}()
	if err := check(false); err != nil {
		return
	}
	<-answer
}

func okDrains() {
	lines := make(chan int)
	go func() {
		defer close(lines)
		for i := 0; i < 10; i++ {
			lines <- i
		}
	}()
	for line := range lines {
		if line > 3 {
			break
		}
	}
	for range lines {
	}
}

func okSameCondition() {
	sameCondition(false)
	sameCondition(true)
}

// run by okSameCondition
func sameCondition(async bool) {
	done := make(chan struct{})
	if async {
		go func() { done <- struct{}{} }()
	}
	check(true)
	if async {
		<-done
	}
}

func okHandedOut() {
	for range handedOut() {
	}
}

// run by okHandedOut
func handedOut() <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		c <- 1
	}()
	return c
}

func okNeverBlocks() {
	wake := make(chan struct{})
	go func() {
		select {
		case wake <- struct{}{}:
		default:
		}
	}()
}

func okSendsWhatIsReceived() {
	c := make(chan int)
	for i := 0; i < 3; i++ {
		go func() { c <- 1 }()
	}
	for i := 0; i < 3; i++ {
		<-c
	}
}
