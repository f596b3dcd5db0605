// Receivers that nobody sends to, or closes for, on some path.
package gl203

import (
	"errors"
	"sync"
)

var errBad = errors.New("bad")

func runEarlyReturnSkipsClose() {
	_ = earlyReturnSkipsClose([]int{1, -1})
}

func earlyReturnSkipsClose(values []int) error {
	c := make(chan int)
	go func() {
		for range c { // want GL203 "this receive from c"
		}
	}()
	for _, v := range values {
		if v < 0 {
			return errBad
		}
		c <- v
	}
	close(c)
	return nil
}

func leakNeverClosed() {
	work := make(chan int)
	go func() {
		for v := range work { // want GL203 "this receive from work"
			_ = v
		}
	}()
	work <- 1
}

func leakWorkersNeverEnd() {
	work := make(chan int, 3)
	for i := 0; i < 2; i++ {
		go worker(work)
	}
	work <- 1
}

// run by leakWorkersNeverEnd
func worker(work <-chan int) {
	for {
		v, ok := <-work // want GL203 "this receive from work"
		if !ok {
			return
		}
		_ = v
	}
}

func leakWaitsForNobody() {
	go func() {
		done := make(chan struct{})
		<-done // want GL203 "nobody sends on it or closes it"
	}()
}

func runProducerGivesUp() {
	producerGivesUp(errBad)
}

func producerGivesUp(err error) {
	ready := make(chan struct{})
	go func() {
		<-ready // want GL203 "this receive from ready"
	}()
	if err != nil {
		return
	}
	close(ready)
}

type pump struct {
	in   chan int
	done chan struct{}
}

// run by leakNeverStopped
func (p *pump) run() {
	for {
		select { // want GL203 "may wait for ever"
		case <-p.in:
		case <-p.done:
			return
		}
	}
}

func (p *pump) stop() { close(p.done) }

func leakNeverStopped() {
	p := &pump{in: make(chan int), done: make(chan struct{})}
	go p.run()
	p.in <- 1
}

func okStopped() {
	p := &pump{in: make(chan int), done: make(chan struct{})}
	defer p.stop()
	go p.run()
	p.in <- 1
}

func okDeferredClose() {
	c := make(chan int)
	defer close(c)
	go func() {
		for range c {
		}
	}()
	for i := 0; i < 3; i++ {
		if i == 2 {
			return
		}
		c <- i
	}
}

func okClosedByTheSender() {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := 0; i < 3; i++ {
			c <- i
		}
	}()
	for range c {
	}
}

func okClosedOnce() {
	done := make(chan struct{})
	var once sync.Once
	stop := func() { once.Do(func() { close(done) }) }
	go func() { <-done }()
	stop()
	stop()
}

func okClosedWhenAllAreDone() {
	var wg sync.WaitGroup
	c := make(chan int)
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			c <- i
		}()
	}
	go func() {
		wg.Wait()
		close(c)
	}()
	for range c {
	}
}

func okMadeLater() {
	madeLater(true)
	madeLater(false)
}

// run by okMadeLater
func madeLater(wait bool) {
	var done chan struct{}
	start := func() {
		done = make(chan struct{})
		go close(done)
	}
	if wait {
		start()
	}
	if done != nil {
		<-done
	}
}

type corrupt struct{ at int }

func (c *corrupt) Error() string { return "corrupt" }

func okClosedByKindOfError() {
	_ = closedByKindOfError([]int{-1})
	_ = closedByKindOfError([]int{1})
}

// run by okClosedByKindOfError
func closedByKindOfError(values []int) (err error) {
	c := make(chan int)
	var read *corrupt
	defer func() {
		if _, ok := err.(*corrupt); ok {
			close(c)
		}
	}()
	go func() {
		for range c {
		}
	}()
	for _, v := range values {
		if v < 0 {
			read = &corrupt{v}
		}
	}
	if read != nil {
		return read
	}
	close(c)
	return nil
}

func runClosedByNobodyWithoutError() {
	_ = closedByNobodyWithoutError(2)
}

func closedByNobodyWithoutError(n int) (err error) {
	c := make(chan int)
	defer func() {
		if err != nil {
			close(c)
		}
	}()
	go func() {
		for range c { // want GL203 "this receive from c"
		}
	}()
	if n == 1 {
		return errBad
	}
	return nil
}

func okTakesOneOfTwoAnswers() {
	values, errs := make(chan int, 1), make(chan error, 1)
	go func() {
		if errBad == nil {
			errs <- errBad
			return
		}
		values <- 1
	}()
	select {
	case <-values:
	case <-errs:
	}
}
