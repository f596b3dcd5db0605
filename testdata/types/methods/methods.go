// Package methods holds method values and method expressions.
package methods

import (
	"bytes"
	"strings"
	"time"
)

type Counter struct{ n int }

func (c Counter) Get() int                { return c.n }
func (c *Counter) Add(n int, more ...int) { c.n += n + len(more) }
func (Counter) Static() (a, b string)     { return "", "" }

type Getter interface{ Get() int }

type Wrapped struct{ *Counter }

type Op func(*Counter, int, ...int)

func (o Op) On(c *Counter) { o(c, 1) }

func values(c Counter, p *Counter, g Getter, w Wrapped) {
	get := c.Get
	add := p.Add
	_ = get() + g.Get()
	add(1)
	add(1, 2, 3)
	add(1, []int{2}...)
	fromInterface := g.Get
	_ = fromInterface()
	fromWrapped := w.Add
	fromWrapped(4)
	go c.Static()
	defer p.Add(1)
	func() { _ = c.Static }()
}

func expressions(c Counter, w Wrapped) {
	f := Counter.Get
	_ = f(c)
	g := (*Counter).Add
	g(&c, 1, 2)
	h := (*Counter).Get
	_ = h(&c)
	i := Getter.Get
	_ = i(c)
	j := Wrapped.Add
	j(w, 1)
	Op((*Counter).Add).On(&c)
	Op.On((*Counter).Add, &c)
	_ = (*bytes.Buffer).Len(new(bytes.Buffer))
	_ = time.Duration.Seconds(time.Second)
	_ = strings.NewReplacer("a", "b").Replace
	m := error.Error
	_ = m
	table := map[string]func(*Counter, int, ...int){"add": (*Counter).Add}
	table["add"](&c, 1)
	list := []func() int{c.Get, w.Get, c.Get}
	_ = list[0]()
}

type Chain struct{ next *Chain }

func (c *Chain) Next() *Chain               { return c.next }
func (c *Chain) With(f func(*Chain)) *Chain { f(c); return c }

func chained() *Chain {
	return (&Chain{}).Next().With(func(c *Chain) { c.next = c }).next.Next()
}
