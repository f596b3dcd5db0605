// Add in the goroutine that it counts.
package gl210

import "sync"

// not run: Wait returns too early, which is no goroutine that stays
func addFirst(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			defer wg.Done()
			wg.Add(1) // want GL210 "runs inside the goroutine it counts"
			job()
		}()
	}
	wg.Wait()
}

// not run: Wait returns too early, which is no goroutine that stays
func addLater(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			if job == nil {
				return
			}
			wg.Add(1) // want GL210 "runs inside the goroutine it counts"
			job()
			wg.Done()
		}()
	}
	wg.Wait()
}

// not run: Wait returns too early, which is no goroutine that stays
func addInACallee(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go work(&wg, job)
	}
	wg.Wait()
}

// not run: its goroutines are those of addInACallee
func work(wg *sync.WaitGroup, job func()) {
	wg.Add(1) // want GL210 "runs inside the goroutine it counts"
	defer wg.Done()
	job()
}

type server struct {
	wg   sync.WaitGroup
	jobs chan func()
}

// not run: its goroutines are those of start
func (s *server) loop() {
	s.wg.Add(1) // want GL210 "runs inside the goroutine it counts"
	defer s.wg.Done()
	for job := range s.jobs {
		job()
	}
}

func (s *server) start() {
	go s.loop()
}

// flush is no end: more may be started after it.
func (s *server) flush() {
	close(s.jobs)
	s.wg.Wait()
}

// not run: Wait returns too early, which is no goroutine that stays
func addOfAPointer(jobs []func()) {
	wg := new(sync.WaitGroup)
	for _, job := range jobs {
		go func() {
			defer wg.Done()
			wg.Add(1) // want GL210 "runs inside the goroutine it counts"
			job()
		}()
	}
	wg.Wait()
}

// not run: Wait returns too early, which is no goroutine that stays
func addAsParameter(job func()) {
	var wg sync.WaitGroup
	go func(group *sync.WaitGroup) {
		defer group.Done()
		group.Add(1) // want GL210 "runs inside the goroutine it counts"
		job()
	}(&wg)
	wg.Wait()
}

func okAddOutside() {
	var wg sync.WaitGroup
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
		}()
	}
	wg.Wait()
}

func okCountsItsChildren() {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		for i := 0; i < 3; i++ {
			wg.Add(1)
			go func() {
				defer wg.Done()
			}()
		}
	}()
	wg.Wait()
}

func okOneOfItsOwn() {
	go func() {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() { defer wg.Done() }()
		wg.Wait()
	}()
}

func okAnotherGroup() {
	var outer, inner sync.WaitGroup
	outer.Add(1)
	go func() {
		defer outer.Done()
		inner.Add(1)
		go func() { defer inner.Done() }()
	}()
	outer.Wait()
	inner.Wait()
}

func okAddBeforeTheCallee() {
	var wg sync.WaitGroup
	wg.Add(1)
	go finish(&wg)
	wg.Wait()
}

// run by okAddBeforeTheCallee
func finish(wg *sync.WaitGroup) { defer wg.Done() }

func okOnlyDone() {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { wg.Done() }()
	go func() { wg.Done() }()
	wg.Wait()
}

type okConn struct {
	refs sync.WaitGroup
}

// start runs a goroutine that its caller has counted already.
func (c *okConn) start() {
	go func() {
		defer c.refs.Done()
		for i := 0; i < 3; i++ {
			c.refs.Add(1)
			go func() {
				c.refs.Done()
			}()
		}
	}()
}

func runOkConn() {
	c := &okConn{}
	c.refs.Add(1)
	c.start()
	c.refs.Wait()
}

// okTarget lets nobody begin any more before it waits.
type okTarget struct {
	mu sync.RWMutex
	ch chan int
	wg sync.WaitGroup
}

func (t *okTarget) loop() {
	t.mu.RLock()
	ch := t.ch
	if ch != nil {
		t.wg.Add(1)
		defer t.wg.Done()
	}
	t.mu.RUnlock()
	if ch == nil {
		return
	}
	for range ch {
	}
}

func (t *okTarget) stop() {
	t.mu.Lock()
	close(t.ch)
	t.ch = nil
	t.mu.Unlock()
	t.wg.Wait()
}

func runOkTarget() {
	t := &okTarget{ch: make(chan int)}
	go t.loop()
	t.stop()
}

type listener struct {
	mu sync.Mutex
	ch chan int
	n  int
	wg sync.WaitGroup
}

// not run: its goroutines are those of pause
func (l *listener) loop() {
	l.mu.Lock()
	if l.n < 3 {
		l.wg.Add(1) // want GL210 "runs inside the goroutine it counts"
		defer l.wg.Done()
	}
	l.mu.Unlock()
	<-l.ch
}

func (l *listener) start() { go l.loop() }

// pause waits without having the lock: who comes later is not seen.
func (l *listener) pause() {
	close(l.ch)
	l.wg.Wait()
	l.mu.Lock()
	l.n = 3
	l.mu.Unlock()
}

// okEnded is waited for only when all is over: its goroutine has counted itself long before.
type okEnded struct {
	wg   sync.WaitGroup
	jobs chan func()
}

// not run: its goroutine is that of runOkEnded
func (e *okEnded) loop() {
	e.wg.Add(1)
	defer e.wg.Done()
	for job := range e.jobs {
		job()
	}
}

func (e *okEnded) stop() {
	close(e.jobs)
	e.wg.Wait()
}

func runOkEnded() {
	e := &okEnded{jobs: make(chan func())}
	go e.loop()
	e.stop()
}
