// Package quic has the declarations of github.com/quic-go/quic-go that fixtures need.
package quic

import (
	"context"
	"crypto/tls"
	"net"
)

type Config struct{}

type Conn struct{}

type Listener struct{}

func Listen(conn net.PacketConn, tlsConf *tls.Config, config *Config) (*Listener, error) {
	return &Listener{}, nil
}

func ListenAddr(addr string, tlsConf *tls.Config, config *Config) (*Listener, error) {
	return &Listener{}, nil
}

func (l *Listener) Accept(ctx context.Context) (*Conn, error) { return nil, ctx.Err() }

func (l *Listener) Close() error { return nil }
