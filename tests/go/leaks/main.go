// Command leaks runs generated programs many times, all at once and with noise in the scheduling, until nothing moves
// any more, and prints for each program how often its goroutines were then blocked at which operations.
//
//	leaks RUNS SEED
//
// prints lines `program times ending operation...`; the ending is `quiet`, or `crash` where a goroutine panicked
// or went in circles.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// world is what the goroutines of one run share. A goroutine may have one of its own in which a channel is another.
type world struct {
	run    *run
	c      [3]chan int
	m      [2]*sync.Mutex
	rw     *sync.RWMutex
	wg     *sync.WaitGroup
	cond   *sync.Cond
	ctx    context.Context
	cancel context.CancelFunc
	flag   *atomic.Bool
}

type run struct {
	program int
	seed    uint64
	mu      sync.Mutex
	tasks   []*task
	crashed atomic.Bool
}

// task is one goroutine: at is the number of the operation it is at, or done.
type task struct {
	at    atomic.Int32
	ops   int
	state uint64
	noisy bool
}

type body func(*world, *task)

const (
	done = -1
	most = 300 // operations of one goroutine: more than any has that does not go in circles
)

var progress atomic.Int64 // counts operations of all goroutines

func newWorld(r *run, capacities [3]int) *world {
	w := &world{run: r, rw: new(sync.RWMutex), wg: new(sync.WaitGroup), flag: new(atomic.Bool)}
	for i, n := range capacities {
		if n >= 0 {
			w.c[i] = make(chan int, n)
		}
	}
	for i := range w.m {
		w.m[i] = new(sync.Mutex)
	}
	w.cond = sync.NewCond(w.m[0])
	w.ctx, w.cancel = context.WithCancel(context.Background())
	return w
}

// fresh is w with a new channel in the place of one.
func (w *world) fresh(i int) *world {
	other := *w
	other.c[i] = make(chan int, cap(w.c[i]))
	return &other
}

func (w *world) start(f body) {
	r := w.run
	r.mu.Lock()
	t := &task{state: r.seed*0x9E3779B97F4A7C15 + uint64(len(r.tasks)+1)*0xBF58476D1CE4E5B9, noisy: r.seed%4 != 0}
	r.tasks = append(r.tasks, t)
	r.mu.Unlock()
	t.at.Store(-2)
	go func() {
		defer func() {
			if recover() != nil {
				r.crashed.Store(true)
			}
			t.at.Store(done)
			progress.Add(1)
		}()
		t.noise()
		f(w, t)
	}()
}

func (t *task) next() uint64 {
	t.state ^= t.state << 13
	t.state ^= t.state >> 7
	t.state ^= t.state << 17
	return t.state
}

func (t *task) coin() bool { return t.next()>>33&1 == 0 }

// op says what comes next, and lets others go first now and then. A run without end is given up.
func (t *task) op(number int32) {
	if t.ops++; t.ops > most {
		panic("no end")
	}
	t.at.Store(number)
	progress.Add(1)
	t.noise()
}

func (t *task) noise() {
	if !t.noisy {
		return
	}
	switch n := t.next() >> 20; n % 16 {
	case 0:
		time.Sleep(time.Duration(n >> 8 % 200 * 1000))
	case 1, 2, 3:
		for range n >> 8 % 8 {
			runtime.Gosched()
		}
	case 4, 5, 6, 7:
		runtime.Gosched()
	}
}

// settle waits until no goroutine has come to another operation for a while.
func settle() {
	for quiet, last := 0, int64(-1); quiet < 3; {
		time.Sleep(40 * time.Millisecond)
		now := progress.Load()
		if now == last {
			quiet++
		} else {
			quiet = 0
		}
		last = now
	}
}

func main() {
	times, _ := strconv.Atoi(os.Args[1])
	seed, _ := strconv.ParseUint(os.Args[2], 10, 64)
	var runs []*run
	for range times {
		for i, p := range programs {
			seed++
			r := &run{program: i, seed: seed}
			runs = append(runs, r)
			p(r)
		}
		runtime.Gosched()
	}
	settle()
	counts := map[string]int{}
	for _, r := range runs {
		counts[r.ending()]++
	}
	for ending, count := range counts {
		program, rest, _ := strings.Cut(ending, " ")
		fmt.Println(program, count, rest)
	}
}

func (r *run) ending() string {
	if r.crashed.Load() {
		return fmt.Sprint(r.program, " crash")
	}
	var at []int32
	for _, t := range r.tasks {
		if n := t.at.Load(); n != done {
			at = append(at, n)
		}
	}
	slices.Sort(at)
	words := fmt.Sprint(slices.Compact(at))
	return fmt.Sprint(r.program, " quiet ", strings.Trim(words, "[]"))
}
