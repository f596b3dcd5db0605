// Releases that are deferred in a loop and keep what each round acquired.
package gl418

import (
	"bufio"
	"context"
	"database/sql"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

func files(names []string) (n int64, err error) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return 0, err
		}
		defer f.Close() // want GL418 "f of every round is released only when files returns"
		copied, err := io.Copy(io.Discard, f)
		if err != nil {
			return 0, err
		}
		n += copied
	}
	return n, nil
}

func closedInLiteral(addrs []string) error {
	for _, addr := range addrs {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			return err
		}
		defer func() { // want GL418 "conn of every round"
			_ = conn.Close()
		}()
		if _, err := conn.Write([]byte("ping")); err != nil {
			return err
		}
	}
	return nil
}

func bodies(urls []string) error {
	for _, url := range urls {
		resp, err := http.Get(url)
		if err != nil {
			return err
		}
		defer resp.Body.Close() // want GL418 "resp of every round"
		if _, err := io.ReadAll(resp.Body); err != nil {
			return err
		}
	}
	return nil
}

func polls(ctx context.Context, work func(context.Context) error) {
	for {
		attempt, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel() // want GL418 "cancel of every round is called only when polls returns"
		if work(attempt) != nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		default:
		}
	}
}

func transactions(db *sql.DB, queries []string) error {
	for i := 0; i < len(queries); i++ {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		defer tx.Rollback() // want GL418 "tx of every round"
		if _, err := tx.Exec(queries[i]); err != nil {
			return err
		}
	}
	return nil
}

type account struct {
	mu      sync.Mutex
	balance int
}

func (a *account) add(amounts []int) {
	for _, amount := range amounts {
		a.mu.Lock()
		defer a.mu.Unlock() // want GL418 "the second round waits for it for ever"
		a.balance += amount
	}
}

func wrappedReader(names []string) (lines int, err error) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return 0, err
		}
		defer f.Close() // want GL418 "f of every round"
		scanner := bufio.NewScanner(f)
		for scanner.Scan() {
			lines++
		}
	}
	return lines, nil
}

func shortInsideEndless(ctx context.Context, check func(context.Context) bool) {
	for {
		for _, wait := range []time.Duration{time.Second, time.Minute} {
			limited, cancel := context.WithTimeout(ctx, wait)
			defer cancel() // want GL418 "which this endless loop may never let it do"
			if check(limited) {
				return
			}
		}
	}
}

func probeArguments() error { return probeAll(3, len(os.Args)) }

func probeAll(few, many int) error {
	for i := 0; i < few+many; i++ {
		conn, err := net.Dial("udp", "192.0.2.1:123")
		if err != nil {
			return err
		}
		defer conn.Close() // want GL418 "conn of every round"
	}
	return nil
}

// retriesToOpen counts failures, not rounds.
func retriesToOpen(open func() (*subscription, error)) {
	fails := 0
	for {
		it, err := open()
		if err != nil {
			fails++
			if fails > 3 {
				return
			}
			continue
		}
		fails = 0
		defer it.Unsubscribe() // want GL418 "`it` of every round is released only when retriesToOpen returns, which this endless loop"
	}
}

var found = []string{"/etc/hosts"}

func find(more string) { found = append(found, more) }

func growingInPackage() {
	for _, name := range found {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close() // want GL418 "f of every round"
	}
}
