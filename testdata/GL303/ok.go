// Objects that are let go in time.
package gl303

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"sync"
)

func okCopies(v any) []byte {
	buf := getBuffer()
	defer putBuffer(buf)
	_ = json.NewEncoder(buf).Encode(v)
	return append([]byte(nil), buf.Bytes()...)
}

func okClones(v any) []byte {
	buf := getBuffer()
	defer putBuffer(buf)
	_ = json.NewEncoder(buf).Encode(v)
	return bytes.Clone(buf.Bytes())
}

func okString(v any) string {
	buf := getBuffer()
	defer putBuffer(buf)
	_ = json.NewEncoder(buf).Encode(v)
	return strings.TrimSpace(buf.String())
}

func okConversion(r io.Reader) (string, int) {
	bp := slices.Get().(*[]byte)
	defer slices.Put(bp)
	n, _ := r.Read(*bp)
	return string((*bp)[:n]), len(*bp)
}

func okEachBranchOnce(w io.Writer, v any) error {
	buf := getBuffer()
	if err := json.NewEncoder(buf).Encode(v); err != nil {
		putBuffer(buf)
		return err
	}
	_, err := w.Write(buf.Bytes())
	putBuffer(buf)
	return err
}

func okTakenAnew(w io.Writer, vs []any) {
	buf := getBuffer()
	for _, v := range vs {
		_ = json.NewEncoder(buf).Encode(v)
		_, _ = w.Write(buf.Bytes())
		putBuffer(buf)
		buf = getBuffer()
	}
	putBuffer(buf)
}

func okEachRoundItsOwn(w io.Writer, vs []any) {
	for _, v := range vs {
		buf := getBuffer()
		_ = json.NewEncoder(buf).Encode(v)
		_, _ = w.Write(buf.Bytes())
		putBuffer(buf)
	}
}

func okAllOfAList(all []*frame) {
	for _, f := range all {
		frames.Put(f)
	}
}

// okTypeSwitchInLoop: each round enters the clause with a variable of its own.
func okTypeSwitchInLoop(items <-chan any) {
	for item := range items {
		switch v := item.(type) {
		case *frame:
			frames.Put(v)
		case *bytes.Buffer:
			buffers.Put(v)
		}
	}
}

func okReceivedEachRound(items <-chan *frame) {
	var item *frame
	for {
		item = <-items
		if item == nil {
			return
		}
		frames.Put(item)
	}
}

func okNextReadBefore(f *frame) {
	for f != nil {
		next := f.next
		frames.Put(f)
		f = next
	}
}

func okNilAfterPut(v any, early bool) {
	buf := getBuffer()
	defer func() {
		if buf != nil {
			buffers.Put(buf)
		}
	}()
	_ = json.NewEncoder(buf).Encode(v)
	if early {
		buffers.Put(buf)
		buf = nil
	}
}

func okLengthOnly(r io.Reader) int {
	bp := slices.Get().(*[]byte)
	n, _ := io.ReadFull(r, *bp)
	slices.Put(bp)
	return n
}

type encoder struct {
	out []byte
	mu  sync.Mutex
}

var encoders = sync.Pool{New: func() any { return new(encoder) }}

func okTakesTheBytesOut(v []byte) []byte {
	e := encoders.Get().(*encoder)
	defer encoders.Put(e)
	e.out = append(e.out, v...)
	out := e.out
	e.out = nil
	return out
}

func finish(e *encoder, keep bool) {
	if !keep {
		encoders.Put(e)
	}
}

func okOnlySometimesPutBack(e *encoder) int {
	finish(e, true)
	return len(e.out)
}

type request struct {
	left  int
	reply string
	next  *request
}

var requests = sync.Pool{New: func() any { return new(request) }}

func (r *request) recycle() {
	if r != nil {
		r.reply = ""
		requests.Put(r)
	}
}

// recycleIfDone tells by its result whether it has put the request back.
func (r *request) recycleIfDone() bool {
	if r != nil && r.left <= 0 {
		r.recycle()
		return true
	}
	return false
}

// okToldByResult is how a consumer of nats-server serves a waiting request: it only goes back with its last message.
func okToldByResult(r *request, deliver func(*request)) {
	if done := r.recycleIfDone(); !done {
		deliver(r)
	}
}

func recycleLast(r *request) {
	if r.next != nil {
		return
	}
	requests.Put(r)
}

func okOnlyTheLast(r *request) string {
	recycleLast(r)
	return r.reply
}

type okTags map[string]string

var tagMaps = tagPool{}

type tagPool struct{ pool sync.Pool }

func (p *tagPool) Get() map[string]string {
	if m, ok := p.pool.Get().(map[string]string); ok {
		return m
	}
	return map[string]string{}
}

func (p *tagPool) Put(m map[string]string) { p.pool.Put(m) }

// recycle lets go of the last name of the map: the variable is written, not the map.
func (t *okTags) recycle() {
	if t != nil && *t != nil {
		tagMaps.Put(*t)
		*t = nil
	}
}

// okDropped does so for a slice, and goes on with another one.
func okDropped(b *[]byte) {
	slices.Put(*b)
	*b = make([]byte, 10)
	(*b)[0] = 1
}
