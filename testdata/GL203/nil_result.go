// A function that gives nil in one case, and a channel that it closes in all others, to callers who never ask for nil.
package gl203

type peers struct{ ask []func() int }

func (p *peers) collect() <-chan int {
	if p == nil {
		return nil
	}
	answers := make(chan int)
	go func() {
		defer close(answers)
		for _, each := range p.ask {
			answers <- each()
		}
	}()
	return answers
}

func okForward(in <-chan int, out chan<- int) {
	defer close(out)
	for v := range in {
		out <- v
	}
}

func runOkForward() { runOkGuardedReceiver() }

func okGuardedReceiver(p *peers) {
	out := make(chan int)
	go okForward(p.collect(), out)
	for v := range out {
		println(v)
	}
}

func runOkGuardedReceiver() { okGuardedReceiver(&peers{ask: []func() int{func() int { return 1 }}}) }

func (p *peers) stream() chan int {
	if p == nil {
		return nil
	}
	answers := make(chan int)
	go func() {
		for _, each := range p.ask {
			answers <- each()
		}
	}()
	return answers
}

func drained(in <-chan int) {
	for range in { // want GL203 "may have returned, and nobody sends on it or closes it again"
	}
}

func startDrained(p *peers) { go drained(p.stream()) }

func runDrained() { startDrained(&peers{ask: []func() int{func() int { return 1 }}}) }
