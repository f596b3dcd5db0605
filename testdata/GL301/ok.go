// Deferred Puts that a panic does no harm to.
package gl301

import (
	"bytes"
	"io"
	"sync"
)

func okResetInDefer(w io.Writer, body func(*bytes.Buffer)) {
	buf := pages.Get().(*bytes.Buffer)
	defer func() {
		buf.Reset()
		pages.Put(buf)
	}()
	body(buf)
	_, _ = buf.WriteTo(w)
}

var fresh = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func okResetAfterGet(w io.Writer, body func(*bytes.Buffer)) {
	buf := fresh.Get().(*bytes.Buffer)
	buf.Reset()
	defer fresh.Put(buf)
	body(buf)
	_, _ = buf.WriteTo(w)
}

func getFresh() *bytes.Buffer {
	buf := fresh.Get().(*bytes.Buffer)
	buf.Reset()
	return buf
}

func okResetByGetter(body func(*bytes.Buffer)) int {
	buf := getFresh()
	defer fresh.Put(buf)
	body(buf)
	return buf.Len()
}

func okHelperResets(body func(*bytes.Buffer)) int {
	buf := pages.Get().(*bytes.Buffer)
	defer putPage(buf)
	body(buf)
	return buf.Len()
}

func putPage(buf *bytes.Buffer) {
	buf.Reset()
	pages.Put(buf)
}

var cleanRecords = sync.Pool{New: func() any { return &record{fields: map[string]string{}} }}

func okRecordCleared(fill func(*record)) int {
	r := cleanRecords.Get().(*record)
	clear(r.fields)
	r.tags = r.tags[:0]
	defer cleanRecords.Put(r)
	fill(r)
	return len(r.tags)
}

func okNotDeferred(body func(*bytes.Buffer)) int {
	buf := getFresh()
	body(buf)
	n := buf.Len()
	fresh.Put(buf)
	return n
}

func okScratch(r io.Reader, use func([]byte)) error {
	b := scratch.Get().(*[]byte)
	defer scratch.Put(b)
	n, err := r.Read(*b)
	use((*b)[:n])
	return err
}

type builder struct{ hashes []uint64 }

var builders = sync.Pool{New: func() any { return new(builder) }}

// okWithBuilder: whoever works with the builder, all at hand, begins by emptying it.
func okWithBuilder(build func(*builder)) {
	b := builders.Get().(*builder)
	defer builders.Put(b)
	build(b)
}

func okBuild(hashes []uint64, write func([]uint64)) {
	okWithBuilder(func(b *builder) {
		b.hashes = append(b.hashes[:0], hashes...)
		write(b.hashes)
	})
}
