// Questions that are asked once in the life of a process.
package gl103

import (
	"io"
	"net"
)

var okGreeting = okGreet("127.0.0.1:0")

// okGreet runs as its package is initialised, and never again.
// not run: a silent peer keeps this one goroutine, which is why it is only a note
func okGreet(address string) []byte {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil
	}
	defer conn.Close()
	text, _ := io.ReadAll(conn)
	return text
}
