// Results of Get that may be nil.
package gl304

import (
	"bytes"
	"sync"
)

type item struct{ data []byte }

var zero sync.Pool

func assertedAtOnce() int {
	b := zero.Get().(*bytes.Buffer) // want GL304 "the pool has no New"
	b.Reset()
	defer zero.Put(b)
	return b.Len()
}

var literal = sync.Pool{}

func assertedLater() int {
	v := literal.Get() // want GL304 "the pool has no New"
	b := v.(*bytes.Buffer)
	b.Reset()
	defer literal.Put(b)
	return b.Len()
}

type server struct {
	items sync.Pool
	ptr   *sync.Pool
}

func newServer() *server { return &server{ptr: &sync.Pool{}} }

func (s *server) field() int {
	it := s.items.Get().(*item) // want GL304 "server.items is empty"
	defer s.items.Put(it)
	return len(it.data)
}

func (s *server) pointerField() int {
	it := s.ptr.Get().(*item) // want GL304 "server.ptr is empty"
	defer s.ptr.Put(it)
	return len(it.data)
}

var failing = sync.Pool{New: func() any {
	it, err := load()
	if err != nil {
		return nil
	}
	return it
}}

func load() (*item, error) { return &item{}, nil }

func newMayFail() int {
	it := failing.Get().(*item) // want GL304 "New returns nil on some way"
	defer failing.Put(it)
	return len(it.data)
}

func okDropped() int {
	it, _ := counted.Get().(*item)
	if it == nil {
		it = new(item)
	}
	defer counted.Put(it)
	return len(it.data)
}

var counted sync.Pool

func okNotLooked() int {
	it, ok := counted.Get().(*item)
	if !ok {
		it = new(item)
	}
	defer counted.Put(it)
	return len(it.data)
}

var dropped sync.Pool

func okIsDroppedButUsed() int {
	v := dropped.Get()
	if v == nil {
		return 0
	}
	it := v.(*item)
	defer dropped.Put(it)
	return len(it.data)
}

func usedThoughNil(size int) []byte {
	it, _ := dropped.Get().(*item) // want GL304 "the pool has no New"
	defer dropped.Put(it)
	return append([]byte(nil), it.data...)
}
