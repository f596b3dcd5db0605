// Package event stands in for the real one. Feed works, as far as it goes: Send waits for every receiver.
package event

import (
	"context"
	"reflect"
	"sync"
	"time"
)

type Subscription interface {
	Err() <-chan error
	Unsubscribe()
}

type (
	ResubscribeFunc    func(context.Context) (Subscription, error)
	ResubscribeErrFunc func(context.Context, error) (Subscription, error)
)

func NewSubscription(producer func(<-chan struct{}) error) Subscription {
	s := &funcSub{unsub: make(chan struct{}), err: make(chan error, 1)}
	go func() {
		defer close(s.err)
		if err := producer(s.unsub); err != nil {
			s.err <- err
		}
	}()
	return s
}

func Resubscribe(backoffMax time.Duration, fn ResubscribeFunc) Subscription {
	return &funcSub{unsub: make(chan struct{}), err: make(chan error, 1)}
}

func ResubscribeErr(backoffMax time.Duration, fn ResubscribeErrFunc) Subscription {
	return &funcSub{unsub: make(chan struct{}), err: make(chan error, 1)}
}

type funcSub struct {
	unsub chan struct{}
	err   chan error
	once  sync.Once
}

func (s *funcSub) Err() <-chan error { return s.err }
func (s *funcSub) Unsubscribe()      { s.once.Do(func() { close(s.unsub) }) }

type Feed struct {
	mu   sync.Mutex
	subs map[*feedSub]reflect.Value
}

func (f *Feed) Subscribe(channel interface{}) Subscription {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.subs == nil {
		f.subs = make(map[*feedSub]reflect.Value)
	}
	sub := &feedSub{feed: f, err: make(chan error, 1)}
	f.subs[sub] = reflect.ValueOf(channel)
	return sub
}

func (f *Feed) Send(value interface{}) (nsent int) {
	f.mu.Lock()
	channels := make([]reflect.Value, 0, len(f.subs))
	for _, channel := range f.subs {
		channels = append(channels, channel)
	}
	f.mu.Unlock()
	for _, channel := range channels {
		channel.Send(reflect.ValueOf(value))
	}
	return len(channels)
}

type feedSub struct {
	feed *Feed
	err  chan error
	once sync.Once
}

func (s *feedSub) Err() <-chan error { return s.err }

func (s *feedSub) Unsubscribe() {
	s.once.Do(func() {
		s.feed.mu.Lock()
		delete(s.feed.subs, s)
		s.feed.mu.Unlock()
		close(s.err)
	})
}

type SubscriptionScope struct {
	mu   sync.Mutex
	subs []Subscription
}

func (sc *SubscriptionScope) Track(s Subscription) Subscription {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	sc.subs = append(sc.subs, s)
	return s
}

func (sc *SubscriptionScope) Close() {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	for _, s := range sc.subs {
		s.Unsubscribe()
	}
	sc.subs = nil
}

func (sc *SubscriptionScope) Count() int { return len(sc.subs) }
