// Room by the length of a collection, and sends that other things count.
package gl201

import (
	"context"
	"sync"
	"time"
)

// okTwoOfAll sends twice, to a channel with room for all of two or more.
func okTwoOfAll(ctx context.Context, addrs []string, ask func(string) int) int {
	if len(addrs) < 2 {
		return 0
	}
	answers := make(chan int, len(addrs))
	go func() { answers <- ask(addrs[0]) }()
	select {
	case <-ctx.Done():
		return 0
	case <-time.After(time.Millisecond):
		go func() { answers <- ask(addrs[1]) }()
	case answer := <-answers:
		return answer
	}
	select {
	case <-ctx.Done():
		return 0
	case answer := <-answers:
		return answer
	}
}

// okGroups has each element in one group only.
func okGroups(items []int, parts int) int {
	groups := make(map[int][]int)
	for _, item := range items {
		groups[item%parts] = append(groups[item%parts], item)
	}
	found := make(chan int, len(items))
	var wg sync.WaitGroup
	for _, group := range groups {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, item := range group {
				found <- item
			}
		}()
	}
	wg.Wait()
	close(found)
	sum := 0
	for item := range found {
		sum += item
	}
	return sum
}

// okListed waits for each that it has listed.
func okListed(items []int, wanted func(int) bool) int {
	found := make(chan int, len(items))
	var started []int
	for i := range items {
		if !wanted(i) {
			continue
		}
		started = append(started, i)
		go func() { found <- items[i] }()
	}
	sum := 0
	for range started {
		sum += <-found
	}
	return sum
}

func twiceEach(items []int, check func(int) error) error {
	errs := make(chan error, len(items))
	for _, item := range items {
		go func() {
			errs <- check(item) // want GL201 "several goroutines send on errs"
			errs <- nil         // want GL201 "several goroutines send on errs"
		}()
	}
	return <-errs
}

// not run: what it was given has an end
func withoutEnd(items []int, in <-chan int, quit <-chan struct{}) int {
	out := make(chan int, len(items))
	go func() {
		for v := range in {
			out <- v // want GL202 "this send on out"
		}
	}()
	select {
	case v := <-out:
		return v
	case <-quit:
		return 0
	}
}

func runOkTwoOfAll() {
	okTwoOfAll(context.Background(), []string{"a", "b"}, func(string) int { time.Sleep(3 * time.Millisecond); return 1 })
}

func runOkGroups() { okGroups([]int{1, 2, 3, 4, 5}, 2) }

func runOkListed() { okListed([]int{1, 2, 3}, func(i int) bool { return i > 1 }) }

func runTwiceEach() { twiceEach([]int{1, 2}, func(int) error { return nil }) }
