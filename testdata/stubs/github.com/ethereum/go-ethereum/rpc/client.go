package rpc

import "context"

func Dial(rawurl string) (*Client, error)                             { return &Client{rawurl}, nil }
func DialContext(ctx context.Context, rawurl string) (*Client, error) { return &Client{rawurl}, nil }

type Client struct{ url string }

func (c *Client) Call(result interface{}, method string, args ...interface{}) error { return nil }
func (c *Client) CallContext(ctx context.Context, result interface{}, method string, args ...interface{}) error {
	return nil
}
func (c *Client) Close() {}
func (c *Client) EthSubscribe(ctx context.Context, channel interface{}, args ...interface{}) (*ClientSubscription, error) {
	return &ClientSubscription{}, nil
}
func (c *Client) Subscribe(ctx context.Context, namespace string, channel interface{}, args ...interface{}) (*ClientSubscription, error) {
	return &ClientSubscription{}, nil
}

type ClientSubscription struct{ err chan error }

func (sub *ClientSubscription) Err() <-chan error { return sub.err }
func (sub *ClientSubscription) Unsubscribe()      {}
