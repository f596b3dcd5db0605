// Package local holds types declared in functions, and aliases.
package local

import (
	"fmt"
	"io"
	"net/url"
)

type (
	Any              = any
	Values           = url.Values
	Reader           = io.Reader
	First            = Second
	Second           = Third
	Third            = map[string]First2
	First2           = []*Struct
	Struct           struct{ r Reader }
	Byte             = byte
	Fun              = func(First) (Second, error)
	Ptr              = *Struct
	Inst             = Pair[string, Struct]
	Vec[T any]       = []T
	Dict[V any]      = map[string]Vec[V]
	Of[K comparable] = Pair[K, int]
	Pair[K, V any]   struct {
		K K
		V V
	}
	Renamed Inst
	Method  = interface{ Close() error }
)

func (s *Struct) Read(p []Byte) (int, error) { return s.r.Read(p) }

func (p *Pair[K, V]) Key() K { return p.K }

func aliases(f First, fun Fun, v Values, p Ptr, i Inst, vec Vec[int], d Dict[error], o Of[rune], r Renamed, m Method) {
	_ = f["x"][0].r
	s, err := fun(f)
	_, _ = s["y"], err
	_ = v.Get("x")
	_, _ = p.Read(nil)
	_ = i.Key() + i.K
	_ = vec[0] + 1
	_ = d["x"][0].Error()
	_ = o.Key() + o.K
	_ = o.V
	_ = r.V.r
	_ = m.Close()
	var a Any = Vec[string]{"x"}
	_ = a.(Vec[string])[0]
	_ = Dict[bool]{"a": {true}}
	_ = First2{{nil}, Ptr(nil)}
	_ = Inst{K: "x"}
	_ = &Of[string]{"k", 1}
	_ = []Byte("x")[0]
	_ = Reader(p)
	_ = make(Vec[Vec[int]], 1)[0][0]
}

func types(n int) (result fmt.Stringer) {
	type point struct{ x, y int }
	type points []point
	type chain struct {
		next *chain
		at   point
	}
	type alias = chain
	type fn func(point) *alias
	var ps points
	ps = append(ps, point{1, 2})
	c := &chain{at: ps[0]}
	c.next.next.at.x++
	var f fn = func(p point) *alias { return c }
	_ = f(point{}).next.at
	{
		type point string
		var p point = "x"
		_ = p + "y"
		_ = []point{p, "z"}
	}
	if n > 0 {
		type embedded struct {
			point
			*Struct
			Reader2 io.Reader
		}
		e := embedded{point: point{1, 2}}
		_ = e.x
		_ = e.r
		_, _ = e.Read(nil)
	}
	type inter interface{ Do(point) inter2 }
	var in inter
	_ = in.Do(point{}).Value()
	func() {
		type inner struct{ p *point }
		_ = inner{&ps[0]}.p.y
	}()
	const size = 3
	type array [size]point
	_ = array{}[0].x
	var _ interface{ point() } = nil
	return nil
}

type inter2 interface{ Value() []int }

func generic[T any](t T) func() any {
	type wrapped struct{ inner T }
	type list []wrapped
	w := wrapped{t}
	l := list{w, {inner: t}}
	_ = l[0].inner
	type again map[string]*wrapped
	m := again{"x": &w}
	return func() any { return m["x"].inner }
}

func (p *Pair[K, V]) method(k K) {
	type entry struct {
		key  K
		pair *Pair[K, V]
	}
	e := entry{k, p}
	_ = e.pair.V
	_ = e.key
}
