// Resources that only a finalizer or cleanup gives back.
package gl503

import (
	"os"
	"runtime"
	"syscall"
)

type mapping struct{ data []byte }

func mapFile(f *os.File, size int) (*mapping, error) {
	data, err := syscall.Mmap(int(f.Fd()), 0, size, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	m := &mapping{data: data}
	runtime.SetFinalizer(m, func(m *mapping) { syscall.Munmap(m.data) }) // want GL503 "nothing but the finalizer gives back what mapping holds"
	return m, nil
}

type arena interface {
	Free()
	Destroy()
	Release()
	Dispose()
	Shutdown()
	Unmap()
}

type block struct{ in arena }

func finalizeBlock(b *block) { b.in.Free() }

func byFunction(a arena) *block {
	b := &block{in: a}
	runtime.SetFinalizer(b, finalizeBlock) // want GL503 "what block holds"
	return b
}

type texture struct{ in arena }

func (t *texture) destroy() { t.in.Destroy() }

func byMethod(a arena) *texture {
	t := &texture{in: a}
	runtime.SetFinalizer(t, (*texture).destroy) // want GL503 "what texture holds"
	return t
}

type handle struct{ in arena }

func byCleanup(a arena) *handle {
	h := &handle{in: a}
	runtime.AddCleanup(h, func(a arena) { a.Release() }, a) // want GL503 "nothing but the cleanup gives back what handle holds"
	return h
}

type view struct{ in arena }

func (v *view) dispose() { v.release() }
func (v *view) release() { v.in.Dispose() }

func byTwoCalls(a arena) *view {
	v := &view{in: a}
	runtime.SetFinalizer(v, (*view).dispose) // want GL503 "what view holds"
	return v
}

type device struct{ in arena }

// The constructor gives back what it could not use; users cannot.
func constructorAlone(a arena, ok bool) *device {
	d := &device{in: a}
	if !ok {
		a.Shutdown()
		return nil
	}
	runtime.SetFinalizer(d, func(d *device) { d.in.Shutdown() }) // want GL503 "what device holds"
	return d
}
