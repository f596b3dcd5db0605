// Scopes that a resource manager counts streams in.
package gl409

import (
	"context"
	"errors"

	"github.com/libp2p/go-libp2p/core/network"
)

type host2 struct {
	rcmgr network.ResourceManager
	conn  network.Conn
}

type scoped struct {
	network.Stream
	scope network.StreamManagementScope
}

func (h *host2) open(ctx context.Context, dir network.Direction) (*scoped, error) {
	scope, err := h.rcmgr.OpenStream(h.conn.RemotePeer(), dir) // want GL409 "scope (network.StreamManagementScope)"
	if err != nil {
		return nil, err
	}
	s, err := h.conn.NewStream(ctx)
	if err != nil {
		return nil, err
	}
	return &scoped{s, scope}, nil
}

type okHost struct{ host2 }

func (h *okHost) open(ctx context.Context, dir network.Direction) (*scoped, error) {
	scope, err := h.rcmgr.OpenStream(h.conn.RemotePeer(), dir)
	if err != nil {
		return nil, err
	}
	s, err := h.conn.NewStream(ctx)
	if err != nil {
		scope.Done()
		return nil, err
	}
	return &scoped{s, scope}, nil
}

func greet(conn network.Conn) error {
	s, err := conn.NewStream(context.Background())
	if err != nil {
		return err
	}
	if len(conn.GetStreams()) > 100 {
		return errors.New("too many streams")
	}
	return s.Close()
}

// okConnectionEnds: who gives the connection closes it, and all its streams with it.
func okConnectionEnds(ctx context.Context, n network.Network, to network.Conn) error {
	conn, err := n.DialPeer(ctx, to.RemotePeer())
	if err != nil {
		return err
	}
	if err := greet(conn); err != nil {
		conn.Close()
		return err
	}
	return conn.Close()
}
