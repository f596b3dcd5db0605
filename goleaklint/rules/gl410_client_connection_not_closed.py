"""A client of a remote service is not closed on some way out of the function.

## Why it leaks
A gRPC connection, an RPC or Ethereum client, or a client of etcd keeps connections up and goroutines running until
it is closed; no collector takes it back. A function that makes one for each call and forgets it on an error path leaks
all of that each time the remote side fails.

## Leaks
```go
package demo

import "google.golang.org/grpc"

func ping(target string, token func() (string, error), ask func(*grpc.ClientConn, string) error) error {
        conn, err := grpc.NewClient(target)
        if err != nil {
                return err
        }
        secret, err := token()
        if err != nil {
                return err
        }
        defer conn.Close()
        return ask(conn, secret)
}
```

## Fixed
```go
package demo

import "google.golang.org/grpc"

func ping(target string, token func() (string, error), ask func(*grpc.ClientConn, string) error) error {
        conn, err := grpc.NewClient(target)
        if err != nil {
                return err
        }
        defer conn.Close()
        secret, err := token()
        if err != nil {
                return err
        }
        return ask(conn, secret)
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


@rule("GL410", "client-connection-not-closed", severity="error", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL410")
