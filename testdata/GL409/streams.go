// Streams of libp2p and gRPC.
package gl409

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/libp2p/go-libp2p/core/host"
	"github.com/libp2p/go-libp2p/core/network"
	"github.com/libp2p/go-libp2p/core/peer"
	"google.golang.org/grpc"
)

func ask(ctx context.Context, h host.Host, p peer.ID, question []byte) error {
	s, err := h.NewStream(ctx, p, "/ask/1") // want GL409 "s (network.Stream) is not closed on one way out of ask"
	if err != nil {
		return err
	}
	s.SetDeadline(time.Now().Add(time.Minute))
	if _, err := s.Write(question); err != nil {
		return err
	}
	return s.Close()
}

func halfClosed(ctx context.Context, h host.Host, p peer.ID) ([]byte, error) {
	s, err := h.NewStream(ctx, p, "/ask/1") // want GL409 "is not closed on 2 ways out of halfClosed"
	if err != nil {
		return nil, err
	}
	s.SetDeadline(time.Now().Add(time.Minute))
	if err := s.CloseWrite(); err != nil {
		return nil, err
	}
	return io.ReadAll(s)
}

func reserve(ctx context.Context, h host.Host, p peer.ID) error {
	s, err := h.NewStream(ctx, p, "/ask/1") // want GL409 "s (network.Stream)"
	if err != nil {
		return err
	}
	if err := s.Scope().SetService("ask"); err != nil {
		return err
	}
	defer s.Close()
	_, err = io.Copy(io.Discard, s)
	return err
}

func accept(conn network.MuxedConn, use func([]byte)) error {
	for {
		s, err := conn.AcceptStream() // want GL409 "s (network.MuxedStream)"
		if err != nil {
			return err
		}
		data, err := io.ReadAll(s)
		if err != nil {
			continue
		}
		use(data)
		s.Close()
	}
}

type wire struct {
	stream network.Stream
	peer   peer.ID
}

func connect(ctx context.Context, h host.Host, p peer.ID) (*wire, error) {
	s, err := h.NewStream(ctx, p, "/wire/1") // want GL409 "s (network.Stream)"
	if err != nil {
		return nil, err
	}
	w := &wire{stream: s, peer: p}
	s.SetDeadline(time.Now().Add(time.Minute))
	if _, err := s.Write([]byte("hello")); err != nil {
		return nil, err
	}
	return w, nil
}

func subscribe(cc *grpc.ClientConn, first any) error {
	s, err := cc.NewStream(context.Background(), &grpc.StreamDesc{}, "/feed") // want GL409 "s (grpc.ClientStream)"
	if err != nil {
		return err
	}
	if err := s.SendMsg(first); err != nil {
		return err
	}
	return s.CloseSend()
}

func okReset(ctx context.Context, h host.Host, p peer.ID, question []byte) error {
	s, err := h.NewStream(ctx, p, "/ask/1")
	if err != nil {
		return err
	}
	s.SetDeadline(time.Now().Add(time.Minute))
	if _, err := s.Write(question); err != nil {
		s.Reset()
		return err
	}
	return s.Close()
}

func okResetUnlessDone(ctx context.Context, h host.Host, p peer.ID) (s network.Stream, err error) {
	s, err = h.NewStream(ctx, p, "/ask/1")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = s.Reset()
		}
	}()
	if err = s.CloseRead(); err != nil {
		return nil, err
	}
	return s, nil
}

func okToGoroutine(ctx context.Context, h host.Host, p peer.ID) error {
	s, err := h.NewStream(ctx, p, "/ask/1")
	if err != nil {
		return err
	}
	go serve(s)
	return nil
}

func serve(s network.Stream) {
	defer s.Close()
	io.Copy(io.Discard, s)
}

func okDrained(cc *grpc.ClientConn) error {
	s, err := cc.NewStream(context.Background(), &grpc.StreamDesc{}, "/feed")
	if err != nil {
		return err
	}
	for {
		var m []byte
		err := s.RecvMsg(&m)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func okContextEnds(parent context.Context, cc *grpc.ClientConn, first any) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	s, err := cc.NewStream(ctx, &grpc.StreamDesc{}, "/feed")
	if err != nil {
		return err
	}
	return s.SendMsg(first)
}

func okInStruct(ctx context.Context, h host.Host, p peer.ID) (*wire, error) {
	s, err := h.NewStream(ctx, p, "/wire/1")
	if err != nil {
		return nil, err
	}
	return &wire{s, p}, nil
}
