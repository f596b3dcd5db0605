// Connections and listeners that an error return leaves open.
package gl402

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

var errVersion = errors.New("another version")

func greet(addr string) error {
	conn, err := net.Dial("tcp", addr) // want GL402 "conn (net.Conn) is not closed on one way out of greet"
	if err != nil {
		return err
	}
	if _, err := conn.Write([]byte("hello")); err != nil {
		return err
	}
	return conn.Close()
}

// secured is how cometbft upgraded what it had accepted: a handshake that failed left the connection to the collector.
func secured(l net.Listener, config *tls.Config) (*tls.Conn, error) {
	c, err := l.Accept() // missed GL402 "what tls.Server is given counts as handed over"
	if err != nil {
		return nil, err
	}
	secret := tls.Server(c, config)
	if err := secret.Handshake(); err != nil {
		return nil, err
	}
	return secret, nil
}

// prepared listens, and gives up where what it announces cannot be said.
func prepared(addr string, announce func(net.Addr) error) (net.Listener, error) {
	l, err := net.Listen("tcp", addr) // want GL402 "l (net.Listener) is not closed on one way out of prepared"
	if err != nil {
		return nil, err
	}
	if err := announce(l.Addr()); err != nil {
		return nil, err
	}
	return l, nil
}

func checked(ctx context.Context, addr string) error {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", addr) // want GL402 "conn (net.Conn) is not closed on 2 ways"
	if err != nil {
		return err
	}
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		return err
	}
	if line != "v1\n" {
		return errVersion
	}
	return conn.Close()
}

func answersAt(addr string) bool {
	_, err := net.DialTimeout("tcp", addr, time.Second) // want GL402 "is thrown away"
	return err == nil
}

// taken is how a proxy takes a connection from its HTTP server: then the server does not close it any more.
func taken(w http.ResponseWriter, backend string) {
	h, ok := w.(http.Hijacker)
	if !ok {
		return
	}
	client, _, err := h.Hijack() // want GL402 "client (net.Conn)"
	if err != nil {
		return
	}
	server, err := net.Dial("tcp", backend)
	if err != nil {
		return
	}
	defer server.Close()
	defer client.Close()
	go io.Copy(server, client)
	io.Copy(client, server)
}

func upgraded(up *websocket.Upgrader, w http.ResponseWriter, r *http.Request, hello any) {
	conn, err := up.Upgrade(w, r, nil) // want GL402 "conn (websocket.Conn)"
	if err != nil {
		return
	}
	if err := conn.WriteJSON(hello); err != nil {
		return
	}
	conn.Close()
}

type link struct {
	conn net.Conn
	peer string
}

func (l *link) handshake() error {
	_, err := l.conn.Write([]byte("hello"))
	return err
}

// newLink is how libp2p's transports wrapped what they had dialled.
func newLink(addr string) (*link, error) {
	conn, err := net.Dial("tcp", addr) // want GL402 "conn (net.Conn) is not closed on one way out of newLink"
	if err != nil {
		return nil, err
	}
	l := &link{conn: conn, peer: addr}
	if err := l.handshake(); err != nil {
		return nil, err
	}
	return l, nil
}

// connected tries one address after the other; the one that does not speak the protocol is not closed.
func connected(addrs []string) (net.Conn, error) {
	for _, addr := range addrs {
		conn, err := net.DialTimeout("tcp", addr, time.Second) // want GL402 "conn (net.Conn)"
		if err != nil {
			continue
		}
		if _, err := conn.Write([]byte("hello")); err != nil {
			continue
		}
		return conn, nil
	}
	return nil, errVersion
}
