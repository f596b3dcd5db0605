// Questions to a remote side that may never answer.
package gl103

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"time"
)

func ask(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	buf := make([]byte, 4)
	_, err = conn.Read(buf) // want GL103 "this read waits"
	return err
}

func askWithDialTimeout(address string) ([]byte, error) {
	conn, err := net.DialTimeout("tcp", address, time.Second)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	return io.ReadAll(conn) // want GL103 "without a deadline"
}

func askWithDialContext(ctx context.Context, address string) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = io.ReadFull(conn, make([]byte, 4)) // want GL103 "a silent peer keeps it"
	return err
}

func decode(address string) (v int, err error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	d := json.NewDecoder(conn)
	err = d.Decode(&v) // want GL103 "this read waits"
	return v, err
}

func readLine(address string) (string, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	r := bufio.NewReader(conn)
	return r.ReadString('\n') // want GL103 "this read waits"
}

func acceptOne(l net.Listener) error {
	conn, err := l.Accept()
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Read(make([]byte, 4)) // want GL103 "the remote side of conn"
	return err
}

func okDeadline(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(50 * time.Millisecond)); err != nil {
		return err
	}
	_, err = io.ReadAll(conn)
	return err
}

func okReadDeadline(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	_ = conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	_, err = conn.Read(make([]byte, 4))
	return err
}

func okClosedByContext(ctx context.Context, address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	_, err = conn.Read(make([]byte, 4))
	return err
}

func okClosedByGoroutine(ctx context.Context, address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	go func() {
		<-ctx.Done()
		conn.Close()
	}()
	_, err = conn.Read(make([]byte, 4))
	return err
}

func okHelperSetsIt(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	limit(conn)
	_, err = conn.Read(make([]byte, 4))
	return err
}

func okHelpersHelperSetsIt(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	limitBoth(conn, 50*time.Millisecond)
	_, err = conn.Read(make([]byte, 4))
	return err
}

func okDeferredBefore(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer waitForEnd(conn)
	limit(conn)
	_, err = conn.Write(make([]byte, 1))
	return err
}

// waitForEnd is called when the deadline is set, wherever the defer stands.
func waitForEnd(conn net.Conn) {
	_, _ = conn.Read(make([]byte, 1))
	_ = conn.Close()
}

func limitBoth(conn net.Conn, both time.Duration) {
	if both > 0 {
		limit(conn)
	}
}

func limit(conn net.Conn) { _ = conn.SetDeadline(time.Now().Add(50 * time.Millisecond)) }

// not run: a lasting connection lives until the other side ends it
func okServesForLong(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	for {
		if _, err := conn.Read(make([]byte, 4)); err != nil {
			return err
		}
	}
}

func dialed(address string) (net.Conn, error) {
	conn, err := net.Dial("tcp", address)
	if err == nil {
		err = conn.SetDeadline(time.Now().Add(50 * time.Millisecond))
	}
	return conn, err
}

func okMadeWithDeadline(address string) error {
	conn, err := dialed(address)
	if err != nil {
		return err
	}
	defer conn.Close()
	return greet(conn)
}

func greet(conn net.Conn) error {
	_, err := conn.Read(make([]byte, 4))
	return err
}

// okSendsPackets: a packet is sent or lost; nobody waits for the other side to take it.
func okSendsPackets(question []byte) error {
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.WriteTo(question, conn.LocalAddr())
	return err
}

func okDialsPackets(question []byte) error {
	conn, err := net.Dial("udp4", "127.0.0.1:9")
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write(question)
	return err
}

func answerPacket() error {
	conn, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return err
	}
	defer conn.Close()
	_, _, err = conn.ReadFromUDP(make([]byte, 4)) // want GL103 "this read waits"
	return err
}
