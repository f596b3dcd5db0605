// Reads and writes that are over in time, or last on purpose.
package gl103

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

const greeting = "{\"execute\": \"quit\"}\n"

const (
	kindPlain byte = iota
	kindMultiplexed
)

// okWritesText: the system's buffer has room for a few bytes of the source.
func okWritesText(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write([]byte(greeting))
	return err
}

func okWritesByte(address string) (net.Conn, error) {
	conn, err := net.DialTimeout("tcp", address, time.Second)
	if err != nil {
		return nil, err
	}
	if _, err := conn.Write([]byte{byte(kindMultiplexed)}); err != nil {
		conn.Close()
		return nil, err
	}
	return conn, nil
}

func writesWhatItIsGiven(address string, kind []byte) error {
	conn, err := net.DialTimeout("tcp", address, time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write(kind) // want GL103 "this write waits"
	return err
}

// okPipe is a pipe whose reader connects late: who uses it has its Close.
type okPipe struct {
	l    net.Listener
	once sync.Once
	conn net.Conn
}

func (p *okPipe) wait() (net.Conn, error) {
	var err error
	p.once.Do(func() { p.conn, err = p.l.Accept() })
	return p.conn, err
}

func (p *okPipe) Read(b []byte) (int, error) {
	conn, err := p.wait()
	if err != nil {
		return 0, err
	}
	n, err := conn.Read(b)
	if errors.Is(err, io.EOF) {
		p.l.Close()
	}
	return n, err
}

func (p *okPipe) Close() error { return errors.Join(p.conn.Close(), p.l.Close()) }

type talker struct{ l net.Listener }

// Hello is no Read: it asks for what it wants itself.
func (t *talker) Hello(b []byte) (int, error) {
	conn, err := t.l.Accept()
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	return conn.Read(b) // want GL103 "this read waits"
}

// okBridged lasts as long as both sides want.
func okBridged(address string, request any, client io.ReadWriteCloser) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	encoder := json.NewEncoder(conn)
	if err := encoder.Encode(request); err != nil {
		return err
	}
	bridge(client, conn)
	return nil
}

func bridge(a, b io.ReadWriteCloser) {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		io.Copy(a, b)
		a.Close()
	}()
	go func() {
		defer wg.Done()
		io.Copy(b, a)
		b.Close()
	}()
	wg.Wait()
}

func asksAndCopies(address string, request any, to io.Writer) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	encoder := json.NewEncoder(conn)
	if err := encoder.Encode(request); err != nil { // want GL103 "this write waits"
		return err
	}
	_, err = io.Copy(to, conn)
	return err
}

// okWatched: whoever started the read closes the connection when time is up.
func okWatched(address string, timeout time.Duration) (net.Conn, error) {
	after := time.After(timeout)
	conn, err := net.DialTimeout("tcp", address, timeout)
	if err != nil {
		return nil, err
	}
	answers := make(chan error, 1)
	go func() {
		_, err := bufio.NewReader(conn).ReadString('\n')
		answers <- err
	}()
	select {
	case err := <-answers:
		return conn, err
	case <-after:
		conn.Close()
		return nil, errors.New("no answer")
	}
}

func waitsForAnswer(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	answers := make(chan error, 1)
	go func() {
		r := bufio.NewReader(conn)
		_, err := r.ReadString('\n') // want GL103 "this read waits"
		answers <- err
	}()
	err = <-answers
	conn.Close()
	return err
}
