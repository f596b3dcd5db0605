// time.After in loops below Go 1.23.
package gl602

import "time"

type server struct {
	messages chan string
	done     chan struct{}
	timeout  time.Duration
	handle   func(string)
}

func (s *server) leakIdleTimeout() {
	for {
		select {
		case message := <-s.messages:
			s.handle(message)
		case <-time.After(5 * time.Minute): // want GL602 "each round"
			return
		}
	}
}

func (s *server) leakConfiguredTimeout() {
	for {
		select {
		case message, ok := <-s.messages:
			if !ok {
				return
			}
			s.handle(message)
		case <-time.After(s.timeout): // want GL602 "each round"
			s.handle("idle")
		}
	}
}

func (s *server) leakNewTimerInTheSelect() {
	for {
		select {
		case message := <-s.messages:
			s.handle(message)
		case <-time.NewTimer(time.Minute).C: // want GL602 "each round"
			s.handle("idle")
		case <-s.done:
			return
		}
	}
}

func (s *server) leakBusyLoop() {
	for {
		select {
		case <-time.After(time.Second): // want GL602 "each round"
			s.handle("tick")
		default:
			s.handle("busy")
		}
	}
}

func (s *server) leakInRange(names []string) {
	for _, name := range names {
		select {
		case s.messages <- name:
		case <-time.After(time.Hour): // want GL602 "each round"
			return
		}
	}
}

func (s *server) leakByContinue() {
	for {
		s.handle("round")
		select {
		case <-time.After(10 * time.Second): // want GL602 "each round"
		case message := <-s.messages:
			if message == "" {
				continue
			}
			return
		}
	}
}
