// Two loops over the same things, each with a condition: which of them sends for one of the things.
package gl202

func okBothParts(names []string, known map[string]bool) {
	queue := make(chan string, len(names))
	for _, name := range names {
		if !known[name] {
			queue <- name
		}
	}
	for _, name := range names {
		if known[name] {
			queue <- name
		}
	}
	close(queue)
	go drainStrings(queue)
}

func runOkBothParts() { okBothParts([]string{"a", "b"}, map[string]bool{"a": true}) }

func okFoundOrNot(names []string, find func(string) *string) {
	queue := make(chan string, len(names))
	for _, name := range names {
		if found := find(name); found != nil {
			continue
		}
		queue <- name
	}
	for _, name := range names {
		if found := find(name); found != nil {
			queue <- *found
		}
	}
	close(queue)
	go drainStrings(queue)
}

func drainStrings(queue <-chan string) {
	for range queue {
	}
}

func runOkFoundOrNot() { okFoundOrNot([]string{"a"}, func(string) *string { return nil }) }

func twiceTheSame(names []string, known map[string]bool) {
	queue := make(chan string, len(names))
	for _, name := range names {
		if known[name] {
			queue <- name
		}
	}
	for _, name := range names {
		if known[name] {
			queue <- name // want GL202 "this send on queue may wait for ever"
		}
	}
	close(queue)
	go drainStrings(queue)
}

func runTwiceTheSame() { go twiceTheSame([]string{"a"}, map[string]bool{"a": true}) }
