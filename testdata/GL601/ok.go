// What keeps nothing: stopped, handed over, meant to run, or fired.
package gl601

import "time"

type ticking struct {
	ticker *time.Ticker
	timer  *time.Timer
}

func (t *ticking) okKeptInAField(period time.Duration) {
	t.ticker = time.NewTicker(period)
}

func (t *ticking) stop() {
	t.ticker.Stop()
}

func okDeferred(done <-chan struct{}, update func()) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			update()
		case <-done:
			return
		}
	}
}

func okStoppedOnBothWays(done <-chan struct{}, update func() error) error {
	ticker := time.NewTicker(time.Second)
	for {
		select {
		case <-ticker.C:
			if err := update(); err != nil {
				ticker.Stop()
				return err
			}
		case <-done:
			ticker.Stop()
			return nil
		}
	}
}

func okReturned(period time.Duration) *time.Ticker {
	return time.NewTicker(period)
}

func okWaitsUntilItFires(update func()) {
	timer := time.NewTimer(time.Hour)
	<-timer.C
	update()
}

func okStopsWhereItHasNotFired(answers <-chan int) int {
	timer := time.NewTimer(time.Hour)
	select {
	case answer := <-answers:
		timer.Stop()
		return answer
	case <-timer.C:
		return 0
	}
}

func okMeantToRun(expire func()) {
	time.AfterFunc(time.Hour, expire)
}

func okStoppedByWhoeverHasTheFunction(expire func()) func() {
	timer := time.AfterFunc(time.Hour, expire)
	return func() { timer.Stop() }
}

func okNeverComesOut(update func()) {
	for range time.Tick(time.Second) {
		update()
	}
}
