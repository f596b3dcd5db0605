// A retry that goes round again without passing the only place where the loop may end.
package gl101

import "time"

type reactor struct{ quit chan struct{} }

func (r *reactor) gossip(send func() bool) {
	for {
		if !send() {
			time.Sleep(10 * time.Millisecond) // want GL101 "without asking whether it is to end"
			continue
		}
		select {
		case <-time.After(time.Second):
		case <-r.quit:
			return
		}
	}
}

func runReactorGossip() {
	r := &reactor{quit: make(chan struct{})}
	go r.gossip(func() bool { return false })
	close(r.quit)
}

type okReactor struct{ quit chan struct{} }

func (r *okReactor) gossip(send func() bool) {
	for {
		select {
		case <-r.quit:
			return
		default:
		}
		if !send() {
			time.Sleep(10 * time.Millisecond)
			continue
		}
	}
}

func (r *okReactor) fewTimes(send func() bool) {
	for tries := 0; ; tries++ {
		if tries > 3 {
			return
		}
		if !send() {
			time.Sleep(10 * time.Millisecond)
			continue
		}
		select {
		case <-time.After(time.Second):
		case <-r.quit:
			return
		}
	}
}

func runOkReactor() {
	r := &okReactor{quit: make(chan struct{})}
	go r.gossip(func() bool { return false })
	go r.fewTimes(func() bool { return false })
	close(r.quit)
}
