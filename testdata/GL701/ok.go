// Registries that shrink, are bounded, or are filled once.
package gl701

import (
	"context"
	"maps"
	"net"
	"reflect"
	"sync"
)

type okHub struct {
	mu   sync.Mutex
	subs map[string]chan string
}

func (h *okHub) add(name string, ch chan string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.subs[name] = ch
}

func (h *okHub) remove(name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	close(h.subs[name])
	delete(h.subs, name)
}

type okReplaced struct {
	mu    sync.Mutex
	conns map[string]net.Conn
}

func (r *okReplaced) add(name string, c net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns[name] = c
}

func (r *okReplaced) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns = make(map[string]net.Conn)
}

const maxClients = 100

type okBounded struct {
	mu      sync.Mutex
	clients map[string]*Client
}

func (b *okBounded) add(id string, c *Client) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.clients) >= maxClients {
		return false
	}
	b.clients[id] = c
	return true
}

type okTaken struct {
	mu    sync.Mutex
	conns map[string]net.Conn
}

func (t *okTaken) add(name string, c net.Conn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.conns[name] = c
}

func (t *okTaken) prune(dead func(string, net.Conn) bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.DeleteFunc(t.conns, dead)
}

var factories = map[string]func() net.Conn{}

func okRegister(name string, f func() net.Conn) { factories[name] = f }

func init() { okRegister("none", func() net.Conn { return nil }) }

var handlers = map[string]func(string){}

// okHandle: a table of functions by name, as http.Handle has one.
func okHandle(name string, f func(string)) { handlers[name] = f }

type okConfig struct {
	mu      sync.Mutex
	clients map[string]*Client
}

func okConstructor(ids []string) *okConfig {
	c := &okConfig{clients: make(map[string]*Client)}
	for _, id := range ids {
		c.put(id, &Client{})
	}
	return c
}

func (c *okConfig) put(id string, client *Client) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clients[id] = client
}

func okLocalMap(ctx context.Context, ids []string) {
	cancels := map[string]context.CancelFunc{}
	for _, id := range ids {
		_, cancel := context.WithCancel(ctx)
		cancels[id] = cancel
	}
	for _, cancel := range cancels {
		cancel()
	}
}

type okLoader struct {
	mu    sync.Mutex
	peers map[string]*Client
}

func (l *okLoader) handedOut() map[string]*Client { return l.peers }

func (l *okLoader) add(id string, c *Client) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.peers[id] = c
}

type okKind int

const (
	okFirst okKind = iota
	okSecond
)

type okByKind struct {
	mu    sync.Mutex
	chans map[okKind]chan string
}

func (b *okByKind) set(kind okKind, ch chan string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.chans[kind] = ch
}

type okRequestState struct {
	conns map[string]net.Conn
}

// okShortLived: nothing shows that the owner is shared, or lives for long.
func (s *okRequestState) okShortLived(name string, c net.Conn) {
	s.conns[name] = c
}

var okSyncMap sync.Map

func okKeep(id string, c *Client) { okSyncMap.Store(id, c) }

func okForget(id string) { okSyncMap.LoadAndDelete(id) }

type okAllowed struct {
	mu    sync.Mutex
	peers map[string][]*Client
}

func (a *okAllowed) add(id string, c *Client) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.peers[id] = append(a.peers[id], c)
}

// Entries get shorter, if they do not go away.
func (a *okAllowed) removeOne(id string, keep []*Client) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.peers[id] = keep
}

type okStore struct {
	mu       sync.Mutex
	handlers map[string][]func(string)
}

// okTableOfLists: a program has as many kinds of plugins as its source names.
func (s *okStore) okTableOfLists(kind string, f func(string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	handlers := append(s.handlers[kind], f)
	s.handlers[kind] = handlers
}

// okLanes has a map for each kind of message, whose entries their owners take out again.
type okLanes struct {
	mu     sync.Mutex
	byKind map[string]map[string]chan int
}

func (l *okLanes) register(kind, lane string, ch chan int) func() {
	l.mu.Lock()
	defer l.mu.Unlock()
	lanes, ok := l.byKind[kind]
	if !ok {
		lanes = make(map[string]chan int)
		l.byKind[kind] = lanes
	}
	lanes[lane] = ch
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(lanes, lane)
	}
}

var okBuffers = map[string]chan int{}

type target struct{ name string }

func (t *target) Name() string { return t.name }

// okBufferOf makes one buffer for each name of the settings.
func okBufferOf(t *target) chan int {
	name := t.Name()
	buffer, ok := okBuffers[name]
	if !ok {
		buffer = make(chan int, 10)
		okBuffers[name] = buffer
	}
	return buffer
}

type okMessages struct {
	mu        sync.Mutex
	callbacks map[uint32]func([]byte)
}

// on has one callback for each type of message.
func (m *okMessages) on(msgType uint32, callback func([]byte)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.callbacks[msgType] = callback
}

type okKinds struct {
	mu  sync.Mutex
	fed map[int]chan int
}

func (k *okKinds) feed(number int, ch chan int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.fed[number] = ch
}

// okFeedBoth is all that feeds.
func okFeedBoth(k *okKinds, ch chan int) {
	k.feed(1, ch)
	k.feed(2, ch)
}

var okClients sync.Map

func okClientOf(host string) *Client {
	if found, ok := okClients.Load(host); ok {
		return found.(*Client)
	}
	made := &Client{}
	okClients.Store(host, made)
	return made
}

var okCoders = map[reflect.Type]chan *coder{}

type coder struct{}

// okCoderOf has a channel for each type that the program has.
func okCoderOf(v any) chan *coder {
	kind := reflect.TypeOf(v)
	if okCoders[kind] == nil {
		okCoders[kind] = make(chan *coder, 1)
	}
	return okCoders[kind]
}
