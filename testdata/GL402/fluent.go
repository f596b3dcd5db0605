// Connections in objects whose methods return the object.
package gl402

import (
	"net"
	"time"
)

type limited struct {
	net.Conn
	limit time.Duration
}

func limit(conn net.Conn) *limited { return &limited{Conn: conn} }

func (l *limited) withLimit(d time.Duration) *limited {
	l.limit = d
	return l
}

func okFluent(addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return limit(conn).withLimit(time.Second), nil
}

func okFluentOnLocal(addr string) (net.Conn, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	l := &limited{Conn: conn}
	return l.withLimit(time.Second), nil
}

func okFluentInSteps(addr string) (*limited, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	l := limit(conn)
	m := l.withLimit(time.Second).withLimit(time.Minute)
	return m, nil
}

func (l *limited) left() time.Duration { return l.limit }

func onlyItsLimit(addr string) (time.Duration, error) {
	conn, err := net.Dial("tcp", addr) // want GL402 "conn (net.Conn) is not closed on one way out of onlyItsLimit"
	if err != nil {
		return 0, err
	}
	return limit(conn).withLimit(time.Second).left(), nil
}

// --- what reads from a connection, and is returned

type dialogue struct{ conn net.Conn }

type answer struct{ read func([]byte) (int, error) }

func (e *dialogue) ask(question string) (*answer, error) {
	if _, err := e.conn.Write([]byte(question)); err != nil {
		return nil, err
	}
	return &answer{e.conn.Read}, nil
}

// okClosedOnErrorOnly: what is deferred closes it where it failed; else it goes on living in the result.
func okClosedOnErrorOnly(addr string) (a *answer, err error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			conn.Close()
		}
	}()
	e := dialogue{conn}
	if a, err = e.ask("who"); err != nil {
		return nil, err
	}
	return a, nil
}

// nothingGoesOn: what is deferred closes it where it failed, but nobody is given what could close it otherwise.
func nothingGoesOn(addr string) (err error) {
	conn, err := net.Dial("tcp", addr) // want GL402 "conn (net.Conn) is not closed on one way out of nothingGoesOn"
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			conn.Close()
		}
	}()
	if _, err = conn.Write([]byte("hello")); err != nil {
		return err
	}
	return nil
}
