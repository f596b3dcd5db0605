// Package flow holds declarations that lie in an order other than that of their use.
package flow

import "sync"

var first = second + len(third)

var second, third = fourth()

func fourth() (int, []string) { return fifth.n, nil }

var fifth = &state{n: limit}

const limit = half * 2
const half = 1 << 4

type state struct {
	n    int
	once sync.Once
	step func(*state) *state
	wait [limit]chan struct{}
}

var steps = [...]func(*state) *state{begin, middle, end}

func begin(s *state) *state  { return s.step(s) }
func middle(s *state) *state { s.once.Do(func() { s.n += first }); return s }
func end(s *state) *state {
	for i := range s.wait {
		close(s.wait[i])
	}
	_ = s.step(s).n
	<-s.wait[second]
	return fifth
}

var (
	lock      sync.Mutex
	byName    = map[string]*state{"a": fifth, "b": {n: 2}}
	pick      = func(name string) (*state, bool) { lock.Lock(); s, ok := byName[name]; return s, ok }
	picked, _ = pick("a")
)

func init() { _ = steps[picked.n%len(steps)](picked).n }
func init() { _, _ = pick("b") }
