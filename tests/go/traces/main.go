// Command traces runs generated functions, each with several sources of choices, and prints for each run which
// function it was, how it ended (returned, panicked, stopped, or cut when it took too long) and the markers it met.
package main

import (
	"fmt"
	"iter"
	"runtime"
	"strings"
)

const (
	runs  = 12  // for each function
	steps = 120 // of one run
)

type pair struct{ x, y int }

type tooLong struct{}

var (
	list   = make([]int, 4)
	state  uint64
	met    []string
	result = map[bool]string{false: "f", true: "t"}
)

func choose(n int) int {
	state = state*6364136223846793005 + 1442695040888963407
	return int(state>>33) % n
}

func mark(n int, suffix string) {
	if len(met) == steps {
		panic(tooLong{})
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

func v(n int) any {
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
	if choose(2) == 0 {
		return nil
	}
	return c
}

func room(int) chan int { return make(chan int, 1) }

func quiet(int) {}

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

func run(function func() int, seed int) (ending string) {
	state, met = uint64(seed)*7919+1, nil
	clear(list)
	ended := make(chan string)
	go func() {
		ending := "stopped"
		defer func() {
			switch recover().(type) {
			case nil:
			case tooLong:
				ending = "cut"
			default:
				ending = "panicked"
			}
			ended <- ending
		}()
		function()
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
