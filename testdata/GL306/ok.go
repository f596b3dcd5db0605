// Objects from pools that come back, or are not kept.
package gl306

import "sync"

var returned = sync.Pool{New: newBuffer}

type okSession struct{ out *buffer }

func okPutOnClose() *okSession { return &okSession{out: returned.Get().(*buffer)} }

func (s *okSession) close() {
	returned.Put(s.out)
	s.out = nil
}

var local = sync.Pool{New: newBuffer}

func okLocal() int {
	b := local.Get().(*buffer)
	return len(b.data)
}

func okHandedIn(s *session, pool *sync.Pool) {
	s.out = pool.Get().(*buffer)
}

var handedOn = sync.Pool{New: newBuffer}

func okHandedOn() (*session, *sync.Pool) {
	return &session{out: handedOn.Get().(*buffer)}, &handedOn
}

var helped = sync.Pool{New: newBuffer}

func putHelped(b *buffer) { helped.Put(b) }

func okHelper(s *session) func() {
	s.out = helped.Get().(*buffer)
	return func() { putHelped(s.out) }
}

func okOtherGet(s *session, m *sync.Map) {
	v, _ := m.Load("buffer")
	s.out, _ = v.(*buffer)
}

var sized = sync.Pool{New: newBuffer}

func okField(s *session) int {
	b := sized.Get().(*buffer)
	n := cap(b.data)
	sized.Put(b)
	return n
}
