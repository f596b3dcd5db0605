// Objects that are used after they went back to their pool.
package gl303

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

var slices = sync.Pool{New: func() any { b := make([]byte, 4096); return &b }}

func getBuffer() *bytes.Buffer {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	return b
}

func putBuffer(b *bytes.Buffer) {
	if b.Cap() > 1<<16 {
		return
	}
	buffers.Put(b)
}

func returnsBytesOfDeferred(v any) ([]byte, error) {
	buf := getBuffer()
	defer putBuffer(buf)
	if err := json.NewEncoder(buf).Encode(v); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil // want GL303 "what is returned here is memory of buf"
}

func returnsTrimmed(v any) []byte {
	buf := getBuffer()
	defer buffers.Put(buf)
	_ = json.NewEncoder(buf).Encode(v)
	out := bytes.TrimSpace(buf.Bytes())
	return out // want GL303 "memory of buf"
}

func returnsNamed(v any) (out []byte, err error) {
	buf := getBuffer()
	defer func() {
		putBuffer(buf)
	}()
	err = json.NewEncoder(buf).Encode(v)
	out = buf.Bytes() // want GL303 "memory of buf"
	return
}

func returnsPartOfSlice(r io.Reader) ([]byte, error) {
	bp := slices.Get().(*[]byte)
	defer slices.Put(bp)
	n, err := r.Read(*bp)
	return (*bp)[:n], err // want GL303 "memory of bp"
}

func formatsAfterPut(r io.Reader) error {
	buf := getBuffer()
	if _, err := buf.ReadFrom(r); err != nil {
		buffers.Put(buf)
		return fmt.Errorf("after %d bytes: %w", buf.Len(), err) // want GL303 "buf is used after it went back to buffers"
	}
	buffers.Put(buf)
	return nil
}

func putTwiceOnError(w io.Writer, v any) error {
	buf := getBuffer()
	err := json.NewEncoder(buf).Encode(v)
	if err != nil {
		putBuffer(buf)
	}
	_, err = w.Write(nil)
	putBuffer(buf) // want GL303 "put back a second time"
	return err
}

func putThoughDeferred(w io.Writer, v any) error {
	buf := getBuffer()
	defer putBuffer(buf)
	if err := json.NewEncoder(buf).Encode(v); err != nil {
		putBuffer(buf) // want GL303 "a second time by the deferred Put"
		return err
	}
	_, err := w.Write(buf.Bytes())
	return err
}

type frame struct {
	payload []byte
	next    *frame
}

var frames = sync.Pool{New: func() any { return new(frame) }}

func (f *frame) release() {
	f.payload = f.payload[:0]
	frames.Put(f)
}

func readsFieldAfterRelease(w io.Writer, f *frame) int {
	f.release()
	n, _ := w.Write(f.payload) // want GL303 "f is passed on after it went back to frames"
	return n
}

func sendsAfterPut(out chan<- *frame) {
	f := frames.Get().(*frame)
	frames.Put(f)
	out <- f // want GL303 "f is sent after"
}

func walksAfterPut(f *frame) {
	for f != nil {
		frames.Put(f)
		f = f.next // want GL303 "f is read after"
	}
}

type holder struct{ buf *bytes.Buffer }

func (h *holder) keepsInField() int {
	buffers.Put(h.buf)
	return h.buf.Len() // missed GL303 "objects in fields are not followed"
}

type parcel struct{ weight int }

var parcels = sync.Pool{New: func() any { return new(parcel) }}

func (p *parcel) release() {
	if p == nil {
		return
	}
	parcels.Put(p)
}

func weighsAfterRelease(p *parcel) int {
	p.release()
	return p.weight // want GL303 "p is returned after it went back to parcels"
}

func writesIntoTheMap(t *okTags) {
	tagMaps.Put(*t)
	(*t)["gone"] = "yes" // want GL303 "t is written to after it went back"
}

func clearsWhatThePoolHas(b *[]byte) {
	slices.Put(b)
	*b = nil // want GL303 "b is written to after it went back"
}

func keepsAPart(b *[]byte) {
	slices.Put(*b)
	*b = (*b)[:0] // want GL303 "b is written to after it went back"
}
