// Channels in fields: whether anybody closes them is known from what their package does with them.
package gl101

type mark struct{ index int }

type waterMark struct{ marks chan mark }

func newWaterMark() *waterMark {
	w := &waterMark{marks: make(chan mark, 1)}
	go w.process() // want GL101 "nobody closes it"
	return w
}

func runNewWaterMark() {
	w := newWaterMark()
	w.begin(1)
}

func (w *waterMark) begin(index int) {
	m := mark{index}
	select {
	case w.marks <- m:
	default:
	}
}

func (w *waterMark) process() {
	for m := range w.marks {
		_ = m.index
	}
}

type queue struct{ items chan mark }

func okClosedField() {
	q := &queue{items: make(chan mark, 1)}
	go q.process()
	q.stop()
}

func (q *queue) process() {
	for m := range q.items {
		_ = m.index
	}
}

func (q *queue) stop() { close(q.items) }

type inbox struct{ letters chan mark }

func okHandedToAnother() {
	i := &inbox{letters: make(chan mark, 1)}
	go i.process()
	finish(i.letters)
}

func (i *inbox) process() {
	for range i.letters {
		work()
	}
}

func finish(letters chan mark) { close(letters) }
