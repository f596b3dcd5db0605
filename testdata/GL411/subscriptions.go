// Subscriptions, watches and registrations that some way out does not cancel.
package gl411

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/event"
	"github.com/fsnotify/fsnotify"
	libp2p "github.com/libp2p/go-libp2p/core/event"
	clientv3 "go.etcd.io/etcd/client/v3"
	"go.etcd.io/etcd/client/v3/concurrency"
)

var errGone = errors.New("gone")

// next unsubscribes only when a value came.
func next(ctx context.Context, feed *event.Feed) (int, error) {
	ch := make(chan int)
	sub := feed.Subscribe(ch) // want GL411 "sub (event.Subscription) is not unsubscribed on one way out of next"
	select {
	case v := <-ch:
		sub.Unsubscribe()
		return v, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// headers drops the subscription, as go-ethereum's state processor once did with its cache of senders.
func headers(feed *event.Feed, use func(int)) {
	ch := make(chan int, 1)
	feed.Subscribe(ch) // want GL411 "is thrown away"
	use(<-ch)
}

// mined is how go-ethereum waits for a transaction: the second subscription may fail.
func mined(ctx context.Context, client *ethclient.Client) error {
	heads := make(chan *types.Header)
	sub, err := client.SubscribeNewHead(ctx, heads) // want GL411 "sub (ethereum.Subscription)"
	if err != nil {
		return err
	}
	for range 8 {
		select {
		case <-heads:
		case err := <-sub.Err():
			return err
		}
	}
	return errGone
}

// reachable is how libp2p's services listen for what the host finds out.
func reachable(bus libp2p.Bus) (any, error) {
	sub, err := bus.Subscribe(new(int)) // want GL411 "sub (event.Subscription) is not closed on one way out of reachable"
	if err != nil {
		return nil, err
	}
	select {
	case v := <-sub.Out():
		return v, sub.Close()
	case <-time.After(time.Second):
		return nil, errGone
	}
}

// interrupted catches the signal with each call.
func interrupted(done <-chan struct{}) bool {
	sig := make(chan os.Signal, 1)
	signal.Notify(sig, syscall.SIGUSR1) // want GL411 "sig (signal.Notify)"
	select {
	case <-sig:
		signal.Stop(sig)
		return true
	case <-done:
		return false
	}
}

func watched(path string) error {
	w, err := fsnotify.NewWatcher() // want GL411 "w (fsnotify.Watcher) is not closed on one way out of watched"
	if err != nil {
		return err
	}
	if err := w.Add(path); err != nil {
		return err
	}
	<-w.Events
	return w.Close()
}

// changed watches without a context that could end.
func changed(client *clientv3.Client, key string) bool {
	responses := client.Watch(context.Background(), key) // want GL411 "responses (clientv3.WatchChan)"
	select {
	case <-responses:
		return true
	case <-time.After(time.Second):
		return false
	}
}

func elected(client *clientv3.Client, campaign func(clientv3.LeaseID) error) error {
	session, err := concurrency.NewSession(client) // want GL411 "session (concurrency.Session)"
	if err != nil {
		return err
	}
	if err := campaign(session.Lease()); err != nil {
		return err
	}
	return session.Close()
}

type lookup struct{ client *clientv3.Client }

func (l *lookup) close() error { return l.client.Close() }

func (l *lookup) next(key string) clientv3.WatchResponse {
	changes := l.client.Watch(context.Background(), key) // want GL411 "changes (clientv3.WatchChan)"
	return <-changes
}

func closesAfterwards(client *clientv3.Client) bool {
	l := &lookup{client}
	defer l.close()
	return l.next("a").Canceled
}

// goesOn is the caller on whose account the watch of next stays.
func goesOn(l *lookup) bool { return l.next("b").Canceled }

func closedByItself(reload func() error) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt) // want GL411 "not stopped"
	for range signals {
		if reload() != nil {
			close(signals)
		}
	}
}
