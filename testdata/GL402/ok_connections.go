// Connections and listeners that are given back, or become somebody else's.
package gl402

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

func okDeferred(addr string) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write([]byte("hello"))
	return err
}

// okServed: http.Server.Serve closes its listener.
func okServed(addr string, server *http.Server) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	return server.Serve(l)
}

func okServedInGoroutine(addr string, server *http.Server) (net.Addr, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	go server.Serve(l)
	return l.Addr(), nil
}

func okEachToGoroutine(l net.Listener, handle func(net.Conn)) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer conn.Close()
			handle(conn)
		}()
	}
}

// okOneOfTwo is how libp2p dials two transports at once: the one that comes second is closed by a goroutine.
func okOneOfTwo(addrs []string) (net.Conn, error) {
	found := make(chan net.Conn, len(addrs))
	for _, addr := range addrs {
		go func() {
			conn, err := net.DialTimeout("tcp", addr, time.Second)
			if err != nil {
				found <- nil
				return
			}
			found <- conn
		}()
	}
	for range addrs {
		if conn := <-found; conn != nil {
			return conn, nil
		}
	}
	return nil, errVersion
}

type okPool struct {
	mu    sync.Mutex
	conns map[string]net.Conn
}

// get keeps what it dialled, and closes it where another was quicker.
func (p *okPool) get(addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if first, ok := p.conns[addr]; ok {
		conn.Close()
		return first, nil
	}
	p.conns[addr] = conn
	return conn, nil
}

func (p *okPool) drop(addr string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if conn, ok := p.conns[addr]; ok {
		conn.Close()
		delete(p.conns, addr)
	}
}

// okClosedOnError is how grpc-go connects a transport: whatever error the function returns closes the connection.
func okClosedOnError(ctx context.Context, addr string) (_ *link, err error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	defer func(conn net.Conn) {
		if err != nil {
			conn.Close()
		}
	}(conn)
	l := &link{conn: conn}
	if err = l.handshake(); err != nil {
		return nil, err
	}
	return l, nil
}

func okTwoHalves(client net.Conn, backend string) error {
	server, err := net.Dial("tcp", backend)
	if err != nil {
		return err
	}
	var once sync.Once
	end := func() {
		once.Do(func() {
			client.Close()
			server.Close()
		})
	}
	go func() {
		defer end()
		io.Copy(server, client)
	}()
	defer end()
	_, err = io.Copy(client, server)
	return err
}

func okJoined(addr string) (err error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	_, err = conn.Write([]byte("hello"))
	return err
}

func okBothListen(first, second string) (a, b net.Listener, err error) {
	a, err = net.Listen("tcp", first)
	if err != nil {
		return nil, nil, err
	}
	b, err = net.Listen("tcp", second)
	if err != nil {
		a.Close()
		return nil, nil, err
	}
	return a, b, nil
}

// okClosedWithContext: the connection is closed once the context is over.
func okClosedWithContext(ctx context.Context, addr string, use func(io.Writer) error) error {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	context.AfterFunc(ctx, func() { conn.Close() })
	return use(conn)
}

// okSetterFails: that keep-alive cannot be set means that the connection is closed already.
func okSetterFails(addr *net.TCPAddr) (*net.TCPConn, error) {
	conn, err := net.DialTCP("tcp", nil, addr)
	if err != nil {
		return nil, err
	}
	if err := conn.SetKeepAlive(true); err != nil {
		return nil, err
	}
	return conn, nil
}
