// Settings of a connection that practically never fail: what is left open where they do is not worth a word.
package gl402

import (
	"errors"
	"fmt"
	"net"
	"time"
)

var errNoTCP = errors.New("no TCP connection")

type okKeepAliveListener struct{ net.Listener }

type keptAlive struct{ *net.TCPConn }

func (l *okKeepAliveListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	alive, err := keepAlive(conn)
	if err != nil {
		return nil, fmt.Errorf("keep alive: %w", err)
	}
	if err := alive.SetKeepAlivePeriod(time.Minute); err != nil {
		return nil, fmt.Errorf("set the period: %w", err)
	}
	return alive, nil
}

// keepAlive only fails if the connection is none of TCP.
func keepAlive(conn net.Conn) (*keptAlive, error) {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return nil, errNoTCP
	}
	return &keptAlive{tcp}, nil
}

type greetingListener struct{ net.Listener }

func (l *greetingListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept() // want GL402 "not closed on one way out"
	if err != nil {
		return nil, err
	}
	greeted, err := greetFirst(conn)
	if err != nil {
		return nil, err
	}
	return greeted, nil
}

// greetFirst also fails if the other side has gone.
func greetFirst(conn net.Conn) (*keptAlive, error) {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return nil, errNoTCP
	}
	if _, err := tcp.Write([]byte("hello")); err != nil {
		return nil, err
	}
	return &keptAlive{tcp}, nil
}
