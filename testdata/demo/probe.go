package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// probe leaks: once the time is up nobody receives any more, and the goroutine waits at its send for ever.
func (m *Mirrors) probe(url string, patience time.Duration) error {
	answered := make(chan error)
	go func() {
		_, err := m.size(url)
		answered <- err
	}()
	select {
	case err := <-answered:
		return err
	case <-time.After(patience):
		return fmt.Errorf("%s does not answer", url)
	}
}

// ping is right: the channel has room for the answer that nobody waits for.
func (m *Mirrors) ping(ctx context.Context, url string) error {
	answered := make(chan error, 1)
	go func() {
		_, err := m.size(url)
		answered <- err
	}()
	select {
	case err := <-answered:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// size leaks: where the mirror has no such file, the body of its answer is never closed.
func (m *Mirrors) size(url string) (int64, error) {
	response, err := m.client.Get(url)
	if err != nil {
		return 0, err
	}
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s: %s", url, response.Status)
	}
	defer response.Body.Close()
	return io.Copy(io.Discard, response.Body)
}
