// Other locks, other times, other goroutines.
package gl221

import "sync"

type node struct {
	mu    sync.Mutex
	n     int
	next  *node
	parts [2]sync.Mutex
}

func (n *node) add(amount int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.n += amount
}

func (n *node) okAnother(other *node) {
	n.mu.Lock()
	defer n.mu.Unlock()
	other.add(1)
}

func runNodeOkAnother() {
	(&node{}).okAnother(&node{})
}

func (n *node) okTheNext() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.next.add(1)
}

func runNodeOkTheNext() {
	(&node{next: &node{}}).okTheNext()
}

func (n *node) okUnlockedBefore() {
	n.mu.Lock()
	n.n = 1
	n.mu.Unlock()
	n.add(1)
}

func runNodeOkUnlockedBefore() {
	(&node{}).okUnlockedBefore()
}

func (n *node) okInAGoroutine(done chan struct{}) {
	n.mu.Lock()
	defer n.mu.Unlock()
	go func() {
		n.add(1)
		close(done)
	}()
}

func runNodeOkInAGoroutine() {
	done := make(chan struct{})
	(&node{}).okInAGoroutine(done)
	<-done
}

func (n *node) set(value int, locked bool) {
	if !locked {
		n.mu.Lock()
		defer n.mu.Unlock()
	}
	n.n = value
}

func (n *node) okSaysThatItIsLocked() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.set(1, true)
}

func runNodeOkSaysThatItIsLocked() {
	(&node{}).okSaysThatItIsLocked()
}

func (n *node) pauseLocked() {
	n.mu.Unlock()
	n.add(1)
	n.mu.Lock()
}

func (n *node) okLetsGoMeanwhile() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.pauseLocked()
}

func runNodeOkLetsGoMeanwhile() {
	(&node{}).okLetsGoMeanwhile()
}

func (n *node) okHandOverHand() int {
	at := n
	at.mu.Lock()
	for at.next != nil {
		next := at.next
		next.mu.Lock()
		at.mu.Unlock()
		at = next
	}
	found := at.n
	at.mu.Unlock()
	return found
}

func runNodeOkHandOverHand() {
	(&node{next: &node{next: &node{n: 3}}}).okHandOverHand()
}

func (n *node) okElements(i, j int) {
	n.parts[i].Lock()
	n.parts[j].Lock()
	n.parts[j].Unlock()
	n.parts[i].Unlock()
}

func runNodeOkElements() {
	(&node{}).okElements(0, 1)
}

type base struct{ mu sync.Mutex }

func (b *base) touch() {
	b.mu.Lock()
	b.mu.Unlock()
}

type derived struct {
	base
	mu sync.Mutex
	n  int
}

func (d *derived) okTheLockOfWhatIsEmbedded() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.touch()
}

func runDerivedOkTheLockOfWhatIsEmbedded() {
	(&derived{}).okTheLockOfWhatIsEmbedded()
}
