// Objects that go back to their pool as they were left.
package gl302

import (
	"bytes"
	"fmt"
	"io"
	"sync"
)

var lines = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func bufferNeverReset(w io.Writer, name string) {
	buf := lines.Get().(*bytes.Buffer) // want GL302 "buf goes back to lines with what was written to it"
	fmt.Fprintf(buf, "hello %s", name)
	_, _ = w.Write(buf.Bytes())
	lines.Put(buf)
}

type request struct {
	header map[string]string
	parts  []string
	id     int
}

var requests = sync.Pool{New: func() any { return &request{header: map[string]string{}} }}

func onlyIDIsSet(id int, key, value string) int {
	r := requests.Get().(*request) // want GL302 "its header and parts keep"
	r.id = id
	r.header[key] = value
	r.parts = append(r.parts, value)
	n := len(r.parts)
	requests.Put(r)
	return n
}

var sets = sync.Pool{New: func() any { return make(map[string]bool) }}

func mapKeepsEntries(words []string) int {
	seen := sets.Get().(map[string]bool) // want GL302 "a map keeps its entries"
	for _, word := range words {
		seen[word] = true
	}
	n := len(seen)
	sets.Put(seen)
	return n
}

type pools struct {
	bufs sync.Pool
}

func (p *pools) get() *bytes.Buffer {
	if b, ok := p.bufs.Get().(*bytes.Buffer); ok {
		return b
	}
	return new(bytes.Buffer)
}

func (p *pools) put(b *bytes.Buffer) {
	p.bufs.Put(b) // want GL302 "b goes back to pools.bufs"
}

func (p *pools) render(w io.Writer, name string) {
	b := p.get()
	b.WriteString(name)
	_, _ = b.WriteTo(io.Discard)
	p.put(b)
}

var words = sync.Pool{New: func() any { s := make([]string, 0, 8); return &s }}

func appendsToWhatIsThere(a, b string) int {
	tags := words.Get().(*[]string) // want GL302 "append adds to what the slice holds"
	*tags = append(*tags, a, b)
	n := len(*tags)
	words.Put(tags)
	return n
}

type sample struct {
	at   int64
	hist *[]float64
}

type samples struct{ pool sync.Pool }

func (s *samples) put(b []sample) {
	s.pool.Put(b[:0]) // want GL302 "cut to nothing"
}

func (s *samples) get() []sample {
	if b, ok := s.pool.Get().([]sample); ok {
		return b
	}
	return nil
}

func (s *samples) use(h *[]float64) int {
	b := s.get()
	b = append(b, sample{hist: h})
	n := len(b)
	s.put(b)
	return n
}

var seenNames = sync.Pool{New: func() any { return make(map[string]int) }}

func distinct(names []string) (n int) {
	seen := seenNames.Get().(map[string]int) // want GL302 "a map keeps its entries"
	defer seenNames.Put(seen)
	for i, name := range names {
		if _, found := seen[name]; !found {
			seen[name] = i
			n++
		}
	}
	return n
}
