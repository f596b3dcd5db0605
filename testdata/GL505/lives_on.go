// Finalizers that bring their object back.
package gl505

import (
	"runtime"
	"sync"
	"sync/atomic"
)

type buffer struct {
	data []byte
	next *buffer
}

var (
	pool   = sync.Pool{New: func() any { return new(buffer) }}
	free   *buffer
	all    []*buffer
	byName = map[string]*buffer{}
	shared sync.Map
	latest atomic.Value
)

func toPool() *buffer {
	b := pool.Get().(*buffer)
	runtime.SetFinalizer(b, func(b *buffer) { pool.Put(b) }) // want GL505 "the finalizer puts it back into a pool"
	return b
}

func toFreeList() *buffer {
	b := new(buffer)
	runtime.SetFinalizer(b, func(b *buffer) { // want GL505 "stores it in free"
		b.next = free
		free = b
	})
	return b
}

func toSlice() *buffer {
	b := new(buffer)
	runtime.SetFinalizer(b, keep) // want GL505 "stores it in all"
	return b
}

func keep(b *buffer) { all = append(all, b) }

func toMap(name string) *buffer {
	b := new(buffer)
	runtime.SetFinalizer(b, func(b *buffer) { byName[name] = b }) // want GL505 "stores it in byName"
	return b
}

func toChannel(out chan *buffer) *buffer {
	b := new(buffer)
	runtime.SetFinalizer(b, func(b *buffer) { // want GL505 "sends it on out"
		select {
		case out <- b:
		default:
		}
	})
	return b
}

func (b *buffer) recycle() { putBack(b) }

func putBack(b *buffer) {
	b.data = b.data[:0]
	pool.Put(b)
}

func byMethod() *buffer {
	b := new(buffer)
	runtime.SetFinalizer(b, (*buffer).recycle) // want GL505 "puts it back into a pool"
	return b
}

func toSyncMap(id int) *buffer {
	b := new(buffer)
	runtime.SetFinalizer(b, func(b *buffer) { shared.Store(id, b) }) // want GL505 "stores it with shared.Store"
	return b
}

func toAtomic() *buffer {
	b := new(buffer)
	runtime.SetFinalizer(b, func(b *buffer) { latest.Store(b) }) // want GL505 "stores it with latest.Store"
	return b
}
