"""A stream is not closed or reset on some way out of the function.

## Why it leaks
A libp2p stream has to be closed or reset, even after `CloseRead` and `CloseWrite`: both peers keep it, with its share
of the resource limits, until their connection ends. A gRPC client stream keeps a goroutine until its context is
cancelled, it was received from until an error came, or the connection is closed; `CloseSend` is not enough.

## Leaks
```go
package demo

import (
        "context"

        "github.com/libp2p/go-libp2p/core/host"
        "github.com/libp2p/go-libp2p/core/peer"
        "github.com/libp2p/go-libp2p/core/protocol"
)

func ask(ctx context.Context, h host.Host, p peer.ID, id protocol.ID) error {
        s, err := h.NewStream(ctx, p, id)
        if err != nil {
                return err
        }
        if _, err := s.Write([]byte("hello")); err != nil {
                return err
        }
        return s.Close()
}
```

## Fixed
```go
package demo

import (
        "context"

        "github.com/libp2p/go-libp2p/core/host"
        "github.com/libp2p/go-libp2p/core/peer"
        "github.com/libp2p/go-libp2p/core/protocol"
)

func ask(ctx context.Context, h host.Host, p peer.ID, id protocol.ID) error {
        s, err := h.NewStream(ctx, p, id)
        if err != nil {
                return err
        }
        if _, err := s.Write([]byte("hello")); err != nil {
                s.Reset()
                return err
        }
        return s.Close()
}
```

## Not seen
What is stored, sent, returned, captured by a goroutine or given to a function whose source is not read counts as handed
over: from then on it is somebody else's.
"""

from collections.abc import Iterator

from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._leaks import findings
from goleaklint.rules._view import FunctionView


@rule("GL409", "stream-not-closed", severity="error", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL409")
