// Tickers and timers below Go 1.23: stopped on every way, or not.
package gl601

import (
	"errors"
	"time"
)

type weights struct {
	period time.Duration
	done   chan struct{}
	update func() error
}

func (w *weights) leakNotStoppedInGoroutine() {
	go func() {
		ticker := time.NewTicker(w.period) // want GL601 "ticker"
		for {
			select {
			case <-w.done:
				return
			case <-ticker.C:
				_ = w.update()
			}
		}
	}()
}

func (w *weights) leakNotStoppedOnDone() {
	ticker := time.NewTicker(time.Second) // want GL601 "not stopped on one way"
	for {
		select {
		case <-ticker.C:
			_ = w.update()
		case <-w.done:
			return
		}
	}
}

func (w *weights) leakStoppedOnDoneOnly() error {
	ticker := time.NewTicker(time.Second) // want GL601 "not stopped on one way"
	for {
		select {
		case <-ticker.C:
			if err := w.update(); err != nil {
				return err
			}
		case <-w.done:
			ticker.Stop()
			return nil
		}
	}
}

func (w *weights) leakReturnsBeforeTheDefer(period time.Duration) error {
	ticker := time.NewTicker(period) // want GL601 "not stopped on one way"
	if err := w.update(); err != nil {
		return err
	}
	defer ticker.Stop()
	for range ticker.C {
		if err := w.update(); err != nil {
			return err
		}
	}
	return nil
}

func (w *weights) leakTicksOn() {
	tick := time.Tick(time.Second) // want GL601 "can never be stopped"
	for {
		select {
		case <-tick:
			_ = w.update()
		case <-w.done:
			return
		}
	}
}

func (w *weights) leakTicksUntilBroken() {
	for range time.Tick(time.Second) { // want GL601 "can never be stopped"
		if w.update() != nil {
			break
		}
	}
}

func (w *weights) leakLongTimeout(answers <-chan int) (int, error) {
	timer := time.NewTimer(10 * time.Minute) // want GL601 "timer"
	select {
	case answer := <-answers:
		return answer, nil
	case <-timer.C:
		return 0, errors.New("timeout")
	}
}

func (w *weights) leakForgetsOneWay(ready <-chan error) error {
	timer := time.AfterFunc(5*time.Minute, func() { close(w.done) }) // want GL601 "timer"
	if err := <-ready; err != nil {
		return err
	}
	timer.Stop()
	return nil
}
