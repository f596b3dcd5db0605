// Command traces runs generated functions, each with several sources of choices, and prints for each run which
// function it was, how it ended (returned, panicked, stopped, or cut when it took too long) and the markers it met.
package main

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"runtime"
	"strings"
)

const (
	runs  = 12 // for each function
	steps = 80 // of one run
)

const (
	one = 1
	two = one + 1
)

type level int

const (
	low level = iota
	high
)

var (
	ErrA = errors.New("a")
	errB = errors.New("b")
)

type pair struct{ x, y int }

type myErr struct{}

func (*myErr) Error() string { return "mine" }

type counter int

func (c *counter) add(n int) { *c += counter(n) }

type inner struct{ p *int }

type store struct {
	inner
	err  error
	open bool
	n    int
}

func (s *store) set(n int) {
	s.open = n > 1
	s.n = n
	s.err = fail(n)
	s.p = nil
}

func (s store) look(int) {}

var (
	list   = make([]int, 4)
	state  uint64
	met    []string
	cut    bool
	result = map[bool]string{false: "f", true: "t"}
	names  = []string{"", "a", "b", "a"}
	errs   = []error{nil, ErrA, errB, &myErr{}}
	global error
)

func choose(n int) int {
	state = state*6364136223846793005 + 1442695040888963407
	return int(state>>33) % n
}

func mark(n int, suffix string) {
	if len(met) >= steps {
		cut = true
		runtime.Goexit()
	}
	met = append(met, fmt.Sprint(n, suffix))
}

func m(n int) { mark(n, "") }

func k(n int) int {
	mark(n, "")
	return choose(4)
}

func q(n int) bool {
	value := choose(2) == 0
	mark(n, result[value])
	return value
}

// see marks with the answers to some conditions.
func see(n int, answers ...bool) {
	var words strings.Builder
	for _, answer := range answers {
		words.WriteString(result[answer])
	}
	mark(n, words.String())
}

// rec marks with whether something was recovered.
func rec(n int, recovered any) bool {
	mark(n, result[recovered != nil])
	return recovered != nil
}

func value(n int) any {
	mark(n, "")
	return []any{1, true, "text", nil}[choose(4)]
}

func add(n, x, y int) int {
	mark(n, "")
	return (x + y) % 4
}

func pick(n int) func(int) int {
	mark(n, "")
	return func(x int) int { return x }
}

func ready1(n int) chan int {
	mark(n, "")
	c := make(chan int, 1)
	c <- choose(4)
	return c
}

func ready(n int) chan int {
	c := ready1(n)
	switch choose(3) {
	case 0:
		return nil
	case 1:
		close(c)
	}
	return c
}

func room(int) chan int { return make(chan int, 1) }

func feed(n int) chan error {
	mark(n, "")
	c := make(chan error, 3)
	for range choose(4) {
		c <- fail(choose(4))
	}
	close(c)
	return c
}

func quiet(int) {}

func fill(m map[string]int) {
	if m != nil {
		m["c"] = 1
	}
}

func setInt(p *int, n int) { *p = n }

func setBool(p *bool) { *p = !*p }

func setErr(p *error, n int) { *p = errs[n&3] }

func grow(p *[]int) { *p = append(*p, 1) }

func fail(n int) error { return errs[n&3] }

func give(n int) (int, error) { return n, fail(choose(4)) }

func float(n int) float64 { return []float64{0, 1, 2, math.NaN()}[n&3] }

func small(n int) map[string]int {
	mark(n, "")
	return []map[string]int{nil, {}, {"a": 1}, {"b": 2}}[choose(4)]
}

// once calls a function.
func once(n int, f func()) {
	mark(n, "")
	f()
}

// alone calls a function in a goroutine of its own, whose end it waits for, whatever that is.
func alone(n int, f func()) {
	mark(n, "")
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() { _ = recover() }()
		f()
	}()
	<-done
}

func each0(n int) func(func() bool) {
	mark(n, "")
	rounds := choose(3)
	return func(yield func() bool) {
		for range rounds {
			if !yield() {
				return
			}
		}
	}
}

func each(n int) iter.Seq[int] {
	mark(n, "")
	rounds := choose(4)
	return func(yield func(int) bool) {
		for i := range rounds {
			if !yield(i) {
				return
			}
		}
	}
}

func each2(n int) iter.Seq2[int, error] {
	mark(n, "")
	rounds := choose(4)
	return func(yield func(int, error) bool) {
		for i := range rounds {
			if !yield(i, fail(choose(4))) {
				return
			}
		}
	}
}

// eachdo calls a function before each round and before the end.
func eachdo(n int, f func()) iter.Seq[int] {
	mark(n, "")
	rounds := choose(3)
	return func(yield func(int) bool) {
		for i := 0; ; i++ {
			f()
			if i == rounds || !yield(i) {
				return
			}
		}
	}
}

func run(function func() (int, error), seed int) string {
	state, met, cut, global = uint64(seed)*7919+1, nil, false, nil
	clear(list)
	ended := make(chan string)
	go func() {
		ending := "stopped"
		defer func() {
			if recover() != nil {
				ending = "panicked"
			}
			if cut {
				ending = "cut"
			}
			ended <- ending
		}()
		_, _ = function()
		ending = "returned"
	}()
	return <-ended
}

func main() {
	for number, function := range functions {
		for seed := range runs {
			fmt.Println(number, run(function, seed), strings.Join(met, " "))
		}
	}
	runtime.KeepAlive(functions)
}
