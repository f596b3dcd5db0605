// Receivers that get the channel by a way that is easily lost: what a call gives back, a slice, a variadic parameter.
package gl202

import "iter"

type sink struct{ in chan int }

func (s *sink) drain() { <-s.in }

func (s *sink) idle() {}

func attach(in chan int) (string, *sink) { return "sink", &sink{in} }

func same[T any](t T) T { return t }

func okGivenBack() {
	in := make(chan int)
	_, s := attach(in)
	go s.drain()
	in <- 1
}

func okGenericCall() {
	in := make(chan int)
	go same(&sink{in}).drain()
	in <- 1
}

func givenBackToNobody() {
	in := make(chan int)
	_, s := attach(in)
	go s.idle()
	in <- 1 // want GL202 "nobody receives from it"
}

func runGivenBackToNobody() { go givenBackToNobody() }

func okAllFieldsAnew() {
	s := &sink{}
	*s = sink{in: make(chan int)}
	go func() { s.in <- 1 }()
	<-s.in
}

func values(in chan int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for v := range in {
			if !yield(v) {
				return
			}
		}
	}
}

func okRangeOverFunction() {
	in := make(chan int)
	go func() {
		defer close(in)
		in <- 1
		in <- 2
	}()
	for v := range values(in) {
		println(v)
	}
}

func drainAll(ins ...chan int) {
	for _, in := range ins {
		go func() { <-in }()
	}
}

func okVariadic() {
	in := make(chan int)
	drainAll(in)
	in <- 1
}

type option func(*sink)

func reading(in chan int) option { return func(s *sink) { s.in = in } }

func open(options ...option) {
	s := &sink{}
	for _, each := range options {
		each(s)
	}
	go s.drain()
}

func okOption() {
	in := make(chan int)
	open(reading(in))
	in <- 1
}

func okFunctionsInSlice() {
	in := make(chan int)
	jobs := []func(){func() { <-in }}
	for _, job := range jobs {
		go job()
	}
	in <- 1
}

func okStructsInSlice() {
	in := make(chan int)
	for _, each := range []struct{ run func() }{{func() { <-in }}} {
		go each.run()
	}
	in <- 1
}

func okTypeSwitch() {
	in := make(chan int)
	var held any = &sink{in}
	switch s := held.(type) {
	case *sink:
		go s.drain()
	default:
		return
	}
	in <- 1
}
