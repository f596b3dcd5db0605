// A receiver that leaves at a value of one kind, and only such values are sent.
package gl203

func okOnlyTrue() {
	turns := make(chan bool, 1)
	turns <- true
	for turn := range turns {
		if !turn {
			continue
		}
		break
	}
}

func onlyFalse() {
	turns := make(chan bool, 1)
	turns <- false
	for turn := range turns { // want GL203 "nobody sends on it"
		if !turn {
			continue
		}
		break
	}
}

func runOnlyFalse() { go onlyFalse() }

func trueOrFalse(last func() bool) {
	turns := make(chan bool, 1)
	turns <- last()
	for turn := range turns { // want GL203 "nobody sends on it"
		if !turn {
			continue
		}
		break
	}
}

func runTrueOrFalse() { go trueOrFalse(func() bool { return false }) }
