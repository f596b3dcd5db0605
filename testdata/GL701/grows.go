// Registries that nothing ever leaves.
package gl701

import (
	"context"
	"net"
	"sync"
)

type hub struct {
	mu   sync.Mutex
	subs map[string]chan string
}

func newHub() *hub { return &hub{subs: make(map[string]chan string)} }

func (h *hub) subscribe(name string) <-chan string {
	ch := make(chan string, 16)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.subs[name] = ch // want GL701 "hub.subs keeps all channels that were ever added"
	return ch
}

func (h *hub) unsubscribe(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.subs[name])
}

type server struct {
	mu    sync.Mutex
	conns map[net.Conn]struct{}
}

func (s *server) serve(l net.Listener) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		s.mu.Lock()
		if s.conns == nil {
			s.conns = make(map[net.Conn]struct{})
		}
		s.conns[c] = struct{}{} // want GL701 "server.conns keeps all conns"
		s.mu.Unlock()
		go s.handle(c)
	}
}

func (s *server) handle(c net.Conn) { c.Close() }

func (s *server) closeAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		c.Close()
	}
}

type Session struct{ id string }

var sessions sync.Map

func Login(id string) *Session {
	s := &Session{id: id}
	sessions.Store(id, s) // want GL701 "sessions keeps all sessions that were ever added, as long as the program runs"
	return s
}

func Find(id string) *Session {
	s, _ := sessions.Load(id)
	found, _ := s.(*Session)
	return found
}

type runner struct {
	mu      sync.Mutex
	cancels map[int]context.CancelFunc
	next    int
}

func (r *runner) start(ctx context.Context) int {
	ctx, cancel := context.WithCancel(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cancels == nil {
		r.cancels = map[int]context.CancelFunc{}
	}
	r.next++
	r.cancels[r.next] = cancel // want GL701 "runner.cancels keeps all cancel functions"
	go func() { <-ctx.Done() }()
	return r.next
}

func (r *runner) stop(id int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if cancel, ok := r.cancels[id]; ok {
		cancel()
	}
}

// A hub that one goroutine owns needs no lock.
type chat struct {
	join    chan *Client
	leave   chan *Client
	clients map[*Client]bool
}

type Client struct{ send chan []byte }

func (c *chat) run() {
	for {
		select {
		case client := <-c.join:
			c.clients[client] = true // want GL701 "chat.clients keeps all clients"
		case client := <-c.leave:
			close(client.send)
			c.clients[client] = false
		}
	}
}

var listeners = map[int][]func(string){}

func OnEvent(id int, f func(string)) {
	listeners[id] = append(listeners[id], f) // want GL701 "listeners keeps all functions"
}

func Fire(id int, text string) {
	for _, f := range listeners[id] {
		f(text)
	}
}

type table struct {
	mu   sync.Mutex
	byID map[string]*Client
}

func (t *table) add(id string, c *Client) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.byID[id] = c // want GL701 "table.byID keeps all clients"
}

type failing struct {
	mu   sync.Mutex
	subs map[string]chan string
}

func (f *failing) add(id string, ch chan string) {
	f.mu.Lock()
	f.subs[id] = ch // missed GL701 "there is a delete, but not on every path"
	f.mu.Unlock()
}

func (f *failing) end(id string, ok bool) {
	if !ok {
		return
	}
	f.mu.Lock()
	delete(f.subs, id)
	f.mu.Unlock()
}

type rooms struct {
	mu    sync.Mutex
	byID  map[string]map[string]chan string
	peers map[string]chan string
}

func (r *rooms) enter(room, name string, ch chan string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	members, ok := r.byID[room]
	if !ok {
		members = map[string]chan string{}
	}
	members[name] = ch
	r.byID[room] = members // missed GL701 "a map of maps that is looked up by a name has low confidence"
}

func (r *rooms) peer(sessionID string) chan string {
	r.mu.Lock()
	defer r.mu.Unlock()
	ch, ok := r.peers[sessionID]
	if !ok {
		ch = make(chan string)
		r.peers[sessionID] = ch // want GL701 "rooms.peers keeps all channels"
	}
	return ch
}
