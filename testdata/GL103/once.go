// Questions that are asked once in the life of a process.
package gl103

import (
	"io"
	"net"
)

var okGreeting = okGreet("localhost:7")

// okGreet runs as its package is initialised, and never again.
func okGreet(address string) []byte {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil
	}
	defer conn.Close()
	text, _ := io.ReadAll(conn)
	return text
}
