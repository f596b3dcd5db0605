// Deferred Puts that give back what a panic left half-written.
package gl301

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"
)

var pages = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func callback(w io.Writer, body func(*bytes.Buffer)) {
	buf := pages.Get().(*bytes.Buffer) // want GL301 "if body(buf) panics, the deferred Put gives buf to the next user"
	defer pages.Put(buf)
	body(buf)
	_, _ = buf.WriteTo(w)
}

type renderer interface{ Render(*bytes.Buffer) error }

func throughInterface(w io.Writer, r renderer) error {
	buf := pages.Get().(*bytes.Buffer) // want GL301 "half-written"
	defer pages.Put(buf)
	if err := r.Render(buf); err != nil {
		return err
	}
	_, err := buf.WriteTo(w)
	return err
}

func write(buf *bytes.Buffer, n int) {
	if n < 0 {
		panic("negative count")
	}
	fmt.Fprint(buf, n)
}

func explicitPanicInCallee(w io.Writer, n int) {
	buf := pages.Get().(*bytes.Buffer) // want GL301 "write(buf, n) panics"
	defer pages.Put(buf)
	buf.WriteString("n=")
	write(buf, n)
	_, _ = buf.WriteTo(w)
}

type record struct {
	fields map[string]string
	tags   []string
}

var records = sync.Pool{New: func() any { return &record{fields: map[string]string{}} }}

func putRecord(r *record) { records.Put(r) }

func helperPuts(fill func(*record)) int {
	r := records.Get().(*record) // want GL301 "gives r to the next user"
	defer putRecord(r)
	r.fields["id"] = "1"
	r.tags = append(r.tags, "new")
	fill(r)
	return len(r.tags)
}

func literalPuts(fill func(*record)) int {
	r := records.Get().(*record) // want GL301 "gives r to the next user"
	defer func() { records.Put(r) }()
	fill(r)
	return len(r.tags)
}

func clearedTooLate(fill func(*record)) int {
	r := records.Get().(*record) // want GL301 "gives r to the next user"
	defer putRecord(r)
	fill(r)
	n := len(r.tags)
	clear(r.fields)
	r.tags = nil
	return n
}

var errShort = errors.New("short")

var scratch = sync.Pool{New: func() any { b := make([]byte, 512); return &b }}

func skipsPut(r io.Reader) error {
	b := scratch.Get().(*[]byte)
	n, err := io.ReadFull(r, *b)
	if err != nil {
		return err
	}
	scratch.Put(b)
	if n < 4 {
		return errShort
	}
	return nil
}
