// Deferred calls that pile up in loops without end.
package gl704

import (
	"log"
	"net"
	"sync/atomic"
	"time"
)

func endless(jobs func() int) {
	for {
		n := jobs()
		defer log.Println(n) // want GL704 "endless may never return to run them"
	}
}

func acceptLoop(l net.Listener, serve func(net.Conn)) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close() // want GL704 "acceptLoop may never return"
		go serve(conn)
	}
}

// counts is how grpc-go's stress client counted its calls.
func counts(stop <-chan struct{}, total *atomic.Int64, call func()) {
	var calls int64
	for {
		call()
		calls++
		defer func() { total.Add(calls) }() // want GL704 "counts may never return"
		select {
		case <-stop:
			return
		default:
		}
	}
}

func overChannel(events <-chan string) {
	for event := range events {
		defer log.Println(event) // want GL704 "overChannel may never return"
	}
}

func overOwnChannel(fill func(chan<- string)) {
	events := make(chan string)
	go fill(events)
	for event := range events {
		defer log.Println(event) // want GL704 "overOwnChannel may never return"
	}
}

func byGoto(next func() bool) {
again:
	start := time.Now()
	defer func() { log.Println(time.Since(start)) }() // missed GL704 "a loop made by goto counts as one that ends"
	if next() {
		goto again
	}
}

func inGoroutine(tick <-chan time.Time) {
	go func() { // want GL101 "never ends"
		for {
			<-tick
			defer log.Println("tick") // want GL704 "inGoroutine.func1 may never return"
		}
	}()
}

func continuesOnly(next func() bool) {
	for {
		if next() {
			defer log.Println("next") // want GL704 "continuesOnly may never return"
			continue
		}
		return
	}
}

type queue struct{ items chan int }

func (q *queue) fieldChannel() {
	for item := range q.items {
		defer log.Println(item) // want GL704 "fieldChannel may never return"
	}
}

var inPackageVariable = func(jobs func() int) {
	for {
		n := jobs()
		defer log.Println(n) // want GL704 "glob..func1 may never return"
	}
}

// restoresAgain sets the flag anew, so that its defer is come to for every restore.
func restoresAgain(leader <-chan bool, restoring bool) {
	var restored <-chan error
	for {
		select {
		case is := <-leader:
			if restoring {
				restored = restore()
			}
			restoring = is
		case <-restored:
			restoring = false
			defer log.Println("restored") // want GL704 "may never return to run them"
		}
	}
}

// nilOnlySometimes goes on hearing of what it waits for.
func nilOnlySometimes(ready <-chan bool) {
	for {
		select {
		case last := <-ready:
			defer log.Println("stopped") // want GL704 "may never return to run them"
			if last {
				ready = nil
			}
		}
	}
}
