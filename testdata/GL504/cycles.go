// Objects with a finalizer that can be reached from themselves.
package gl504

import "runtime"

type tree struct {
	root    *node
	nodes   []*node
	byName  map[string]*node
	onClose func()
	self    *tree
	data    []byte
}

type node struct {
	owner *tree
	other *node
	hook  func()
}

func (t *tree) free()       { t.data = nil }
func (t *tree) add(n *node) { t.nodes = append(t.nodes, n) }
func newNode(t *tree) *node { return &node{owner: t} }
func finalize(t *tree)      { t.free() }

func parentAndChild() *tree {
	t := &tree{}
	n := &node{owner: t}
	t.root = n
	runtime.SetFinalizer(t, finalize) // want GL504 "points at n, which leads back to t"
	return t
}

func childInLiteral() *tree {
	t := &tree{}
	t.root = &node{owner: t}
	runtime.SetFinalizer(t, finalize) // want GL504 "t has a finalizer and points at itself"
	return t
}

func callback() *tree {
	t := &tree{}
	t.onClose = func() { t.free() }
	runtime.SetFinalizer(t, finalize) // want GL504 "points at itself"
	return t
}

func methodValue() *tree {
	t := &tree{}
	t.onClose = t.free
	runtime.SetFinalizer(t, finalize) // want GL504 "points at itself"
	return t
}

func throughConstructorAndMethod() *tree {
	t := &tree{}
	n := newNode(t)
	t.add(n)
	runtime.SetFinalizer(t, finalize) // want GL504 "points at n"
	return t
}

func inMap(name string) *tree {
	t := &tree{byName: map[string]*node{}}
	n := &node{owner: t}
	t.byName[name] = n
	runtime.SetFinalizer(t, finalize) // want GL504 "points at n"
	return t
}

func ofTheChild(t *tree) *node {
	n := &node{}
	m := &node{other: n}
	n.other = m
	runtime.SetFinalizer(n, func(n *node) { n.owner = nil }) // want GL504 "points at m"
	return n
}

func (t *tree) link(n *node) { n.owner = t }

func twoMethods() *tree {
	t := &tree{}
	n := new(node)
	t.link(n)
	t.add(n)
	runtime.SetFinalizer(t, finalize) // want GL504 "points at n"
	return t
}
