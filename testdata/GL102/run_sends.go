package gl102

import (
	"context"
	"time"
)

var (
	outlets        []chan int
	outletsOfBatch []chan []int
)

// outlet makes a channel whose receiver, somewhere else, has left.
func outlet() chan int {
	c := make(chan int)
	outlets = append(outlets, c)
	return c
}

func outletOfBatches() chan []int {
	c := make(chan []int)
	outletsOfBatch = append(outletsOfBatch, c)
	return c
}

// left runs a forwarder whose receiver leaves with the context, after a first value came in.
func left(run func(ctx context.Context, in <-chan int)) {
	ctx, cancel := context.WithCancel(context.Background())
	in := make(chan int, 1)
	in <- 1
	go run(ctx, in)
	time.Sleep(50 * time.Millisecond)
	cancel()
}

func runForward() {
	left(func(ctx context.Context, in <-chan int) { forward(ctx, in, outlet()) })
}

func runDouble() {
	left(func(ctx context.Context, in <-chan int) { double(ctx, in, outlet()) })
}

func runUntilQuit() {
	left(func(ctx context.Context, in <-chan int) { untilQuit(ctx.Done(), in, outlet()) })
}

func runBatches() {
	left(func(ctx context.Context, in <-chan int) { batches(ctx, in, outletOfBatches()) })
}

func runSelectOfSends() {
	left(func(ctx context.Context, in <-chan int) { selectOfSends(ctx, in, outlet(), outlet()) })
}

func runEachItem() {
	left(func(ctx context.Context, in <-chan int) { eachItem(ctx, in, outlet()) })
}

func runOkSelectsBoth() {
	left(func(ctx context.Context, in <-chan int) { okSelectsBoth(ctx, in, outlet()) })
}

func runOkDrops() {
	left(func(ctx context.Context, in <-chan int) { okDrops(ctx, in, outlet()) })
}

func runOkOptional() {
	left(func(ctx context.Context, in <-chan int) { okOptional(ctx, in, nil) })
}

func runOkReplies() {
	ctx, cancel := context.WithCancel(context.Background())
	in := make(chan request, 1)
	in <- request{1, make(chan int, 1)}
	go okReplies(ctx, in)
	time.Sleep(50 * time.Millisecond)
	cancel()
}

func runOkReceivesOnly() {
	more := make(chan int)
	close(more)
	left(func(ctx context.Context, in <-chan int) { okReceivesOnly(ctx, in, more) })
}

func runOkSendsOnceAtTheEnd() {
	left(func(ctx context.Context, in <-chan int) { okSendsOnceAtTheEnd(ctx, in, make(chan int, 1)) })
}

func runOkTimeAfter() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	okTimeAfter(ctx, make(chan int))
}

func runOkContextOfItsOwn() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	okContextOfItsOwn(ctx, make(chan int), func(context.Context, int) {})
}

func runOkFirstError() {
	in := make(chan int)
	close(in)
	_ = okFirstError(context.Background(), in)
}

func runOkWrapper() {
	w := &okWrapper{quit: make(chan struct{})}
	close(w.quit)
	var service interface {
		Execute(changes <-chan int, status chan<- int)
	} = w
	service.Execute(make(chan int), make(chan int, 1))
}
