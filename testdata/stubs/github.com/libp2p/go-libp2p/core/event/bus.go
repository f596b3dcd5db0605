package event

import "io"

type (
	SubscriptionOpt = func(any) error
	EmitterOpt      = func(any) error
)

type Emitter interface {
	io.Closer
	Emit(evt any) error
}

type Subscription interface {
	io.Closer
	Out() <-chan any
	Name() string
}

type Bus interface {
	Subscribe(eventType any, opts ...SubscriptionOpt) (Subscription, error)
	Emitter(eventType any, opts ...EmitterOpt) (Emitter, error)
}
