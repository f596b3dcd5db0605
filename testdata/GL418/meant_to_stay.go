// Deferred releases in loops that keep nothing longer than meant.
package gl418

import (
	"io"
	"net"
	"os"
	"sync"
	"time"
)

func okFunctionForEachRound(names []string) error {
	for _, name := range names {
		err := func() error {
			f, err := os.Open(name)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = io.Copy(io.Discard, f)
			return err
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

// okReturnsAfterDefer: go-critic reports this, although no second round ever defers (go-critic 1451).
func okReturnsAfterDefer(names []string) (string, error) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		data, err := io.ReadAll(f)
		return string(data), err
	}
	return "", os.ErrNotExist
}

func okBreaksAfterDefer(names []string) {
	for _, name := range names {
		if f, err := os.Open(name); err == nil {
			defer f.Close()
			io.Copy(io.Discard, f)
			break
		}
	}
}

func okNeededAfterTheLoop(names []string) error {
	var readers []io.Reader
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		readers = append(readers, f)
	}
	_, err := io.Copy(io.Discard, io.MultiReader(readers...))
	return err
}

func okKeptInMap(names []string, use func(map[string]*os.File)) {
	open := map[string]*os.File{}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return
		}
		defer f.Close()
		open[name] = f
	}
	use(open)
}

func okUsedByGoroutine(l net.Listener) {
	var wg sync.WaitGroup
	defer wg.Wait()
	for range 100 {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		wg.Add(1)
		go func() {
			defer wg.Done()
			io.Copy(conn, conn)
		}()
	}
}

func okHandedToSomebody(names []string, register func(io.Reader)) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return
		}
		defer f.Close()
		register(f)
	}
}

func okFewRounds() {
	for _, name := range []string{"/etc/hosts", "/etc/passwd"} {
		f, err := os.Open(name)
		if err != nil {
			return
		}
		defer f.Close()
	}
	for i := 0; i < 3; i++ {
		f, err := os.Open("/etc/hosts")
		if err != nil {
			return
		}
		defer f.Close()
	}
}

// okFewInVariable is how go-ethereum tries malformed handshakes, one after the other.
func okFewInVariable(open func(string) (*os.File, error)) {
	names := []string{"/etc/hosts", "/etc/passwd", "/etc/group"}
	for _, name := range names {
		f, err := open(name)
		if err != nil {
			return
		}
		defer f.Close()
	}
}

func growingList(open func(string) (*os.File, error), more []string) {
	names := []string{"/etc/hosts"}
	names = append(names, more...)
	for _, name := range names {
		f, err := open(name)
		if err != nil {
			return
		}
		defer f.Close() // want GL418 "f of every round"
	}
}

// okCountedRetry is how moby brings a link up: at most three rounds, although err decides, too.
func okCountedRetry(open func() (io.Closer, error)) {
	var err error
	tries := 0
	for _, err = open(); err != nil && tries < 3; tries++ {
		f, again := open()
		defer f.Close()
		err = again
	}
}

// okLockedOnce is how grpc-go's interop server takes its lock with the first message that needs it.
func okLockedOnce(mu *sync.Mutex, next func() (int, bool)) (sum int) {
	locked := false
	for {
		n, more := next()
		if !more {
			return sum
		}
		if n > 0 {
			if !locked {
				mu.Lock()
				defer mu.Unlock()
				locked = true
			}
			sum += n
		}
	}
}

type feed struct{ events chan int }

func (f *feed) Subscribe(to chan int) *subscription {
	f.events = to
	return &subscription{}
}

type subscription struct{}

func (*subscription) Unsubscribe() {}

// okSubscribedLazily is how go-ethereum waits for nodes: a function literal sets what the guard tests.
func okSubscribedLazily(f *feed, enough func() bool) {
	var notify chan int
	subscribe := func() *subscription {
		notify = make(chan int, 1)
		return f.Subscribe(notify)
	}
	for !enough() {
		if notify == nil {
			sub := subscribe()
			defer sub.Unsubscribe()
		}
		<-notify
	}
}

// okEveryShard takes all locks on purpose; each round has a lock of its own.
func okEveryShard(shards []*account) (sum int) {
	for _, shard := range shards {
		shard.mu.Lock()
		defer shard.mu.Unlock()
	}
	for i := range shards {
		sum += shards[i].balance
	}
	return sum
}

// okCleanups collects what helpers want done at the end, as moby's command-line tests do.
func okCleanups(steps []func() func()) {
	for _, step := range steps {
		cleanup := step()
		if cleanup != nil {
			defer cleanup()
		}
	}
}

// okReleasedEachRoundToo is how promtool writes blocks: closed in each round, deferred only for early returns.
func okReleasedEachRoundToo(names []string) (err error) {
	for _, name := range names {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		closed := false
		defer func() {
			if !closed {
				f.Close()
			}
		}()
		if _, err := f.WriteString("x"); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
		closed = true
	}
	return nil
}

// nextSource is how go-ethereum's FairMix picks a node: only a source that has ended brings a second round.
func nextSource(pick func() (<-chan int, time.Duration), drop func(<-chan int)) int {
	for {
		source, wait := pick()
		timer := time.NewTimer(wait)
		defer timer.Stop() // wrong GL418 "nobody tells how seldom a round ends without a return"
		select {
		case item, ok := <-source:
			if ok {
				return item
			}
			drop(source)
		case <-timer.C:
			return 0
		}
	}
}

const probes = 3

// okFewProbes is how go-ethereum asks a clock: its only caller wants three measurements and two more.
func okFewProbes() (time.Duration, error) { return probe(probes) }

func probe(measurements int) (time.Duration, error) {
	var total time.Duration
	for i := 0; i < measurements+2; i++ {
		conn, err := net.Dial("udp", "192.0.2.1:123")
		if err != nil {
			return 0, err
		}
		defer conn.Close()
		sent := time.Now()
		if _, err := conn.Write([]byte{0x1b}); err != nil {
			return 0, err
		}
		total += time.Since(sent)
	}
	return total / time.Duration(measurements), nil
}

type okSegments struct {
	done map[int]bool
	next int
	open func(int) *subscription
}

// finish goes on as far as segments lie side by side, and no further.
func (s *okSegments) finish(idx int) {
	s.done[idx] = true
	for {
		if _, ok := s.done[s.next]; !ok {
			break
		}
		sub := s.open(s.next)
		defer sub.Unsubscribe()
		s.next++
	}
}

type node struct {
	next *node
	open func() *subscription
}

// okList ends with the list.
func okList(n *node) {
	for {
		if n == nil {
			return
		}
		sub := n.open()
		defer sub.Unsubscribe()
		n = n.next
	}
}

type answer struct{ parts []*subscription }

func (a *answer) Next() (*subscription, error) {
	if len(a.parts) == 0 {
		return nil, io.EOF
	}
	first := a.parts[0]
	a.parts = a.parts[1:]
	return first, nil
}

// okAnswer ends with the last part of the answer.
func okAnswer(a *answer) error {
	for {
		sub, err := a.Next()
		if err != nil {
			if err == io.EOF {
				return nil
			}
			return err
		}
		defer sub.Unsubscribe()
	}
}

var places = []string{"/etc/hosts", "/etc/passwd"}

func okFewInPackage() {
	for _, name := range places {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
	}
}
