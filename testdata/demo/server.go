package main

import (
	"context"
	"io"
	"log"
	"net"
	"sync/atomic"
	"time"
)

// Server takes files in, one after the other.
type Server struct {
	listener net.Listener
	spool    string
	busy     atomic.Int64
}

// serve leaks: each connection defers one more call, and until the server stops not one of them runs.
func (s *Server) serve(ctx context.Context) error {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		s.busy.Add(1)
		defer s.busy.Add(-1)
		if err := s.receive(conn); err != nil {
			log.Printf("%s: %v", conn.RemoteAddr(), err)
		}
	}
}

// receive is right: what it defers belongs to one connection, and so does the function.
func (s *Server) receive(conn net.Conn) error {
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		return err
	}
	part, err := NewPart(s.spool)
	if err != nil {
		return err
	}
	defer part.Close()
	_, err = io.CopyBuffer(part.file, conn, part.buffer[:])
	return err
}
