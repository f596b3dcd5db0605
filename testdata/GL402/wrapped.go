// Connections that are put into something else, which is not handed out after all.
package gl402

import (
	"bufio"
	"errors"
	"io"
	"net"
	"time"

	"github.com/gorilla/websocket"
	manet "github.com/multiformats/go-multiaddr/net"
)

type timed struct {
	net.Conn
	limit time.Duration
}

func newTimed(conn net.Conn, limit time.Duration) *timed { return &timed{conn, limit} }

type secret struct {
	conn io.ReadWriteCloser
	key  [32]byte
}

// shakeHands leaves the connection to its caller where it fails.
func shakeHands(conn io.ReadWriteCloser) (*secret, error) {
	s := &secret{conn: conn}
	if _, err := io.ReadFull(conn, s.key[:]); err != nil {
		return nil, err
	}
	return s, nil
}

// accepted is how a signer accepted its validators.
func accepted(ln *net.TCPListener) (*secret, error) {
	conn, err := ln.AcceptTCP() // want GL402 "conn (net.TCPConn) is not closed on one way out of accepted"
	if err != nil {
		return nil, err
	}
	s, err := shakeHands(newTimed(conn, time.Second))
	if err != nil {
		return nil, err
	}
	return s, nil
}

type framed struct{ ws *websocket.Conn }

func newFramed(ws *websocket.Conn) net.Conn { return &framedConn{&framed{ws}, nil} }

type framedConn struct {
	*framed
	net.Conn
}

// wrappedInVain: what a library could not wrap is still ours.
func wrappedInVain(url string) (net.Conn, error) {
	ws, _, err := websocket.DefaultDialer.Dial(url, nil) // want GL402 "ws (websocket.Conn) is not closed on one way"
	if err != nil {
		return nil, err
	}
	conn, err := manet.WrapNetConn(newFramed(ws))
	if err != nil {
		return nil, err
	}
	return conn, nil
}

// shakeHandsOrClose takes what it is given, whatever comes of it.
func shakeHandsOrClose(conn io.ReadWriteCloser) (*secret, error) {
	s, err := shakeHands(conn)
	if err != nil {
		conn.Close()
		return nil, err
	}
	return s, nil
}

func okClosedThere(ln *net.TCPListener) (*secret, error) {
	conn, err := ln.AcceptTCP()
	if err != nil {
		return nil, err
	}
	return shakeHandsOrClose(newTimed(conn, time.Second))
}

func okClosedHere(ln *net.TCPListener) (*secret, error) {
	conn, err := ln.AcceptTCP()
	if err != nil {
		return nil, err
	}
	wrapped := newTimed(conn, time.Second)
	s, err := shakeHands(wrapped)
	if err != nil {
		wrapped.Close()
		return nil, err
	}
	return s, nil
}

type okHub struct{ conns chan *timed }

func (h *okHub) keep(conn *timed) { h.conns <- conn }

// add: the hub keeps it.
func (h *okHub) add(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	h.keep(newTimed(conn, time.Second))
	return nil
}

func serveTimed(conn *timed) {
	go func() {
		defer conn.Close()
		_, _ = bufio.NewReader(conn).ReadString('\n')
	}()
}

// okServedTimed: a goroutine of the function that is given it closes it.
func okServedTimed(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	serveTimed(newTimed(conn, time.Second))
	return nil
}

func both(one, other func() error) error {
	done := make(chan error, 2)
	for _, each := range []func() error{one, other} {
		go func() { done <- each() }()
	}
	return errors.Join(<-done, <-done)
}

// exchange only gets to read and write.
func exchange(rw io.ReadWriter, key *[32]byte) error {
	return both(
		func() error { _, err := rw.Write(key[:]); return err },
		func() error { _, err := io.ReadFull(rw, key[:]); return err },
	)
}

func exchanged(ln *net.TCPListener, key *[32]byte) (net.Conn, error) {
	conn, err := ln.AcceptTCP() // want GL402 "conn (net.TCPConn) is not closed on one way out of exchanged"
	if err != nil {
		return nil, err
	}
	wrapped := newTimed(conn, time.Second)
	if err := exchange(wrapped, key); err != nil {
		return nil, err
	}
	return wrapped, nil
}
