package main

import (
	"context"
	"log"
	"net/http"
	"sync"
	"time"
)

// Mirrors are the servers that hold copies, and what each of them last said of itself.
type Mirrors struct {
	client *http.Client
	mu     sync.Mutex
	status map[string]string
}

// follow leaks: the response of each round keeps its connection for as long as the server runs.
func (m *Mirrors) follow(ctx context.Context, urls []string) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for _, url := range urls {
			if err := m.probe(url, 10*time.Second); err != nil {
				log.Print(err)
				continue
			}
			request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
			if err != nil {
				log.Print(err)
				continue
			}
			response, err := m.client.Do(request)
			if err != nil {
				log.Print(err)
				continue
			}
			defer response.Body.Close()
			m.note(url, response.Status)
		}
	}
}

// note is right: the function that takes the lock lasts no longer than the lock is needed.
func (m *Mirrors) note(url, status string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.status[url] = status
}

// forget hangs: the second round waits for the lock that the first one took.
func (m *Mirrors) forget(urls []string) {
	for _, url := range urls {
		m.mu.Lock()
		defer m.mu.Unlock()
		delete(m.status, url)
	}
}
