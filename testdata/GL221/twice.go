// The same lock again while it is held.
package gl221

import (
	"fmt"
	"sync"
)

type account struct {
	mu      sync.RWMutex
	balance int
	closed  bool
	name    string
}

func (a *account) value() int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.balance
}

func (a *account) deposit(amount int) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	return a.value() // want GL221 "through (*account).value"
}

func runAccountDeposit() {
	a := &account{}
	go a.deposit(1)
}

func (a *account) close() {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if !a.closed {
		a.mu.Lock() // want GL221 "the write lock waits for the read lock"
		a.closed = true
		a.mu.Unlock()
	}
}

func runAccountClose() {
	a := &account{}
	go a.close()
}

func (a *account) flush() {
	a.mu.Lock()
	a.balance = 0
	a.mu.Unlock()
}

// The deferred calls run last first: flush before the unlock.
func (a *account) reset() {
	a.mu.Lock()
	defer a.mu.Unlock()
	defer a.flush() // want GL221 "while (*account).reset holds it"
	a.closed = false
}

func runAccountReset() {
	a := &account{}
	go a.reset()
}

func (a *account) String() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.name
}

func (a *account) describe() string {
	return fmt.Sprintf("account %s", a.String())
}

func (a *account) rename(name string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.name = name
	return a.describe() // want GL221 "through (*account).String"
}

func runAccountRename() {
	a := &account{}
	go a.rename("x")
}

func (a *account) transfer(amount int) bool {
	a.mu.Lock()
	if a.balance < amount {
		a.mu.Unlock()
		return false
	}
	a.balance -= amount
	if a.balance == 0 {
		a.mu.Lock() // want GL221 "the goroutine waits for itself"
		a.closed = true
	}
	a.mu.Unlock()
	return true
}

func runAccountTransfer() {
	a := &account{balance: 1}
	go a.transfer(1)
}

type journal struct {
	sync.Mutex
	lines []string
}

func (j *journal) add(line string) {
	if line == "" || len(j.lines) > 100 {
		return
	}
	j.Mutex.Lock()
	defer j.Mutex.Unlock()
	j.lines = append(j.lines, line)
}

func (j *journal) addAll(lines []string) {
	j.Lock()
	defer j.Unlock()
	for _, line := range lines {
		j.add(line) // want GL221 "j is locked again"
	}
}

func runJournalAddAll() {
	j := &journal{}
	go j.addAll([]string{"a"})
}

func both(one *account, work func()) {
	one.mu.Lock()
	defer one.mu.Unlock()
	func() { // want GL221 "through both.func1"
		one.mu.Lock()
		defer one.mu.Unlock()
		work()
	}()
}

func runBoth() {
	a := &account{}
	go both(a, func() {})
}
