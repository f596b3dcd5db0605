// Listeners around a connection that somebody else has.
package gl402

import (
	"context"
	"crypto/tls"
	"net"

	"github.com/quic-go/quic-go"
)

func okEndsWithArgument(conn *net.UDPConn, config *tls.Config) error {
	defer conn.Close()
	listener, err := quic.Listen(conn, config, &quic.Config{})
	if err != nil {
		return err
	}
	_, err = listener.Accept(context.Background())
	return err
}

func okEndsWithOwnConnection(config *tls.Config) error {
	conn, err := net.ListenPacket("udp", ":0")
	if err != nil {
		return err
	}
	defer conn.Close()
	listener, err := quic.Listen(conn, config, nil)
	if err != nil {
		return err
	}
	_, err = listener.Accept(context.Background())
	return err
}

func argumentStays(conn net.PacketConn, config *tls.Config) error {
	listener, err := quic.Listen(conn, config, nil) // want GL402 "listener (quic.Listener) is not closed on one way out"
	if err != nil {
		return err
	}
	_, err = listener.Accept(context.Background())
	return err
}

func nobodyElseHasTheSocket(config *tls.Config) error {
	listener, err := quic.ListenAddr(":0", config, nil) // want GL402 "listener (quic.Listener) is not closed"
	if err != nil {
		return err
	}
	_, err = listener.Accept(context.Background())
	return err
}
