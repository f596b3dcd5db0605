// Package infer holds type arguments that are not written.
package infer

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync/atomic"

	. "goleaklint.example/types/generic"
)

func Map[A, B any](as []A, f func(A) B) []B {
	var bs []B
	for _, a := range as {
		bs = append(bs, f(a))
	}
	return bs
}

func Filter[S ~[]E, E any](s S, keep func(E) bool) S {
	return slices.DeleteFunc(slices.Clone(s), func(e E) bool { return !keep(e) })
}

func Reduce[A, B any](as []A, b B, f func(B, A) B) B {
	for _, a := range as {
		b = f(b, a)
	}
	return b
}

func Must[T any](t T, err error) T {
	if err != nil {
		panic(err)
	}
	return t
}

func Ptr[T any](t T) *T { return &t }

func Keys[M ~map[K]V, K cmp.Ordered, V any](m M) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func Send[T any](c chan<- T, ts ...T) {
	for _, t := range ts {
		c <- t
	}
}

func Merge[T any](cs ...<-chan T) <-chan T { return cs[0] }

func Compose[A, B, C any](f func(A) B, g func(B) C) func(A) C { return func(a A) C { return g(f(a)) } }

func Zero[T any]() (t T) { return }

func Identity[T any](t T) T { return t }

func Apply[T any](t T, fs ...func(T) T) T {
	for _, f := range fs {
		t = f(t)
	}
	return t
}

func Larger[T cmp.Ordered](a, b T) T { return max(a, b) }

func Convert[To, From any](f From, by func(From) To) To { return by(f) }

func Both[T any](a T, b []T) (T, []T) { return a, b }

func Visit[K comparable, V any](m map[K]V, f func(K, V)) {}

func Collect[T any](seq func(func(T) bool)) (ts []T) {
	for t := range seq {
		ts = append(ts, t)
	}
	return
}

func Build[T any, P interface {
	*T
	Set(string)
}](s string) T {
	var t T
	P(&t).Set(s)
	return t
}

func SetAll[T any, P interface {
	*T
	Set(string)
}](ps []P, s string) {
	for _, p := range ps {
		p.Set(s)
	}
}

func Recurse[T any](depth int, t T) int {
	if depth > 3 {
		return depth
	}
	return Recurse(depth+1, t) + Recurse(depth+1, &depth) + Recurse[T](depth+1, t)
}

func Fixed[F ~func() R, R any](f F) R { return f() }

func Pairs[K comparable, V any](ps ...Pair[K, V]) map[K]V { return nil }

func Constrained[S interface{ []E }, E any](e E) S { return S{e} }

func Methods[T interface{ Get() R }, R any](t T) R { return t.Get() }

type source struct{}

func (source) Get() []string { return nil }

type Names []string
type Weights map[string]float64
type Handler func(string) error
type Feed chan int

func arguments(ctx context.Context, names Names, weights Weights, feed Feed) {
	lengths := Map([]string(names), func(s string) int { return len(s) })
	_ = lengths[0]
	_ = Map(names, strings.ToUpper)
	_ = Map(lengths, strconv.Itoa)
	_ = Filter(names, func(s string) bool { return s != "" })
	_ = Filter(Map(names, func(s string) []byte { return []byte(s) }), func(b []byte) bool { return b != nil })
	_ = Reduce(lengths, 0.5, func(sum float64, n int) float64 { return sum + float64(n) })
	_ = Reduce(names, map[string]bool{}, func(m map[string]bool, s string) map[string]bool { m[s] = true; return m })
	_ = Must(strconv.Atoi("1")) + 2
	_ = Must(names, nil)
	_ = *Ptr(3) + *Ptr(lengths[0])
	_ = *Ptr("x") + *Ptr(names[0])
	_, _, _ = Ptr('r'), Ptr(1.5), Ptr(2i)
	_ = Ptr(true)
	_ = Ptr(len(names) > 1)
	_ = Keys(weights)
	_ = slices.Sorted(maps.Keys(weights))
	Send(feed, 1, 2)
	Send(feed)
	Send(make(chan error), nil, errors.New("x"))
	_ = <-Merge(make(<-chan string), make(chan string))
	_ = Compose(strconv.Itoa, strings.ToLower)(3)
	_ = Compose(func(int) (r rune) { return }, func(rune) error { return nil })
	_ = Zero[context.Context]()
	_ = Zero[struct{ a, b int }]().a
	_ = Apply(3, func(n int) int { return n + 1 }, Identity)
	_ = Larger(1, 2.5)
	_ = Larger('a', 1)
	_ = Larger(lengths[0], 1)
	_ = Larger(names[0], "x")
	_ = Convert[string](7, strconv.Itoa)
	_ = Convert[string, int](7, strconv.Itoa)
	_, _ = Both(1.0, nil)
	_, _ = Both(nil, []error{})
	Visit(weights, func(k string, v float64) { _ = k })
	_ = Collect(slices.Values(names))
	_ = Collect(maps.Values(weights))
	_ = Build[Text]("x")
	SetAll([]*Text{}, "x")
	_ = Fixed(func() error { return nil })
	_ = Pairs(MakePair("a", 1), MakePair("b", 2))["a"]
	_ = Pairs(Pair[string, any]{Key: "a", Value: 1})
	_ = Constrained[[]int](1)[0]
	_ = Constrained(1.5)
	_ = Methods(source{})[0]
	_ = Identity(Identity[Identity1])(Identity1{})
	var pointer atomic.Pointer[source]
	_ = pointer.Load().Get()
	pointer.Store(&source{})
	v, ok := context.Cause(ctx).(interface{ Unwrap() []error })
	_, _ = Ptr(v), ok
	index, found := slices.BinarySearchFunc(names, 3, func(s string, n int) int { return cmp.Compare(len(s), n) })
	_, _ = index, found
	_ = Sum(1, 2.5)
	_ = Sum(lengths...)
	_ = Sum(Age(1), 2)
	_ = new(List[Names]).Push(names).Push(nil)
	_ = cmp.Or(names[0], "x", "y")
}

type Identity1 struct{}

func functions(names Names, lengths []int, lists [][]int) {
	slices.SortFunc(names, strings.Compare)
	slices.SortFunc(lengths, cmp.Compare)
	slices.SortFunc(lengths, cmp.Compare[int])
	slices.SortFunc(lists, slices.Compare)
	sort.Slice(names, func(i, j int) bool { return names[i] < names[j] })
	_ = Map(lengths, Identity)
	_ = Map(lengths, Ptr[int])
	_ = Map(lists, Sum2)
	_ = slices.MaxFunc(lists, slices.Compare)
	_ = slices.EqualFunc(lengths, names, func(a int, b string) bool { return false })
	var f func(int) *int = Ptr
	_ = f(1)
	f = Ptr
	g := Identity[string]
	_ = g("x")
	var h Handler = Discard
	_ = h
	var s struct{ f func(string) string }
	s.f = Identity
	m := map[string]func(float64, float64) float64{"max": Larger[float64]}
	m["min"] = Larger
	fs := make([]func(bool) bool, 1)
	fs[0] = Identity
	takes(Identity)
	_, f = 1, Ptr
	_, _ = returned()
	var p1, p2 func(error) *error = Ptr, Ptr[error]
	_, _ = p1, p2
}

func Sum2[S ~[]E, E Number](s S) E { return Sum(s...) }

func Discard[T any](T) error { return nil }

func takes(f func(rune) rune) {}

func returned() (func(int) int, error) { return Identity, nil }
