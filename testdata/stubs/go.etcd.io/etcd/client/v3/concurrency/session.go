package concurrency

import (
	"context"

	clientv3 "go.etcd.io/etcd/client/v3"
)

type SessionOption func(*options)
type options struct{ ttl int }

func WithTTL(ttl int) SessionOption { return func(o *options) { o.ttl = ttl } }

func NewSession(client *clientv3.Client, opts ...SessionOption) (*Session, error) {
	return &Session{client}, nil
}

type Session struct{ client *clientv3.Client }

func (s *Session) Client() *clientv3.Client { return s.client }
func (s *Session) Close() error             { return nil }
func (s *Session) Done() <-chan struct{}    { return nil }
func (s *Session) Lease() clientv3.LeaseID  { return 0 }
func (s *Session) Orphan()                  {}

func NewMutex(s *Session, pfx string) *Mutex { return &Mutex{s} }

type Mutex struct{ s *Session }

func (m *Mutex) Lock(ctx context.Context) error   { return nil }
func (m *Mutex) Unlock(ctx context.Context) error { return nil }
