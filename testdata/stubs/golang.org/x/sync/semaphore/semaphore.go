// Package semaphore stands in for the real one; waiters are not served in the order of their coming.
package semaphore

import (
	"context"
	"sync"
)

type Weighted struct {
	mu    sync.Mutex
	free  int64
	freed chan struct{}
}

func NewWeighted(n int64) *Weighted { return &Weighted{free: n, freed: make(chan struct{})} }

func (s *Weighted) Acquire(ctx context.Context, n int64) error {
	for {
		freed, taken := s.take(n)
		if taken {
			return nil
		}
		select {
		case <-freed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (s *Weighted) TryAcquire(n int64) bool {
	_, taken := s.take(n)
	return taken
}

func (s *Weighted) Release(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.free += n
	close(s.freed)
	s.freed = make(chan struct{})
}

func (s *Weighted) take(n int64) (<-chan struct{}, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.free < n {
		return s.freed, false
	}
	s.free -= n
	return s.freed, true
}
