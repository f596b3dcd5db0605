// Package ethereum stands in for the real one: declarations, and little that does anything.
package ethereum

type Subscription interface {
	Unsubscribe()
	Err() <-chan error
}
