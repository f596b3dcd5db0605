// Package clientv3 stands in for the real one: declarations, and nothing that does anything.
package clientv3

import (
	"context"
	"time"
)

type (
	OpOption    func(*Op)
	LeaseOption func(*LeaseOp)
	LeaseID     int64
	Op          struct{ key []byte }
	LeaseOp     struct{ id LeaseID }
	Event       struct{ Type int32 }
)

type Config struct {
	Endpoints   []string
	DialTimeout time.Duration
	Context     context.Context
}

func New(cfg Config) (*Client, error)            { return &Client{cfg: cfg}, nil }
func NewFromURL(url string) (*Client, error)     { return &Client{}, nil }
func NewFromURLs(urls []string) (*Client, error) { return &Client{}, nil }
func WithPrefix() OpOption                       { return func(*Op) {} }

type GetResponse struct{ Count int64 }
type PutResponse struct{}
type DeleteResponse struct{ Deleted int64 }
type LeaseGrantResponse struct{ ID LeaseID }
type LeaseRevokeResponse struct{}
type LeaseKeepAliveResponse struct{ ID LeaseID }

type WatchResponse struct {
	Events   []*Event
	Canceled bool
}

func (wr *WatchResponse) Err() error { return nil }

type WatchChan <-chan WatchResponse

type KV interface {
	Put(ctx context.Context, key, val string, opts ...OpOption) (*PutResponse, error)
	Get(ctx context.Context, key string, opts ...OpOption) (*GetResponse, error)
	Delete(ctx context.Context, key string, opts ...OpOption) (*DeleteResponse, error)
}

type Watcher interface {
	Watch(ctx context.Context, key string, opts ...OpOption) WatchChan
	RequestProgress(ctx context.Context) error
	Close() error
}

type Lease interface {
	Grant(ctx context.Context, ttl int64) (*LeaseGrantResponse, error)
	Revoke(ctx context.Context, id LeaseID) (*LeaseRevokeResponse, error)
	KeepAlive(ctx context.Context, id LeaseID) (<-chan *LeaseKeepAliveResponse, error)
	KeepAliveOnce(ctx context.Context, id LeaseID) (*LeaseKeepAliveResponse, error)
	Close() error
}

func NewLease(c *Client) Lease     { return c.Lease }
func NewWatcher(c *Client) Watcher { return c.Watcher }

type Client struct {
	KV
	Lease
	Watcher
	cfg Config
}

func (c *Client) Close() error         { return nil }
func (c *Client) Ctx() context.Context { return c.cfg.Context }
