// Package websocket stands in for the real one: declarations, and nothing that does anything.
package websocket

import (
	"context"
	"net/http"
	"time"
)

var DefaultDialer = &Dialer{}

type Dialer struct{ HandshakeTimeout time.Duration }

func (d *Dialer) Dial(urlStr string, requestHeader http.Header) (*Conn, *http.Response, error) {
	return &Conn{}, nil, nil
}
func (d *Dialer) DialContext(ctx context.Context, urlStr string, requestHeader http.Header) (*Conn, *http.Response, error) {
	return &Conn{}, nil, nil
}

type Upgrader struct{ HandshakeTimeout time.Duration }

func (u *Upgrader) Upgrade(w http.ResponseWriter, r *http.Request, responseHeader http.Header) (*Conn, error) {
	return &Conn{}, nil
}

type Conn struct{ server bool }

func (c *Conn) Close() error                                        { return nil }
func (c *Conn) ReadJSON(v any) error                                { return nil }
func (c *Conn) ReadMessage() (messageType int, p []byte, err error) { return 0, nil, nil }
func (c *Conn) SetReadDeadline(t time.Time) error                   { return nil }
func (c *Conn) SetWriteDeadline(t time.Time) error                  { return nil }
func (c *Conn) WriteJSON(v any) error                               { return nil }
func (c *Conn) WriteMessage(messageType int, data []byte) error     { return nil }
