// Package grpc stands in for the real one: declarations, and nothing that does anything.
package grpc

import (
	"context"
	"net"

	"google.golang.org/grpc/metadata"
)

type (
	DialOption   interface{ dial() }
	CallOption   interface{ call() }
	ServerOption interface{ server() }
)

func NewClient(target string, opts ...DialOption) (conn *ClientConn, err error) {
	return &ClientConn{target}, nil
}
func Dial(target string, opts ...DialOption) (*ClientConn, error) { return &ClientConn{target}, nil }
func DialContext(ctx context.Context, target string, opts ...DialOption) (conn *ClientConn, err error) {
	return &ClientConn{target}, nil
}
func NewClientStream(ctx context.Context, desc *StreamDesc, cc *ClientConn, method string, opts ...CallOption) (ClientStream, error) {
	return cc.NewStream(ctx, desc, method, opts...)
}

type StreamDesc struct {
	StreamName    string
	ServerStreams bool
	ClientStreams bool
}

type ClientConnInterface interface {
	Invoke(ctx context.Context, method string, args any, reply any, opts ...CallOption) error
	NewStream(ctx context.Context, desc *StreamDesc, method string, opts ...CallOption) (ClientStream, error)
}

type ClientConn struct{ target string }

func (cc *ClientConn) Close() error { return nil }
func (cc *ClientConn) Invoke(ctx context.Context, method string, args, reply any, opts ...CallOption) error {
	return nil
}
func (cc *ClientConn) NewStream(ctx context.Context, desc *StreamDesc, method string, opts ...CallOption) (ClientStream, error) {
	return &stream{ctx}, nil
}

type ClientStream interface {
	Header() (metadata.MD, error)
	Trailer() metadata.MD
	CloseSend() error
	Context() context.Context
	SendMsg(m any) error
	RecvMsg(m any) error
}

type ServerStream interface {
	Context() context.Context
	SendMsg(m any) error
	RecvMsg(m any) error
}

type stream struct{ ctx context.Context }

func (s *stream) Header() (metadata.MD, error) { return nil, nil }
func (s *stream) Trailer() metadata.MD         { return nil }
func (s *stream) CloseSend() error             { return nil }
func (s *stream) Context() context.Context     { return s.ctx }
func (s *stream) SendMsg(m any) error          { return nil }
func (s *stream) RecvMsg(m any) error          { return nil }

func NewServer(opt ...ServerOption) *Server { return &Server{} }

type Server struct{ serving bool }

func (s *Server) GracefulStop()                {}
func (s *Server) Serve(lis net.Listener) error { return nil }
func (s *Server) Stop()                        {}
