// Senders of which a semaphore lets one exist at a time: the last one is left when the receiver stops.
package gl202

import "time"

func resets(work func() int, quit <-chan struct{}) {
	busy := make(chan struct{}, 1)
	finished := make(chan int)
	for {
		select {
		case busy <- struct{}{}:
			go func() {
				finished <- work() // want GL202 "this send on finished may wait for ever"
			}()
		default:
		}
		select {
		case <-finished:
			<-busy
		case <-quit:
			return
		}
	}
}

func runResets() {
	quit := make(chan struct{})
	close(quit)
	resets(func() int { time.Sleep(10 * time.Millisecond); return 1 }, quit)
}
