package network

import (
	"context"
	"io"
	"time"

	"github.com/libp2p/go-libp2p/core/peer"
	"github.com/libp2p/go-libp2p/core/protocol"
)

type StreamErrorCode uint32

type StreamHandler func(Stream)

type MuxedStream interface {
	io.Reader
	io.Writer
	io.Closer
	CloseWrite() error
	CloseRead() error
	Reset() error
	ResetWithError(errCode StreamErrorCode) error
	SetDeadline(time.Time) error
	SetReadDeadline(time.Time) error
	SetWriteDeadline(time.Time) error
}

type MuxedConn interface {
	io.Closer
	IsClosed() bool
	OpenStream(context.Context) (MuxedStream, error)
	AcceptStream() (MuxedStream, error)
}

type Stream interface {
	MuxedStream
	ID() string
	Protocol() protocol.ID
	SetProtocol(id protocol.ID) error
	Conn() Conn
	Scope() StreamScope
}

type Conn interface {
	io.Closer
	ID() string
	RemotePeer() peer.ID
	NewStream(context.Context) (Stream, error)
	GetStreams() []Stream
	IsClosed() bool
}

type Network interface {
	io.Closer
	NewStream(context.Context, peer.ID) (Stream, error)
	DialPeer(context.Context, peer.ID) (Conn, error)
	Conns() []Conn
}

type ResourceScope interface {
	ReserveMemory(size int, prio uint8) error
	ReleaseMemory(size int)
	BeginSpan() (ResourceScopeSpan, error)
}

type ResourceScopeSpan interface {
	ResourceScope
	Done()
}

type StreamScope interface {
	ResourceScope
	SetService(srv string) error
}

type StreamManagementScope interface {
	StreamScope
	Done()
}

type Direction int

type ResourceManager interface {
	OpenStream(p peer.ID, dir Direction) (StreamManagementScope, error)
}
