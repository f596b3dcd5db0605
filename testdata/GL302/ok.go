// Objects that are as good as new when they are used again.
package gl302

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"sync"
)

var clean = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func getClean() *bytes.Buffer {
	b := clean.Get().(*bytes.Buffer)
	b.Reset()
	return b
}

func okResetByGetter(w io.Writer, name string) {
	buf := getClean()
	fmt.Fprintf(buf, "hello %s", name)
	_, _ = w.Write(buf.Bytes())
	clean.Put(buf)
}

func getBoth(n int) ([]byte, *bytes.Buffer, error) {
	if n < 0 {
		return nil, nil, fmt.Errorf("negative size %d", n)
	}
	buf := clean.Get().(*bytes.Buffer)
	buf.Reset()
	buf.Grow(n)
	return buf.Bytes()[:n], buf, nil
}

func okResetBySecondResult(w io.Writer) error {
	b, buf, err := getBoth(8)
	if err != nil {
		return err
	}
	defer clean.Put(buf)
	_, err = w.Write(b)
	return err
}

var putClean = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func okResetBeforePut(name string) int {
	buf := putClean.Get().(*bytes.Buffer)
	defer func() {
		buf.Reset()
		putClean.Put(buf)
	}()
	buf.WriteString(name)
	return buf.Len()
}

type state struct {
	header map[string]string
	parts  []string
	id     int
}

func (s *state) recycle() {
	clear(s.header)
	s.parts = s.parts[:0]
	states.Put(s)
}

var states = sync.Pool{New: func() any { return &state{header: map[string]string{}} }}

func okClearedByMethod(key, value string) int {
	s := states.Get().(*state)
	defer s.recycle()
	s.header[key] = value
	s.parts = append(s.parts, value)
	return len(s.parts)
}

var zeroed = sync.Pool{New: func() any { return new(state) }}

func okMadeNew(value string) int {
	s := zeroed.Get().(*state)
	*s = state{parts: s.parts[:0]}
	s.parts = append(s.parts, value)
	n := len(s.parts)
	zeroed.Put(s)
	return n
}

var scratch = sync.Pool{New: func() any { b := make([]byte, 32<<10); return &b }}

func okScratch(w io.Writer, r io.Reader) (int64, error) {
	b := scratch.Get().(*[]byte)
	defer scratch.Put(b)
	return io.CopyBuffer(w, r, *b)
}

var hashers = sync.Pool{New: func() any { return sha256.New() }}

func okHasher(data []byte) []byte {
	h := hashers.Get().(hash.Hash)
	defer hashers.Put(h)
	h.Reset()
	h.Write(data)
	return h.Sum(nil)
}

var encoders sync.Pool

type encoder struct{ bytes.Buffer }

func newEncoder() *encoder {
	if v := encoders.Get(); v != nil {
		e := v.(*encoder)
		e.Reset()
		return e
	}
	return new(encoder)
}

func okAssertedLater(name string) int {
	e := newEncoder()
	defer encoders.Put(e)
	e.WriteString(name)
	return e.Len()
}

type cells struct{ pool sync.Pool }

type cell struct{ held *[]byte }

func okElementsCleared(c *cells, b []cell) {
	clear(b)
	c.pool.Put(b[:0])
}

func okElementsSetOneByOne(c *cells, b []cell) {
	for i := range b {
		b[i].held = nil
	}
	c.pool.Put(b[:0])
}

var reused = sync.Pool{New: func() any { return []cell(nil) }}

// okElementsUsedAgain: what the elements point to is the very thing that is pooled.
func okElementsUsedAgain(n int) {
	b, _ := reused.Get().([]cell)
	for len(b) < n {
		k := len(b)
		if k < cap(b) {
			b = b[:k+1]
		} else {
			b = append(b, cell{held: new([]byte)})
		}
	}
	reused.Put(b[:0])
}

var grown = sync.Pool{New: func() any { return []cell(nil) }}

func getGrown() []cell {
	if b, ok := grown.Get().([]cell); ok {
		return b
	}
	return nil
}

func okElementsUsedAgainByCallers(b []cell, more int) []cell {
	if b == nil {
		b = getGrown()
	}
	for range more {
		if n := len(b); n < cap(b) {
			b = b[:n+1]
		} else {
			b = append(b, cell{held: new([]byte)})
		}
	}
	return b
}

func okPutGrown(b []cell) { grown.Put(b[:0]) }

func okHandedIn(pool *sync.Pool, name string) {
	buf := pool.Get().(*bytes.Buffer)
	buf.WriteString(name)
	pool.Put(buf)
}

var slices = sync.Pool{New: func() any { return make([]byte, 0, 64) }}

// okSliceByValue: golang/go 16311, which staticcheck tells as SA6002: it allocates, and leaks nothing.
func okSliceByValue(w io.Writer) error {
	b := slices.Get().([]byte)
	_, err := w.Write(append(b[:0], "done"...))
	slices.Put(b[:0])
	return err
}

var interned = sync.Pool{New: func() any { return make(map[string]string) }}

// okIntern: the entries are what the pool is for.
func okIntern(b []byte) string {
	m := interned.Get().(map[string]string)
	defer interned.Put(m)
	if s, found := m[string(b)]; found {
		return s
	}
	s := string(b)
	m[s] = s
	return s
}

type entry struct{ next *entry }

type okSpares struct{ entries []*entry }

func (s *okSpares) take() *entry {
	if len(s.entries) == 0 {
		return new(entry)
	}
	last := len(s.entries) - 1
	e := s.entries[last]
	s.entries = s.entries[:last]
	return e
}

func (s *okSpares) give(e *entry) { s.entries = append(s.entries, e) }

var spares = sync.Pool{New: func() any { return new(okSpares) }}

func okTake() *entry {
	s := spares.Get().(*okSpares)
	e := s.take()
	spares.Put(s)
	return e
}

func okGive(e *entry) {
	s := spares.Get().(*okSpares)
	s.give(e)
	spares.Put(s)
}
