// Package generic holds generic types and functions, written out in full.
package generic

import (
	"cmp"
	"sync"
)

type Number interface {
	~int | ~int8 | ~int64 | ~float64
}

type List[T any] struct {
	head, tail *node[T]
	size       int
}

type node[T any] struct {
	value T
	next  *node[T]
}

func (l *List[T]) Push(value T) *List[T] {
	n := &node[T]{value: value}
	if l.tail == nil {
		l.head = n
	} else {
		l.tail.next = n
	}
	l.tail = n
	l.size++
	return l
}

func (l *List[E]) All(yield func(int, E) bool) {
	i := 0
	for n := l.head; n != nil; n = n.next {
		if !yield(i, n.value) {
			return
		}
		i++
	}
}

func (*List[_]) Kind() string { return "list" }

type Pair[K comparable, V any] struct {
	Key   K
	Value V
}

func (p Pair[K, V]) Swap(k K) (V, K) { return p.Value, k }

func MakePair[K comparable, V any](k K, v V) Pair[K, V] { return Pair[K, V]{Key: k, Value: v} }

type Cache[K cmp.Ordered, V interface{ Close() error }] struct {
	sync.RWMutex
	entries map[K]*Pair[K, V]
	evicted chan<- V
	onEvict func(K, V) error
}

func (c *Cache[K, V]) Get(key K) (value V, ok bool) {
	c.RLock()
	defer c.RUnlock()
	pair, ok := c.entries[key]
	if !ok {
		return
	}
	if pair.Key < key || key > pair.Key {
		_ = pair.Value.Close()
	}
	return pair.Value, true
}

func (c *Cache[K, V]) Drop(key K) error {
	pair := c.entries[key]
	delete(c.entries, key)
	c.evicted <- pair.Value
	if c.onEvict != nil {
		return c.onEvict(pair.Key, pair.Value)
	}
	var zero V
	_ = zero
	return nil
}

func Sum[T Number](xs ...T) T {
	var total T
	for _, x := range xs {
		total += x
	}
	return total * 2 / T(len(xs))
}

type Tree[T interface{ Less(T) bool }] struct {
	Left, Right *Tree[T]
	Item        T
}

func (t *Tree[T]) Find(item T) *Tree[T] {
	switch {
	case t == nil:
		return nil
	case item.Less(t.Item):
		return t.Left.Find(item)
	case t.Item.Less(item):
		return t.Right.Find(item)
	}
	return t
}

type Age int

func (a Age) Less(b Age) bool { return a < b }
func (a Age) Close() error    { return nil }

type Embedding[T any] struct {
	List[T]
	*Pair[string, T]
	extra []T
}

type Embedded struct {
	Embedding[float64]
	cache Cache[string, Age]
}

type Matrix[T Number] [][]T

func (m Matrix[T]) At(i, j int) T { return m[i][j] }

type Fn[A, B any] func(A) (B, error)

func (f Fn[A, B]) Apply(a A) B { b, _ := f(a); return b }

type Set[T comparable] map[T]struct{}

func (s Set[T]) Has(t T) bool { _, ok := s[t]; return ok }

type Stream[T any] chan T

func (s Stream[T]) Next() (T, bool) { v, ok := <-s; return v, ok }

type Setter[T any] interface {
	*T
	Set(string)
}

type Text struct{ s string }

func (t *Text) Set(s string) { t.s = s }

func FromStrings[T any, PT Setter[T]](ss []string) []T {
	result := make([]T, len(ss))
	for i, s := range ss {
		p := PT(&result[i])
		p.Set(s)
	}
	return result
}

func use() {
	l := &List[string]{}
	l.Push("a").Push("b").head.value += "c"
	l.All(func(i int, s string) bool { return len(s) > i })
	_ = l.Kind()
	p := Pair[string, []int]{"k", []int{1}}
	v, k := p.Swap("x")
	_, _ = v[0], k
	q := MakePair[string, *List[int]]("a", nil)
	_ = q.Value.Push(3).size
	var c Cache[string, Age]
	age, ok := c.Get("k")
	_, _ = age, ok
	_ = c.Drop("z")
	_ = Sum[int]()
	_ = Sum[float64](1, 2.5)
	_ = Sum[Age](1, 2)
	t := Tree[Age]{Item: 3}
	_ = t.Find(4).Left.Item.Less(5)
	var e Embedded
	e.Push(1).head.value++
	e.Key += "x"
	e.Value -= 2
	e.extra[0] = e.List.tail.next.value
	_ = e.cache.entries["k"].Value
	m := Matrix[Age]{{1, 2}, {3}}
	_ = m.At(0, 1) + m[0][0]
	f := Fn[int, string](func(int) (string, error) { return "", nil })
	_ = f.Apply(1) + Fn[string, string].Apply(nil, "x")
	s := Set[Pair[int, bool]]{{1, true}: {}}
	_ = s.Has(Pair[int, bool]{2, false})
	next := make(Stream[error], 1).Next
	err, more := next()
	_, _ = err, more
	_ = FromStrings[Text]([]string{"a"})[0].s
	_ = FromStrings[Text, *Text](nil)
	push := (*List[rune]).Push
	_ = push(&List[rune]{}, 'x').size
	g := Sum[int8]
	_ = g(1, 2)
	var nested Pair[Pair[int, string], Pair[bool, Set[int]]]
	_ = nested.Value.Value.Has(nested.Key.Key)
}

func inside[T Number, S ~[]T](s S, t T) (S, []T) {
	s = append(s, t, 1, T(2))
	_ = len(s[1:]) + cap(s)
	for i := range s {
		s[i] = -s[i] + 3
	}
	for _, each := range s {
		t = max(t, each, 0)
	}
	var p *T = &s[0]
	*p++
	clear(s)
	return s[:1:2], []T(s)
}

func channel[C ~chan E | ~<-chan E, E any](c C) (e E, ok bool) {
	for e = range c {
		break
	}
	e, ok = <-c
	return <-c, ok
}

func mapped[M ~map[K]V, K comparable, V any](m M) (keys []K) {
	for k, v := range m {
		m[k] = v
		keys = append(keys, k)
	}
	value, ok := m[keys[0]]
	_, _ = value, ok
	delete(m, keys[0])
	return
}

func called[F func(A) R, A, R any](f F, a A) R { return f(a) }

func bytes[T ~string | ~[]byte](t T) (byte, int) {
	for i := 0; i < len(t); i++ {
		_ = t[i] + 1
	}
	return t[0], copy(make([]byte, 3), t)
}

func pointed[T any, P interface{ *T }](p P) T { return *p }

func structural[T interface{ ~struct{ X int } }](t T) T { return t }

func constrained[T interface {
	Number
	String() string
}](t T) string {
	if t > 3 {
		return t.String()
	}
	return any(t).(interface{ String() string }).String()
}

func switched[T any](t T) int {
	switch x := any(t).(type) {
	case int:
		return x
	case T:
		_ = x
	case []T:
		return len(x)
	case Pair[string, T]:
		_ = x.Value
	}
	return 0
}
