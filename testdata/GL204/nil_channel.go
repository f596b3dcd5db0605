// Operations on channels that were never made.
package gl204

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
