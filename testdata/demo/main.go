// Courier is a made-up file transfer server: it takes files in, keeps them in a spool directory and watches mirrors.
// Some of it leaks, on purpose; each function says in its comment whether it does.
package main

import (
	"context"
	"flag"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

func main() {
	address := flag.String("listen", "localhost:7070", "address to listen on")
	spool := flag.String("spool", os.TempDir(), "directory for files in transit")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	if err := inventory(*spool); err != nil {
		log.Print(err)
	}
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		log.Print(err)
		return
	}
	context.AfterFunc(ctx, func() { listener.Close() })

	mirrors := &Mirrors{client: &http.Client{Timeout: 30 * time.Second}, status: make(map[string]string)}
	go mirrors.follow(ctx, flag.Args())

	server := &Server{listener: listener, spool: *spool}
	if err := server.serve(ctx); err != nil {
		log.Print(err)
	}
	mirrors.forget(flag.Args())
}

// inventory logs what an earlier run has left in the spool.
func inventory(spool string) error {
	names, err := filepath.Glob(filepath.Join(spool, "part-*"))
	if err != nil {
		return err
	}
	sums, err := digests(names)
	if err != nil {
		return err
	}
	bytes, err := total(names)
	if err != nil {
		return err
	}
	log.Printf("%d files, %d distinct ones, %d bytes", len(names), len(sums), bytes)
	return nil
}
