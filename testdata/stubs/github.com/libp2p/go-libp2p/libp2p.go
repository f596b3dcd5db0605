// Package libp2p stands in for the real one: declarations, and nothing that does anything.
package libp2p

import "github.com/libp2p/go-libp2p/core/host"

type Option func() error

func New(opts ...Option) (host.Host, error)                { return nil, nil }
func NewWithoutDefaults(opts ...Option) (host.Host, error) { return nil, nil }
