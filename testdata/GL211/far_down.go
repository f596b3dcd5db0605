// The Done stands so many calls down that it is not looked into: who gets the wait group there may do anything.
package gl211

import "sync"

type pool struct {
	once sync.Once
	quit chan struct{}
	wg   sync.WaitGroup
}

func (p *pool) one(work func())   { p.two(work) }
func (p *pool) two(work func())   { p.three(work) }
func (p *pool) three(work func()) { p.four(work) }
func (p *pool) four(work func())  { p.five(work) }
func (p *pool) five(work func())  { p.six(work) }

func (p *pool) six(work func()) {
	work()
	p.once.Do(func() {
		close(p.quit)
		go p.wg.Done()
	})
}

func okOnceFarDown() {
	p := &pool{quit: make(chan struct{})}
	p.wg.Add(1)
	go p.one(func() {})
	p.wg.Wait()
	<-p.quit
}
