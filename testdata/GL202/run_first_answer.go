package gl202

import "context"

// endsFirst calls a function with an answer that comes only after the context has ended.
func endsFirst(wait func(ctx context.Context, answer func() int) (int, error)) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	left := make(chan struct{})
	_, _ = wait(ctx, func() int {
		<-left
		return 1
	})
	close(left)
}

func runAnswerOrEnd() { endsFirst(answerOrEnd) }

func runOkBufferHoldsTheAnswer() { endsFirst(okBufferHoldsTheAnswer) }
