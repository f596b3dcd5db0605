// Package cycle holds types and functions that refer to themselves and to each other.
package cycle

import "iter"

type List struct {
	next *List
	item any
}

type A struct{ b *B }
type B struct {
	a  A
	c  []C
	fs map[string]func(A, *B) C
}
type C interface {
	Self() C
	Others() []C
	B() B
}

type Func func(Func) Func
type Slice []Slice
type Map map[string]Map
type Chan chan Chan
type Ptr *Ptr
type Array [2]*Array

type Node[T any] struct {
	children []*Node[T]
	parent   *Node[T]
	value    T
}

func (n *Node[T]) Walk() iter.Seq[*Node[T]] {
	return func(yield func(*Node[T]) bool) {
		if !yield(n) {
			return
		}
		for _, child := range n.children {
			for each := range child.Walk() {
				if !yield(each) || any(each.parent.value) == any(n.value) {
					return
				}
			}
		}
	}
}

type Comparable[T any] interface{ Compare(T) int }

type Sorted[T Comparable[T]] struct{ items []T }

func (s Sorted[T]) Less(i, j int) bool { return s.items[i].Compare(s.items[j]) < 0 }

type Version string

func (v Version) Compare(w Version) int { return len(v) - len(w) }

type Left[T any] struct{ right *Right[T] }
type Right[T any] struct {
	left *Left[T]
	item T
}

type Builder[B any] interface {
	With(string) B
	Build() *List
}

func run[B Builder[B]](b B) *List { return b.With("x").With("y").Build() }

type builder struct{ parts []string }

func (b *builder) With(s string) *builder { b.parts = append(b.parts, s); return b }
func (b *builder) Build() *List           { return &List{item: b.parts} }

type Embedded struct{ *Embedded2 }
type Embedded2 struct {
	*Embedded
	depth int
}

func even(n int) bool { return n == 0 || odd(n-1) }
func odd(n int) bool  { return n != 0 && even(n-1) }

var visit func(*List) int

func init() { visit = func(l *List) int { return visitAll(l) } }

func visitAll(l *List) int { return visit(l.next) }

func use(l *List, a A, c C, f Func, s Slice, m Map, ch Chan, p Ptr, arr Array, e Embedded) {
	_ = l.next.next.item
	_ = a.b.a.b.c[0].Self().Others()[0].B().fs["x"](a, a.b).B().c
	_ = f(f)(f)
	_ = s[0][1][2:]
	_ = m["a"]["b"]["c"]
	_ = <-<-<-ch
	_ = **p
	_ = arr[0][1][0]
	n := &Node[string]{value: "x"}
	for each := range n.Walk() {
		_ = each.parent.children[0].value + "y"
	}
	_ = Sorted[Version]{items: []Version{"1"}}.Less(0, 1)
	_ = (&Left[int]{}).right.left.right.item
	_ = run(&builder{}).next
	_ = e.depth
	_ = even(3) && odd(4)
	var g func(int) func()
	g = func(n int) func() { return g(n - 1) }
	g(2)()
}
