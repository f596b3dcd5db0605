// Objects from pools that are kept, and never put back.
package gl306

import (
	"bytes"
	"sync"
)

type buffer struct{ data []byte }

func newBuffer() any { return &buffer{data: make([]byte, 1<<16)} }

var (
	literalPool = sync.Pool{New: newBuffer}
	fieldPool   = sync.Pool{New: newBuffer}
	localPool   = sync.Pool{New: newBuffer}
	globalPool  = sync.Pool{New: newBuffer}
	mapPool     = sync.Pool{New: newBuffer}
)

type session struct {
	out  *buffer
	text *bytes.Buffer
	pool sync.Pool
}

func inLiteral() *session {
	return &session{out: literalPool.Get().(*buffer)} // want GL306 "is kept in out, and nothing is ever put back"
}

func (s *session) inField() {
	s.out = fieldPool.Get().(*buffer) // want GL306 "is kept in s.out"
}

func (s *session) byWayOfLocal() int {
	b := localPool.Get().(*buffer) // want GL306 "is kept in s.out"
	b.data = b.data[:0]
	s.out = b
	return cap(b.data)
}

var current *buffer

func inGlobal() {
	current = globalPool.Get().(*buffer) // want GL306 "is kept in current"
}

var byName = map[string]*buffer{}

func inMap(name string) {
	byName[name] = mapPool.Get().(*buffer) // missed GL306 "elements of maps are not looked at"
}

func (s *session) ownPool() {
	s.text, _ = s.pool.Get().(*bytes.Buffer) // want GL306 "session.pool"
}

var asserted = sync.Pool{New: newBuffer}

func byAssertion(s *session) {
	v := asserted.Get() // want GL306 "is kept in s.out"
	s.out = v.(*buffer)
}
