// Package ranges holds range clauses over everything Go can range over.
package ranges

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

type Count int16
type Text string
type Row [4]float32
type Rows []Row
type Index map[string]*Row
type Feed <-chan error
type Seq func(yield func(Count) bool)
type Triple[K, V any] = func(func(K, V) bool)

type Box struct{ items []string }

func (b *Box) All() iter.Seq2[int, string]     { return slices.All(b.items) }
func (b *Box) Each(yield func(string) bool)    {}
func (b *Box) Pairs(f func(a, b rune) bool)    {}
func (b *Box) Times(f func() bool)             {}
func (b *Box) Back() func(func(int) bool)      { return nil }
func Named[K comparable, V any]() Triple[K, V] { return nil }

func over(b *Box, rows Rows, row *Row, index Index, feed Feed, t Text, n Count, seq Seq, a any) {
	for i := range rows {
		_ = i + 1
	}
	for i, r := range rows {
		_ = r[i]
	}
	for _, f := range row {
		_ = f + 1
	}
	for i, f := range *row {
		_, _ = i, f
	}
	for i := range row {
		_ = i
	}
	for i := range len(row) {
		_ = i
	}
	for k, v := range index {
		_ = v[0]
		_ = k + "x"
	}
	for k := range index {
		delete(index, k)
	}
	for err := range feed {
		_ = err.Error()
	}
	for i, r := range t {
		_ = t[i]
		_ = string(r)
	}
	for i := range "constant" {
		_ = i
	}
	for _, r := range "constant" {
		_ = r - 'a'
	}
	for i := range n {
		_ = i + n
	}
	for i := range 10 {
		_ = i
	}
	for i := range Count(3) {
		_ = i
	}
	for i := range 'a' {
		_ = i
	}
	const ten = 10
	for i := range ten {
		_ = i
	}
	var typed uint8
	for typed = range 200 {
		_ = typed
	}
	for range 3 {
	}
	for range n {
	}
	for range seq {
	}
	for c := range seq {
		_ = c + 1
	}
	for i, s := range b.All() {
		_ = s[i]
	}
	for s := range b.Each {
		_ = s + "x"
	}
	for x, y := range b.Pairs {
		_ = x + y
	}
	for range b.Times {
	}
	for i := range b.Back() {
		_ = i
	}
	for k, v := range Named[string, *Box]() {
		_ = v.items[len(k)]
	}
	for v := range slices.Values(rows) {
		_ = v[0]
	}
	for k, v := range maps.All(index) {
		_, _ = k, v
	}
	for _, each := range slices.SortedFunc(maps.Keys(index), strings.Compare) {
		_ = each
	}
	for i, each := range [...]struct{ a int }{{1}, {2}} {
		_ = each.a + i
	}
	for k, v := range map[string][]int{"a": {1}} {
		for _, w := range v {
			_ = w
		}
		_ = k
	}
	for x := range func(yield func(*Box) bool) { yield(b) } {
		_ = x.items
	}
	for s := range strings.SplitSeq("a,b", ",") {
		_ = s
	}
	var k string
	var v *Row
	for k, v = range index {
	}
	for k = range index {
	}
	for b.items[0], v = range index {
	}
	for _, row[0] = range row {
	}
	for range feed {
		break
	}
	_, _ = k, v
	for i, x := range []any{1, a} {
		_, _ = i, x
	}
	for i := 0; i < 3; i++ {
		_ = i
	}
	for i, j := 0, uint8(3); i < int(j); i, j = i+1, j-1 {
	}
	for {
		break
	}
	next, stop := iter.Pull(slices.Values(b.items))
	defer stop()
	s, ok := next()
	_, _ = s, ok
	next2, _ := iter.Pull2(b.All())
	i, s, ok := next2()
	_, _ = i, ok
}

func generic[T any, S ~[]T, A interface{ ~[3]T }, M ~map[string]T, N ~int8, F ~func(func(T) bool), C ~chan T, X ~string](s S, a A, m M, n N, f F, c C, x X) (t T) {
	for i, t := range s {
		_, _ = i, t
	}
	for i, t := range a {
		_, _ = i, t
	}
	for k, t := range m {
		_, _ = k, t
	}
	for i := range n {
		_ = i + 1
	}
	for t := range f {
		_ = t
	}
	for t = range c {
	}
	for i, r := range x {
		_, _ = i, r
	}
	return
}

func Filter[V any](seq iter.Seq[V], keep func(V) bool) iter.Seq[V] {
	return func(yield func(V) bool) {
		for v := range seq {
			if keep(v) && !yield(v) {
				return
			}
		}
	}
}

func Enumerate[V any](seq iter.Seq[V]) iter.Seq2[int, V] {
	return func(yield func(int, V) bool) {
		i := 0
		seq(func(v V) bool {
			defer func() { i++ }()
			return yield(i, v)
		})
	}
}

func filtered(b *Box) []string {
	for i, s := range Enumerate(Filter(b.Each, func(s string) bool { return s != "" })) {
		_ = s[i:]
	}
	return slices.Collect(Filter(slices.Values(b.items), func(s string) bool { return len(s) > 2 }))
}
