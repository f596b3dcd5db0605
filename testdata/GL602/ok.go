// What leaves no timers behind, or too little to count.
package gl602

import "time"

func (s *server) okWaitsItOut() {
	for {
		<-time.After(time.Hour)
		s.handle("tick")
	}
}

func (s *server) okOnlyCase() {
	for {
		select {
		case <-time.After(time.Hour):
			s.handle("tick")
		}
	}
}

func (s *server) okOtherCaseLeaves() {
	for {
		select {
		case <-time.After(time.Second):
			s.handle("tick")
		case <-s.done:
			return
		}
	}
}

func (s *server) okNoLoop() {
	select {
	case message := <-s.messages:
		s.handle(message)
	case <-time.After(time.Hour):
	}
}

func (s *server) okMadeOnce() {
	timeout := time.After(time.Hour)
	for {
		select {
		case message := <-s.messages:
			s.handle(message)
		case <-timeout:
			return
		}
	}
}

func (s *server) okResets() {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		select {
		case message := <-s.messages:
			s.handle(message)
			timer.Reset(time.Hour)
		case <-timer.C:
			return
		}
	}
}
