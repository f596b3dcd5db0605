// Objects with a finalizer that are in no cycle.
package gl504

import (
	"runtime"
	"weak"
)

func okOneWay() *tree {
	t := &tree{}
	t.root = &node{}
	runtime.SetFinalizer(t, finalize)
	return t
}

func okOnlyChildKnowsParent() (*tree, *node) {
	t := &tree{}
	n := newNode(t)
	runtime.SetFinalizer(t, finalize)
	return t, n
}

func okCleanup() *tree {
	t := &tree{}
	t.root = &node{owner: t}
	runtime.AddCleanup(t, func(int) {}, 1)
	return t
}

type weakNode struct{ owner weak.Pointer[tree] }

type weakTree struct{ root *weakNode }

func okWeak(t *tree) *tree {
	n := &weakNode{owner: weak.Make(t)}
	_ = n
	runtime.SetFinalizer(t, finalize)
	return t
}

func okCutAgain() *tree {
	t := &tree{}
	t.self = t
	t.self = nil
	runtime.SetFinalizer(t, finalize)
	return t
}

func okCopiesData(n int) *tree {
	t := &tree{data: make([]byte, n)}
	u := &tree{data: t.data}
	t.self = &tree{data: u.data}
	runtime.SetFinalizer(t, finalize)
	return t
}

func okCallbackWithoutObject(log func(string)) *tree {
	t := &tree{}
	t.onClose = func() { log("closed") }
	runtime.SetFinalizer(t, finalize)
	return t
}

func okFinalizerTakenBack() *tree {
	t := &tree{}
	t.self = t
	runtime.SetFinalizer(t, nil)
	return t
}
