// Subscriptions, watches and registrations that are cancelled, or become somebody else's.
package gl411

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/ethereum/go-ethereum/event"
	"github.com/fsnotify/fsnotify"
	libp2p "github.com/libp2p/go-libp2p/core/event"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"
)

func okDeferred(ctx context.Context, feed *event.Feed) (int, error) {
	ch := make(chan int)
	sub := feed.Subscribe(ch)
	defer sub.Unsubscribe()
	select {
	case v := <-ch:
		return v, nil
	case err := <-sub.Err():
		return 0, err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

type okService struct {
	feed  event.Feed
	scope event.SubscriptionScope
	sub   event.Subscription
	heads chan int
}

// subscribe is how go-ethereum's services hand subscriptions out: their scope ends them all.
func (s *okService) subscribe(ch chan<- int) event.Subscription {
	return s.scope.Track(s.feed.Subscribe(ch))
}

func (s *okService) start(feed *event.Feed) {
	s.heads = make(chan int, 8)
	s.sub = feed.Subscribe(s.heads)
}

func (s *okService) stop() {
	s.sub.Unsubscribe()
	s.scope.Close()
}

func okReturned(feed *event.Feed, ch chan int) event.Subscription {
	sub := feed.Subscribe(ch)
	return sub
}

// okProducer is how go-ethereum's filters pass on what they subscribed to: the inner one ends with the outer.
func okProducer(feed *event.Feed, out chan<- int) event.Subscription {
	ch := make(chan int)
	inner := feed.Subscribe(ch)
	return event.NewSubscription(func(quit <-chan struct{}) error {
		defer inner.Unsubscribe()
		for {
			select {
			case v := <-ch:
				select {
				case out <- v:
				case <-quit:
					return nil
				}
			case <-quit:
				return nil
			}
		}
	})
}

// okLoopOwnsIt: the goroutine that reads unsubscribes.
func okLoopOwnsIt(feed *event.Feed, use func(int), quit <-chan struct{}) {
	ch := make(chan int)
	sub := feed.Subscribe(ch)
	go func() {
		defer sub.Unsubscribe()
		for {
			select {
			case v := <-ch:
				use(v)
			case <-quit:
				return
			}
		}
	}()
}

func okStopped(done <-chan struct{}) bool {
	sig := make(chan os.Signal, 1)
	signal.Notify(sig, syscall.SIGUSR1)
	defer signal.Stop(sig)
	select {
	case <-sig:
		return true
	case <-done:
		return false
	}
}

// okForAsLongAsItRuns is how moby prints its stacks on a signal: the goroutine stays for the process, and so does what
// it waits for.
func okForAsLongAsItRuns(dump func()) {
	sig := make(chan os.Signal, 1)
	signal.Notify(sig, syscall.SIGUSR1)
	go func() {
		for range sig {
			dump()
		}
	}()
}

// okWatchEnds: a watch ends with its context.
func okWatchEnds(parent context.Context, client *clientv3.Client, key string) bool {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	_, ok := <-client.Watch(ctx, key)
	return ok
}

func okWatcher(paths []string) (*fsnotify.Watcher, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		if err := w.Add(path); err != nil {
			w.Close()
			return nil, err
		}
	}
	return w, nil
}

// okCallback gives its caller what ends it.
func okCallback(feed *event.Feed, ch chan int) (cancel func()) {
	sub := feed.Subscribe(ch)
	return func() { sub.Unsubscribe() }
}

// okHeldByMutex: whoever is given the session may close it.
func okHeldByMutex(client *clientv3.Client, work func(*concurrency.Session) error) error {
	session, err := concurrency.NewSession(client)
	if err != nil {
		return err
	}
	return work(session)
}

// okEmitter costs the bus nothing that would outlast it.
func okEmitter(bus libp2p.Bus, evt any) error {
	emitter, err := bus.Emitter(new(int))
	if err != nil {
		return err
	}
	return emitter.Emit(evt)
}

// okJoining is how etcd's discovery watches its peers: the client ends with the joining, and its watches with it.
type okJoining struct {
	client *clientv3.Client
	token  string
}

func okJoin(cfg clientv3.Config, token string, enough func(clientv3.WatchResponse) bool) error {
	client, err := clientv3.New(cfg)
	if err != nil {
		return err
	}
	d := &okJoining{client: client, token: token}
	defer d.close()
	return d.join(enough)
}

func (d *okJoining) join(enough func(clientv3.WatchResponse) bool) error {
	for range 3 {
		d.waitPeers(enough)
	}
	return nil
}

func (d *okJoining) waitPeers(enough func(clientv3.WatchResponse) bool) {
	for response := range d.client.Watch(context.Background(), d.token) {
		if enough(response) {
			return
		}
	}
}

func (d *okJoining) peer() clientv3.WatchResponse {
	peers := d.client.Watch(context.Background(), d.token)
	return <-peers
}

func okFirstPeer(client *clientv3.Client) bool {
	d := &okJoining{client: client}
	defer d.close()
	return d.peer().Canceled
}

func (d *okJoining) close() error {
	if d.client != nil {
		return d.client.Close()
	}
	return nil
}

// okStoppedFromTheBeginning: what is to stop is known before it is started.
func okStoppedFromTheBeginning(done <-chan struct{}) os.Signal {
	ch := make(chan os.Signal, 1)
	defer signal.Stop(ch)
	signal.Notify(ch, syscall.SIGHUP)
	select {
	case sig := <-ch:
		return sig
	case <-done:
		return nil
	}
}

// okForAsLongAsTheProcess ranges over a channel that only the runtime sends on, and nobody closes.
func okForAsLongAsTheProcess(reload func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	for range signals {
		reload()
	}
}
