// Objects that are cleared by the pool's own Get, and buffers of which only the memory is used.
package gl302

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"sync"
)

type tallyPool struct{ pool sync.Pool }

func (p *tallyPool) Get() map[string]int {
	m := p.pool.Get().(map[string]int)
	clear(m)
	return m
}

func (p *tallyPool) Put(m map[string]int) { p.pool.Put(m) }

var tallies = &tallyPool{pool: sync.Pool{New: func() any { return make(map[string]int) }}}

func okClearedByThePoolsGet(words []string) int {
	m := tallies.Get()
	defer tallies.Put(m)
	for _, word := range words {
		m[word]++
	}
	return len(m)
}

type greedyPool struct{ pool sync.Pool }

func (p *greedyPool) Get() map[string]int {
	m := p.pool.Get().(map[string]int)
	return m
}

func (p *greedyPool) Put(m map[string]int) {
	p.pool.Put(m) // want GL302 "a map keeps its entries"
}

var greedy = &greedyPool{pool: sync.Pool{New: func() any { return make(map[string]int) }}}

func getOfThePoolClearsNothing(words []string) int {
	m := greedy.Get() // want GL302 "a map keeps its entries"
	defer greedy.Put(m)
	for _, word := range words {
		m[word]++
	}
	return len(m)
}

var digits = sync.Pool{New: func() any { return bytes.NewBuffer(make([]byte, 0, 64)) }}

// okBufferAsScratch: nothing is ever appended, the memory is written over.
func okBufferAsScratch(sum []byte) uint32 {
	b := digits.Get().(*bytes.Buffer)
	defer func() {
		digits.Put(b)
	}()
	room := b.Bytes()[:b.Cap()]
	hex.Encode(room, sum)
	return binary.BigEndian.Uint32(room)
}

var lettersOf = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func bufferGivenToAWriter(sum []byte) int {
	b := lettersOf.Get().(*bytes.Buffer) // want GL302 "appends to what it holds"
	_, _ = hex.NewEncoder(b).Write(sum)
	n := len(b.Bytes())
	lettersOf.Put(b)
	return n
}

type row struct{ cells *[]byte }

var rowPool = sync.Pool{New: func() any { return new(row) }}

func reuseRow(r *row) {
	r.cells = nil
	rowPool.Put(r)
}

var tables = sync.Pool{New: func() any { return []*row(nil) }}

func okElementsPooledOneByOne(rows []*row) {
	for i := range rows {
		reuseRow(rows[i])
	}
	tables.Put(rows[:0])
}

func onlyTheTableIsPooled(rows []*row) int {
	n := 0
	for i := range rows {
		n += len(*rows[i].cells)
	}
	tables.Put(rows[:0]) // want GL302 "cut to nothing"
	return n
}

type picker interface {
	pick(key string, room []*row) int
}

type picks struct {
	from picker
	pool sync.Pool
}

func newPicks(from picker) *picks {
	return &picks{from: from, pool: sync.Pool{New: func() any { return make([]*row, 4) }}}
}

// okLentToWhoKnows: each use writes over the same few elements.
func (p *picks) okLentToWhoKnows(key string) int {
	room := p.pool.Get().([]*row)
	defer func() { p.pool.Put(room[:0]) }()
	return p.from.pick(key, room)
}
