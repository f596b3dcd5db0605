// Package function holds functions: closures, results, variadic parameters, and the statements around calls.
package function

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

type Result struct{ n int }

func none()                                               {}
func one() int                                            { return 1 }
func two() (int, error)                                   { return 1, nil }
func named() (n int, err error)                           { n, err = two(); return }
func variadic(prefix string, xs ...any) (n int)           { return len(xs) + len(prefix) }
func funcs(fs ...func(...int) error) []func(...int) error { return fs }
func maker() func() (func(int) string, error)             { return nil }
func blank(_ int, _ string) (_ error)                     { return nil }
func unnamed(int, *Result, map[string]bool) (bool, error) { return false, nil }
func onlyTypes(context.Context, ...string)                {}

var global = func(r *Result) int { return r.n + offset }

var offset, other = two()

var table = map[string]func(int) string{
	"a": func(n int) string { return fmt.Sprint(n, offset) },
	"b": nil,
}

var lazily = sync.OnceValue(func() *Result { return &Result{n: 1} })

var (
	_ io.Reader = (*os.File)(nil)
	_           = func() error { _, err := two(); return err }
)

func calls(ctx context.Context) (err error) {
	none()
	_ = one() + 1
	n, err := two()
	if m, err := named(); err != nil || m > n {
		return err
	}
	_ = variadic("x")
	_ = variadic("x", 1, "a", nil, 2.5, 'r')
	_ = variadic("x", []any{1}...)
	_ = variadic("x", []any{1})
	fmt.Println(two())
	fmt.Printf("%d %v\n", n, err)
	_ = funcs(nil, func(ns ...int) error { _ = ns[0]; return nil })[0](1, 2)
	f, err := maker()()
	_ = f(1)
	_ = err
	_ = blank(one(), "")
	ok, _ := unnamed(1, nil, nil)
	_ = ok
	onlyTypes(ctx)
	onlyTypes(ctx, "a", "b")
	_ = global(&Result{1})
	_ = table["a"](3)
	_ = lazily().n
	func() {
		n++
		err = errors.New("x")
	}()
	total := func(xs ...int) (sum int) {
		for _, x := range xs {
			sum += x
		}
		return
	}(1, 2, n)
	_ = total
	go func(r Result, done chan<- struct{}) {
		defer close(done)
		r.n = n
	}(Result{1}, make(chan struct{}))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	defer none()
	go fmt.Println("x", 1)
	defer (func() { none() })()
	var recursive func(int) int
	recursive = func(n int) int {
		if n == 0 {
			return 1
		}
		return n * recursive(n-1)
	}
	adder := func(a int) func(int) int { return func(b int) int { return a + b } }
	_ = adder(1)(2)
	pass(two())
	x := 1
	var y, z = two()
	var p, q float32 = 1, 2
	_, _, _, _, _ = x, y, z, p, q
	x, w := 2, "w"
	_ = w
	var (
		a    int
		b, c = "b", 'c'
		d    error
		e    func(int) = func(int) {}
	)
	_, _, _, _ = a, b, c, d
	e(1)
	println(1, "x", n, 2.5)
	print('a')
	if err := blank(1, "a"); err != nil {
		panic(err)
	} else if err == io.EOF {
		panic("x")
	}
	if errors.Is(err, io.EOF) || (*os.PathError)(nil) == nil {
		panic(fmt.Sprintf("%v", err))
	}
	return nil
}

func pass(n int, err error) {}

func commaOk(m map[string]*Result, c <-chan Result, a any, nested map[int]map[string]bool) {
	v, ok := m["a"]
	_, _ = v.n, ok
	_, ok = m["b"]
	r, ok := <-c
	_ = r.n
	_, ok = <-c
	s, ok := a.(string)
	_ = s
	_, ok = a.(interface{ Close() error })
	var x, found = m["c"]
	var y, open = <-c
	var z, is = a.(*Result)
	_, _, _, _, _, _ = x, found, y, open, z, is
	var w, has any = m["d"]
	_, _ = w, has
	if v, ok := nested[1]["a"]; ok && v {
		return
	}
	if _, ok := a.(error); ok {
		return
	}
	var b bool
	var i any
	i, b = <-c
	i, b = m["e"]
	v, b = m["e"]
	m["f"], b = a.(*Result)
	_, _ = i, b
	type flag bool
	var g flag
	v, g = m["g"]
	_ = g
	v, ok = (m["h"])
	r, ok = (<-c)
	s, ok = (a.(string))
	_ = <-c
	<-c
	_ = a.(int) + 1
}

func switches(a any, e error, c chan int, d <-chan error, r *Result) (out string) {
	switch x := a.(type) {
	case nil:
		_ = x
	case int:
		_ = x + 1
	case string, []byte:
		_ = x
	case func(int) error:
		_ = x(1)
	case *Result:
		_ = x.n
	case interface{ Unwrap() error }:
		_ = x.Unwrap()
	case error:
		_ = x.Error()
	case map[string]struct{ a int }:
		_ = x["a"].a
	case chan<- int:
		x <- 1
	default:
		_ = x
	}
	switch a.(type) {
	case fmt.Stringer, nil:
	}
	switch y := a; z := y.(type) {
	case bool:
		if z {
			return
		}
	}
	switch err := e.(type) {
	case *os.PathError:
		_ = err.Op
	case interface {
		error
		Timeout() bool
	}:
		_ = err.Timeout() && err.Error() == ""
	}
	switch f := func() int { return 1 }; f() {
	case 1, r.n:
		fallthrough
	case 2:
	default:
	}
	switch x := r.n; {
	case x > 1:
	}
	select {
	case v := <-c:
		_ = v + 1
	case v, ok := <-d:
		_, _ = v, ok
	case r.n = <-c:
	case a, _ = <-d:
	case c <- r.n + 1:
	case c <- 3:
	case <-d:
	default:
	}
	var ok bool
	select {
	case r.n, ok = <-c:
		_ = ok
	case (<-c):
	}
outer:
	for i := 0; ; i++ {
		for j := range 10 {
			if i > j {
				continue outer
			}
			break outer
		}
		goto end
	}
	{
		x := 1
		_ = x
	}
end:
	return fmt.Sprint(a)
}
