// Clients of remote services that are made for one use.
package gl410

import (
	"context"
	"errors"

	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"
	clientv3 "go.etcd.io/etcd/client/v3"
	"google.golang.org/grpc"
)

var errOld = errors.New("too old")

func version(ctx context.Context, url string) (string, error) {
	c, err := rpc.DialContext(ctx, url) // want GL410 "c (rpc.Client) is not closed on one way out of version"
	if err != nil {
		return "", err
	}
	var v string
	if err := c.CallContext(ctx, &v, "web3_clientVersion"); err != nil {
		return "", err
	}
	c.Close()
	return v, nil
}

func call(target string) error {
	cc, err := grpc.NewClient(target) // want GL410 "cc (grpc.ClientConn)"
	if err != nil {
		return err
	}
	if err := cc.Invoke(context.Background(), "/ping", nil, nil); err != nil {
		return err
	}
	return cc.Close()
}

func reachable(urls []string) (n int) {
	for _, url := range urls {
		c, err := rpc.Dial(url) // want GL410 "c (rpc.Client)"
		if err != nil {
			continue
		}
		if c.Call(nil, "net_version") == nil {
			n++
		}
	}
	return n
}

type backend struct{ eth *ethclient.Client }

func newBackend(url string, old bool) (*backend, error) {
	eth, err := ethclient.Dial(url) // want GL410 "eth (ethclient.Client)"
	if err != nil {
		return nil, err
	}
	b := &backend{eth: eth}
	if old {
		return nil, errOld
	}
	return b, nil
}

func members(urls []string) error {
	c, err := clientv3.New(clientv3.Config{}) // want GL410 "c (clientv3.Client)"
	if err != nil {
		return err
	}
	if len(urls) == 0 {
		return errOld
	}
	return c.Close()
}

func pool(targets []string) ([]*grpc.ClientConn, error) {
	conns := make([]*grpc.ClientConn, 0, len(targets))
	for _, target := range targets {
		cc, err := grpc.NewClient(target) // want GL410 "cc (grpc.ClientConn)"
		if err != nil {
			return nil, err
		}
		conns = append(conns, cc)
	}
	return conns, nil
}

func okDeferred(url string) error {
	c, err := rpc.Dial(url)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Call(nil, "net_version")
}

func okReturned(url string) (*rpc.Client, error) {
	return rpc.Dial(url)
}

func (b *backend) okStored(url string) (err error) {
	b.eth, err = ethclient.Dial(url)
	return err
}

func okClosedOnError(url string, old bool) (*backend, error) {
	eth, err := ethclient.Dial(url)
	if err != nil {
		return nil, err
	}
	if old {
		eth.Close()
		return nil, errOld
	}
	return &backend{eth}, nil
}

func okClosedByObject(url string) error {
	eth, err := ethclient.Dial(url)
	if err != nil {
		return err
	}
	b := &backend{eth: eth}
	defer b.Close()
	return nil
}

func (b *backend) Close() { b.eth.Close() }

func okPoolClosedOnError(targets []string) (conns []*grpc.ClientConn, err error) {
	defer func() {
		if err != nil {
			for _, cc := range conns {
				cc.Close()
			}
		}
	}()
	for _, target := range targets {
		cc, err := grpc.NewClient(target)
		if err != nil {
			return conns, err
		}
		conns = append(conns, cc)
	}
	return conns, nil
}
