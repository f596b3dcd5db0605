// Finalizers and cleanups whose function literal captures the object.
package gl502

import (
	"os"
	"runtime"
)

type handle struct {
	file *os.File
	name string
	next *handle
}

func (h *handle) close()             { h.file.Close() }
func (h *handle) finalize(_ *handle) { h.file.Close() }

func capturesObject(f *os.File) *handle {
	h := &handle{file: f}
	runtime.SetFinalizer(h, func(_ *handle) { // want GL502 "captures h"
		h.close()
	})
	return h
}

func (h *handle) capturesReceiver() {
	runtime.SetFinalizer(h, func(*handle) { h.file.Close() }) // want GL502 "captures h"
}

func capturesThroughAlias(f *os.File) *handle {
	h := &handle{file: f}
	self := h
	runtime.SetFinalizer(h, func(_ *handle) { // want GL502 "captures self"
		self.close()
	})
	return h
}

func capturesAddressedVariable(f *os.File) *handle {
	var h handle
	h.file = f
	runtime.SetFinalizer(&h, func(*handle) { h.close() }) // want GL502 "captures h"
	return &h
}

func functionInVariable(f *os.File) *handle {
	h := &handle{file: f}
	done := func() { h.close() }
	runtime.SetFinalizer(h, func(*handle) { done() }) // want GL502 "captures done"
	return h
}

func capturesInInnerLiteral(f *os.File) *handle {
	h := &handle{file: f}
	runtime.SetFinalizer(h, func(*handle) { // want GL502 "captures h"
		go func() { h.close() }()
	})
	return h
}

func methodValue(f *os.File) *handle {
	h := &handle{file: f}
	runtime.SetFinalizer(h, h.finalize) // want GL502 "is the method finalize bound to h"
	return h
}

func cleanupCaptures(f *os.File) *handle {
	h := &handle{file: f}
	runtime.AddCleanup(h, func(name string) { // want GL502 "the cleanup of h captures h"
		os.Remove(name)
		h.close()
	}, h.name)
	return h
}

func everyItem(files []*os.File) (all []*handle) {
	for _, f := range files {
		h := &handle{file: f}
		runtime.SetFinalizer(h, func(*handle) { h.close() }) // want GL502 "captures h"
		all = append(all, h)
	}
	return all
}

type owner struct{ handle *handle }

func capturesOwner(o *owner) {
	runtime.SetFinalizer(o.handle, func(*handle) { o.handle.close() }) // want GL502 "captures o"
}

func okOwnParameter(f *os.File) *handle {
	h := &handle{file: f}
	runtime.SetFinalizer(h, func(h *handle) { h.close() })
	return h
}

func okMethodExpression(f *os.File) *handle {
	h := &handle{file: f}
	runtime.SetFinalizer(h, (*handle).close)
	return h
}

func okCapturesFieldOnly(f *os.File) *handle {
	h := &handle{file: f}
	file := h.file
	runtime.SetFinalizer(h, func(*handle) { file.Close() })
	return h
}

func variableNamesAnotherLater(f, g *os.File) *handle {
	h := &handle{file: f}
	first := h
	runtime.SetFinalizer(first, func(*handle) { first.close() }) // want GL502 "captures first"
	h = &handle{file: g}
	return h
}

func okClearedAfterwards(f *os.File) {
	h := &handle{file: f}
	runtime.SetFinalizer(h, func(*handle) {
		if h != nil {
			h.close()
		}
	})
	h = nil
}

func okCopyOfTheStruct(f *os.File) *handle {
	var h handle
	h.file = f
	copied := h
	runtime.SetFinalizer(&h, func(*handle) { copied.close() })
	return &h
}

func okShadowed(f *os.File) *handle {
	h := &handle{file: f}
	runtime.SetFinalizer(h, func(other *handle) {
		h := other.next
		if h != nil {
			h.close()
		}
	})
	return h
}

func okFinalizerTakenOff(h *handle) {
	runtime.SetFinalizer(h, nil)
}

func okSharedByRounds(files []*os.File) {
	var h *handle
	for _, f := range files {
		h = &handle{file: f}
		runtime.SetFinalizer(h, func(*handle) { h.close() })
	}
}

var global = &handle{}

func okNeverMeantToDie() {
	runtime.SetFinalizer(global, func(*handle) { global.close() })
}
