// AddCleanup keeps its argument alive as it keeps its function.
package gl502

import (
	"runtime"
	"syscall"
)

type mapping struct {
	data []byte
	fd   int
	meta meta
}

type meta struct{ path string }

type wrapper struct {
	m    *mapping
	name string
}

func free(*wrapper)      {}
func unmap([]byte)       {}
func drop(*meta)         {}
func forget(*mapping)    {}
func closeFD(fd int)     { syscall.Close(fd) }
func runAll(fs []func()) {}

func argumentIsObject() *mapping {
	m := &mapping{}
	runtime.AddCleanup(m, forget, m) // want GL502 "AddCleanup panics"
	return m
}

func argumentHoldsObject() *mapping {
	m := &mapping{}
	runtime.AddCleanup(m, free, &wrapper{m: m, name: "x"}) // want GL502 "the cleanup's argument holds m"
	return m
}

func argumentPointsInside() *mapping {
	m := &mapping{}
	runtime.AddCleanup(m, drop, &m.meta) // want GL502 "the cleanup's argument holds m"
	return m
}

func argumentInVariable() *mapping {
	m := &mapping{}
	w := &wrapper{m: m}
	runtime.AddCleanup(m, free, w) // want GL502 "the cleanup's argument holds m"
	return m
}

func argumentIsListOfClosures() *mapping {
	m := &mapping{}
	runtime.AddCleanup(m, runAll, []func(){func() { closeFD(m.fd) }}) // want GL502 "the cleanup's argument holds m"
	return m
}

type node struct {
	payload *mapping
	parent  *node
}

func newNode(parent *node) *node { return &node{parent: parent} }

func throughCalledFunction(parent *node) *node {
	n := newNode(parent)
	holder := newNode(n)
	runtime.AddCleanup(n, func(*node) {}, holder) // missed GL502 "what a called function returns is not followed"
	return n
}

func okDescriptor() *mapping {
	m := &mapping{}
	runtime.AddCleanup(m, closeFD, m.fd)
	return m
}

func okBuffer() *mapping {
	m := &mapping{}
	runtime.AddCleanup(m, unmap, m.data)
	return m
}

func okInteriorPointer() *mapping {
	m := &mapping{}
	runtime.AddCleanup(&m.meta, closeFD, m.fd)
	return m
}

func okCopiedField() *mapping {
	m := &mapping{}
	info := m.meta
	runtime.AddCleanup(m, drop, &info)
	return m
}

type unrelated struct{}

func (unrelated) SetFinalizer(*mapping, func(*mapping)) {}

func okOtherSetFinalizer(runtime unrelated) *mapping {
	m := &mapping{}
	runtime.SetFinalizer(m, func(*mapping) { forget(m) })
	return m
}
