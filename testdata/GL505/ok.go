// Finalizers after which the object is gone.
package gl505

import "runtime"

var lengths []int

func okNumberOnly() *buffer {
	b := new(buffer)
	runtime.SetFinalizer(b, func(b *buffer) { lengths = append(lengths, len(b.data)) })
	return b
}

func okOwnField() *buffer {
	b := new(buffer)
	runtime.SetFinalizer(b, func(b *buffer) { b.next = nil })
	return b
}

func okSelfReference() *buffer {
	b := new(buffer)
	runtime.SetFinalizer(b, func(b *buffer) { b.next = b })
	return b
}

func (b *buffer) drop() { b.data = nil }

func okGoroutineThatEnds() *buffer {
	b := new(buffer)
	runtime.SetFinalizer(b, func(b *buffer) { go b.drop() })
	return b
}

func okLocal() *buffer {
	b := new(buffer)
	runtime.SetFinalizer(b, func(b *buffer) {
		c := b
		c.drop()
	})
	return b
}

// okOtherObject: what is stored is not the object, but what it pointed at.
func okOtherObject() *buffer {
	b := &buffer{next: new(buffer)}
	runtime.SetFinalizer(b, func(b *buffer) { free = b.next })
	return b
}

func okCleanup() *buffer {
	b := new(buffer)
	runtime.AddCleanup(b, func(n int) { lengths = append(lengths, n) }, len(b.data))
	return b
}
