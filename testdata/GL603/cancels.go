// Cancel functions that are not called on some way, while the parent context lives on.
package gl603

import (
	"context"
	"errors"
	"os/signal"
	"syscall"
	"time"
)

func beforeDefer(parent context.Context, prepare func(context.Context) error) error {
	ctx, cancel := context.WithCancel(parent) // want GL603 "cancel (context.CancelFunc) is not called on one way out"
	if err := prepare(ctx); err != nil {
		return err
	}
	defer cancel()
	return prepare(ctx)
}

func dropped(parent context.Context) context.Context {
	ctx, _ := context.WithCancel(parent) // want GL603 "is thrown away"
	return ctx
}

func droppedDeadline(parent context.Context, work func(context.Context)) {
	ctx, _ := context.WithTimeout(parent, time.Second) // want GL603 "is thrown away"
	work(ctx)
}

// okDroppedKnowingly: go vet has said it, and was answered.
func okDroppedKnowingly(parent context.Context, work func(context.Context)) {
	ctx, _ := context.WithTimeout(parent, time.Second) //nolint:govet
	go work(ctx)
}

func droppedForStyle(parent context.Context, work func(context.Context)) {
	ctx, _ := context.WithTimeout(parent, time.Second) //nolint:dogsled // want GL603 "is thrown away"
	work(ctx)
}

func caught(parent context.Context, start func() error, done <-chan struct{}) error {
	ctx, stop := signal.NotifyContext(parent, syscall.SIGTERM) // want GL603 "stop (signal.NotifyContext)"
	if err := start(); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
	case <-done:
	}
	stop()
	return nil
}

type server struct {
	parent context.Context
	cancel context.CancelFunc
	tasks  []func()
}

func (s *server) each(jobs []func(context.Context) error) error {
	for _, job := range jobs {
		ctx, cancel := context.WithCancel(s.parent) // want GL603 "cancel"
		if err := job(ctx); err != nil {
			return err
		}
		cancel()
	}
	return nil
}

func newServer(parent context.Context, check func() error) (*server, error) {
	ctx, cancel := context.WithCancel(parent) // missed GL603 "who gets no server mostly ends: a note"
	s := &server{parent: ctx, cancel: cancel}
	if err := check(); err != nil {
		return nil, err
	}
	return s, nil
}

func cause(parent context.Context, work func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(parent) // want GL603 "cancel (context.CancelCauseFunc)"
	if err := work(ctx); err != nil {
		return err
	}
	cancel(errors.New("done"))
	return nil
}

func watched(work func(context.Context), prepare func() error) {
	ctx, cancel := context.WithCancel(context.Background()) // want GL603 "cancel"
	go work(ctx)
	if prepare() != nil {
		return
	}
	cancel()
}

// okNobodyWaits: below Background nothing keeps a context that nobody has.
func okNobodyWaits(work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(context.Background())
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

// okReturned: gosec 1584.
func okReturned(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(parent)
	return ctx, cancel
}

// okInGoroutine: gosec 1590.
func okInGoroutine(parent context.Context, done <-chan struct{}) context.Context {
	ctx, cancel := context.WithCancel(parent)
	go func() {
		<-done
		cancel()
	}()
	return ctx
}

// okInField: golang/go 70185, what a type keeps its own Close may call.
func (s *server) okInField(parent context.Context) {
	s.parent, s.cancel = context.WithCancel(parent)
}

// okInLiteral: gosec 1591.
func okInLiteral(parent context.Context) *server {
	ctx, cancel := context.WithCancel(parent)
	return &server{parent: ctx, cancel: cancel}
}

var stopAll context.CancelFunc

// okInGlobal: gosec 1601.
func okInGlobal(parent context.Context) context.Context {
	ctx, cancel := context.WithCancel(parent)
	stopAll = cancel
	return ctx
}

// okInSlice: gosec 1668.
func okInSlice(parent context.Context, work func(context.Context)) {
	var cancels []context.CancelFunc
	defer func() {
		for _, cancel := range cancels {
			cancel()
		}
	}()
	for range 3 {
		ctx, cancel := context.WithCancel(parent)
		cancels = append(cancels, cancel)
		work(ctx)
	}
}

func (s *server) okInClosure(parent context.Context) context.Context {
	ctx, cancel := context.WithCancel(parent)
	s.tasks = append(s.tasks, func() { cancel() })
	return ctx
}

func okDeferredLiteral(parent context.Context, work func(context.Context) error) (err error) {
	ctx, cancel := context.WithCancel(parent)
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	if err = work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

func okAfterFunc(parent, other context.Context) context.Context {
	ctx, cancel := context.WithCancel(parent)
	context.AfterFunc(other, cancel)
	return ctx
}

// okInLocalStruct: gosec 1595.
func okInLocalStruct(parent context.Context, work func(context.Context) error) error {
	s := server{}
	ctx, cancel := context.WithCancel(parent)
	s.cancel = cancel
	defer func() {
		s.cancel()
	}()
	return work(ctx)
}

// okJobOwnsIt: gosec 1637.
func okJobOwnsIt(parent context.Context, work func(context.Context)) {
	ctx, cancel := context.WithCancel(parent)
	job := &server{parent: ctx, cancel: cancel}
	go func(job *server) {
		defer job.cancel()
		work(job.parent)
	}(job)
}

// okReturnedInChain: gosec 1584, a method whose caller keeps what it returns.
func (s *server) okReturnedInChain(parent context.Context) func() {
	ctx, cancel := context.WithCancel(parent)
	s.parent = ctx
	return func() {
		s.tasks = nil
		cancel()
	}
}

// okNakedReturn: golang/go 16230, a return without values returns the named results.
func okNakedReturn(parent context.Context, timeout time.Duration) (ctx context.Context, cancel context.CancelFunc) {
	if timeout > 0 {
		ctx, cancel = context.WithTimeout(parent, timeout)
		return
	}
	ctx, cancel = context.WithCancel(parent)
	return
}

// okCauseReturned: golang/go 70185, a result that is called like what it is.
func okCauseReturned(parent context.Context) (ctx context.Context, stop context.CancelCauseFunc) {
	return context.WithCancelCause(parent)
}

// okBelowWithoutCancel: a context that is never cancelled registers nobody.
func okBelowWithoutCancel(parent context.Context, work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	if err := work(ctx); err != nil {
		return err
	}
	cancel()
	return nil
}

// ownName: the context gets the name of its parent.
func ownName(ctx context.Context, prepare, work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx) // want GL603 "cancel (context.CancelFunc) is not called on one way"
	if err := prepare(ctx); err != nil {
		return err
	}
	defer cancel()
	return work(ctx)
}

// onErrorsOnly: what is deferred cancels where it failed, and only there.
func onErrorsOnly(ctx context.Context, work func(context.Context) error) (err error) {
	var cancel context.CancelFunc
	ctx, cancel = context.WithCancel(ctx) // want GL603 "cancel"
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	if err := work(ctx); err != nil {
		return err
	}
	return nil
}

// twoForOne: the second cancel function takes the place of the first.
func twoForOne(parent context.Context, limit time.Duration, work func(context.Context) error) error {
	ctx, cancel := context.WithCancel(parent) // want GL603 "before its variable gets another value"
	if limit > 0 {
		ctx, cancel = context.WithTimeout(parent, limit)
	}
	defer cancel()
	return work(ctx)
}

// okOneOfTwo: each way makes one.
func okOneOfTwo(parent context.Context, limit time.Duration, work func(context.Context) error) error {
	var ctx context.Context
	var cancel context.CancelFunc
	if limit > 0 {
		ctx, cancel = context.WithTimeout(parent, limit)
	} else {
		ctx, cancel = context.WithCancel(parent)
	}
	defer cancel()
	return work(ctx)
}

// okNarrowed: the second context ends with the first, which is cancelled.
func okNarrowed(ctx context.Context, limit time.Duration, prepare, work func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, limit)
	if err := prepare(ctx); err != nil {
		return err
	}
	defer cancel()
	return work(ctx)
}

// okParentEnded: where the parent has ended, nothing is registered with it any more.
func okParentEnded(parent context.Context, items <-chan int, work func(context.Context, int) error) error {
	ctx, cancel := context.WithCancel(parent)
	for {
		select {
		case <-parent.Done():
			return parent.Err()
		case <-ctx.Done():
			return ctx.Err()
		case item := <-items:
			if err := work(ctx, item); err != nil {
				cancel()
				return err
			}
		}
		if parent.Err() != nil {
			return parent.Err()
		}
	}
}

type okBroker struct{ done chan struct{} }

func newOkBroker(ctx context.Context, size int) (*okBroker, error) {
	if size < 0 {
		return nil, errors.New("negative size")
	}
	b := &okBroker{done: make(chan struct{}, size)}
	go func() {
		<-ctx.Done()
		close(b.done)
	}()
	return b, nil
}

type okStore struct {
	broker *okBroker
	stop   func()
}

// okFailsToStart: what failed to start waits for nothing, and nobody else has the context.
func okFailsToStart(size int) (*okStore, error) {
	ctx, cancel := context.WithCancel(context.TODO())
	s := &okStore{stop: cancel}
	broker, err := newOkBroker(ctx, size)
	if err != nil {
		return nil, err
	}
	s.broker = broker
	return s, nil
}

func failsAfterStart(size int, prepare func() error) (*okStore, error) {
	ctx, cancel := context.WithCancel(context.TODO()) // want GL603 "on one way out"
	broker, err := newOkBroker(ctx, size)
	if err != nil {
		return nil, err
	}
	if err := prepare(); err != nil {
		return nil, err
	}
	return &okStore{broker: broker, stop: cancel}, nil
}

type session struct {
	ctx, in        context.Context
	cancel, inStop context.CancelFunc
}

// inFields: the second context is a child of the first, and is not worth a finding of its own.
func inFields(all *server, prepare func(context.Context) error) (*session, error) {
	s := &session{}
	s.ctx, s.cancel = context.WithCancel(all.parent) // want GL603 "s.cancel (context.CancelFunc) is not called on one way"
	s.in, s.inStop = context.WithCancel(s.ctx)
	if err := prepare(s.in); err != nil {
		return nil, err
	}
	return s, nil
}

// okInFields: the child's cancel function is not needed where the parent is cancelled.
func okInFields(parent context.Context, prepare func(context.Context) error) (*session, error) {
	s := &session{}
	s.ctx, s.cancel = context.WithCancel(parent)
	s.in, s.inStop = context.WithCancel(s.ctx)
	if err := prepare(s.in); err != nil {
		s.cancel()
		return nil, err
	}
	return s, nil
}

// handshake cancels where it fails; what it returns was given the context, and nobody the cancel function.
func handshake(ctx context.Context, work func(context.Context) error) (_ *shaken, err error) {
	var cancel context.CancelFunc
	ctx, cancel = context.WithCancel(ctx) // want GL603 "is not called on one way out of handshake"
	defer func() {
		if err != nil {
			cancel()
		}
	}()
	s := &shaken{ctx: ctx}
	if err := work(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

type shaken struct{ ctx context.Context }
