// A receiver that takes the first of two: an answer, or the end of its context.
package gl202

import "context"

func answerOrEnd(ctx context.Context, answer func() int) (int, error) {
	c := make(chan int)
	go func() {
		c <- answer() // want GL202 "this send on c"
	}()
	select {
	case v := <-c:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func okBufferHoldsTheAnswer(ctx context.Context, answer func() int) (int, error) {
	c := make(chan int, 1)
	go func() {
		c <- answer()
	}()
	select {
	case v := <-c:
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}
