package gl103

import (
	"io"
	"net"
	"time"
)

// plenty is more than the system's buffers hold.
var plenty = make([]byte, 64<<20)

// accepted connects to a listener that is then given to `serve`.
func accepted(serve func(net.Listener)) {
	address := silent()
	go serve(listeners[len(listeners)-1])
	conn, err := net.Dial("tcp", address)
	if err != nil {
		panic(err)
	}
	dialled = append(dialled, conn)
}

func runOkWritesText() { _ = okWritesText(silent()) }

func runOkWritesByte() {
	conn, err := okWritesByte(silent())
	if err == nil {
		conn.Close()
	}
}

func runWritesWhatItIsGiven() { go writesWhatItIsGiven(silent(), plenty) }

func runOkPipe() {
	accepted(func(l net.Listener) {
		p := &okPipe{l: l}
		time.AfterFunc(50*time.Millisecond, func() { p.Close() })
		p.Read(make([]byte, 8))
	})
}

func runTalkerHello() {
	accepted(func(l net.Listener) { (&talker{l}).Hello(make([]byte, 8)) })
}

func runOkBridged() {
	one, other := net.Pipe()
	time.AfterFunc(50*time.Millisecond, func() { one.Close() })
	go okBridged(silent(), "?", other)
	time.Sleep(100 * time.Millisecond)
}

func runAsksAndCopies() { go asksAndCopies(silent(), plenty, io.Discard) }

func runOkWatched() { _, _ = okWatched(silent(), 50*time.Millisecond) }

func runWaitsForAnswer() { go waitsForAnswer(silent()) }
