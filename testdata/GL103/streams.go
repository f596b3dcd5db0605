// Streams of libp2p: handlers that are given one, and helpers that write to it for them.
package gl103

import (
	"time"

	"github.com/libp2p/go-libp2p/core/network"
)

// not run: needs a network
func handle(s network.Stream) {
	_ = s.SetReadDeadline(time.Now().Add(time.Minute))
	if _, err := s.Read(make([]byte, 4)); err != nil {
		return
	}
	answer(s)
}

// not run: needs a network
func answer(s network.Stream) {
	_, _ = s.Write([]byte("yes")) // want GL103 "this write waits for the remote side of s"
}

// not run: needs a network
func okHandle(s network.Stream) {
	_ = s.SetDeadline(time.Now().Add(time.Minute))
	if _, err := s.Read(make([]byte, 4)); err != nil {
		return
	}
	confirm(s)
}

func confirm(s network.Stream) {
	_, _ = s.Write([]byte("yes"))
}
