// Pools that never give nil, or whose users expect it.
package gl304

import (
	"bytes"
	"sync"
)

var withNew = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func okHasNew() int {
	b := withNew.Get().(*bytes.Buffer)
	b.Reset()
	defer withNew.Put(b)
	return b.Len()
}

var setLater sync.Pool

func init() { setLater.New = func() any { return new(item) } }

func okNewSetInInit() int {
	it := setLater.Get().(*item)
	defer setLater.Put(it)
	return len(it.data)
}

type okPool struct{ items sync.Pool }

func okConstructed() *okPool {
	return &okPool{items: sync.Pool{New: func() any { return new(item) }}}
}

func (p *okPool) size() int {
	it := p.items.Get().(*item)
	defer p.items.Put(it)
	return len(it.data)
}

func okHandedIn(pool *sync.Pool) int {
	it := pool.Get().(*item)
	defer pool.Put(it)
	return len(it.data)
}

func okSwitched() int {
	switch v := zeroed.Get().(type) {
	case *item:
		return len(v.data)
	default:
		return 0
	}
}

var zeroed sync.Pool

var elsewhere sync.Pool

func configure(pool *sync.Pool) { pool.New = func() any { return new(item) } }

func okNewSetThroughPointer() int {
	configure(&elsewhere)
	it := elsewhere.Get().(*item)
	defer elsewhere.Put(it)
	return len(it.data)
}
