// Package manet stands in for the real one: declarations, and nothing that does anything.
package manet

import "net"

type Conn interface {
	net.Conn
	LocalMultiaddr() string
}

func WrapNetConn(nconn net.Conn) (Conn, error) { return nil, nil }
