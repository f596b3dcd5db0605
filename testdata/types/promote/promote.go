// Package promote holds fields and methods that come from embedded types.
package promote

import (
	"io"
	"sync"
)

type Base struct {
	ID   int
	Name string
}

func (b Base) Describe() string    { return b.Name }
func (b *Base) Rename(name string) { b.Name = name }

type Middle struct {
	*Base
	Level uint8
}

type Deep struct {
	Middle
	sync.Mutex
	tags []string
}

type Shadowing struct {
	Deep
	Name []rune
}

func (s *Shadowing) Describe() []byte { return []byte(string(s.Name)) }

// Left and Right both have Side, so Both has none but its own.
type Left struct{ Side, OnlyLeft int }
type Right struct{ Side, OnlyRight float64 }
type Both struct {
	Left
	*Right
}

type Settled struct {
	Both
	Side string
}

type Named interface{ Describe() string }

type Closing interface {
	Named
	io.Closer
	interface{ Reset(int) error }
}

type Holder struct {
	Closing
	io.Reader
}

type Pointing struct{ *Holder }

type ints []int

func (i ints) Sum() (total int) {
	for _, each := range i {
		total += each
	}
	return
}

type Listing struct{ ints }

type Func func(int) string

func (f Func) Call(n int) string { return f(n) }

type Hooked struct{ Func }

func use(d *Deep, s *Shadowing, b Both, e Settled, h Holder, p Pointing, l Listing, k Hooked) {
	d.Lock()
	defer d.Unlock()
	d.Rename(d.Describe())
	d.ID, d.Base.ID, d.Middle.Base.ID = 1, 2, 3
	_ = d.Level + d.Middle.Level
	d.tags = append(d.tags, d.Name)
	(*d).Rename(d.tags[0])
	_ = s.Describe()
	_ = s.Deep.Describe()
	_ = s.Name[0]
	_ = s.Deep.Name[0]
	_ = b.OnlyLeft
	_ = b.OnlyRight
	_ = b.Left.Side
	_ = b.Right.Side
	_ = e.Side
	_ = e.Both.Left.Side
	_ = h.Describe()
	_ = h.Close()
	_ = h.Reset(1)
	_, _ = h.Read(nil)
	_ = p.Close()
	_ = p.Closing.Reset(2)
	_, _ = p.Holder.Reader.Read(make([]byte, 4))
	_ = l.Sum() + l.ints.Sum() + len(l.ints)
	_ = k.Call(1) + k.Func(2)
	pp := &p
	_ = pp.Describe()
	_ = pp.Holder.Closing
}

// Cut has a field and a deeper method of the same name.
type Cut struct {
	Base
	Rename bool
}

func cut(c *Cut) bool {
	c.Base.Rename("x")
	return c.Rename && (&c.Base).Describe() == ""
}

func anonymous() {
	var x struct {
		Base
		inner struct{ *Middle }
	}
	x.Rename("y")
	_ = x.inner.Describe()
	_ = x.inner.Level
	_ = struct{ io.Writer }{}.Writer
	var y interface {
		Named
		More() (a, b int)
	}
	_, _ = y.More()
	_ = y.Describe()
}

type ToDeep *Deep

func named(p ToDeep, q *ToDeep) {
	_ = p.ID
	_ = p.Middle.Level
	_ = (*p).Describe()
	_ = (*q).tags
}
