// Package errgroup stands in for the real one, and behaves like it as far as blocking is concerned.
package errgroup

import (
	"context"
	"sync"
)

type Group struct {
	cancel context.CancelCauseFunc
	wait   sync.WaitGroup
	slots  chan struct{}
	once   sync.Once
	err    error
}

func WithContext(ctx context.Context) (*Group, context.Context) {
	ctx, cancel := context.WithCancelCause(ctx)
	return &Group{cancel: cancel}, ctx
}

func (g *Group) Go(f func() error) {
	if g.slots != nil {
		g.slots <- struct{}{}
	}
	g.start(f)
}

func (g *Group) TryGo(f func() error) bool {
	if g.slots != nil {
		select {
		case g.slots <- struct{}{}:
		default:
			return false
		}
	}
	g.start(f)
	return true
}

func (g *Group) start(f func() error) {
	g.wait.Add(1)
	go func() {
		defer g.end()
		if err := f(); err != nil {
			g.once.Do(func() {
				g.err = err
				g.stop()
			})
		}
	}()
}

func (g *Group) end() {
	if g.slots != nil {
		<-g.slots
	}
	g.wait.Done()
}

func (g *Group) stop() {
	if g.cancel != nil {
		g.cancel(g.err)
	}
}

func (g *Group) SetLimit(n int) {
	g.slots = nil
	if n >= 0 {
		g.slots = make(chan struct{}, n)
	}
}

func (g *Group) Wait() error {
	g.wait.Wait()
	g.stop()
	return g.err
}
