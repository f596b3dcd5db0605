package gl103

import (
	"context"
	"net"
	"time"
)

var (
	listeners []net.Listener
	dialled   []net.Conn
)

// silent is the address of a peer that accepts connections, as its system does for it, and never says anything.
func silent() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	listeners = append(listeners, l)
	return l.Addr().String()
}

func soon() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	return ctx
}

func runAsk() { go ask(silent()) }

func runAskWithDialTimeout() { go askWithDialTimeout(silent()) }

func runAskWithDialContext() { go askWithDialContext(context.Background(), silent()) }

func runDecode() { go decode(silent()) }

func runReadLine() { go readLine(silent()) }

func runAcceptOne() {
	address := silent()
	go acceptOne(listeners[len(listeners)-1])
	conn, err := net.Dial("tcp", address)
	if err != nil {
		panic(err)
	}
	dialled = append(dialled, conn)
}

func runOkDeadline() { _ = okDeadline(silent()) }

func runOkReadDeadline() { _ = okReadDeadline(silent()) }

func runOkClosedByContext() { _ = okClosedByContext(soon(), silent()) }

func runOkClosedByGoroutine() { _ = okClosedByGoroutine(soon(), silent()) }

func runOkHelperSetsIt() { _ = okHelperSetsIt(silent()) }

func runOkDeferredBefore() { _ = okDeferredBefore(silent()) }

func runOkHelpersHelperSetsIt() { _ = okHelpersHelperSetsIt(silent()) }

func runOkMadeWithDeadline() { _ = okMadeWithDeadline(silent()) }

func runOkSendsPackets() { _ = okSendsPackets([]byte("?")) }

func runOkDialsPackets() { _ = okDialsPackets([]byte("?")) }

func runAnswerPacket() { go answerPacket() }
