"""A network connection or listener is not closed on some way out of the function.

## Why it leaks
The other side of a connection that nobody closes goes on waiting, and its descriptor stays taken until the collector
happens to run; a listener keeps its port. A server that leaks one connection with each failed handshake is brought down
by whoever makes handshakes fail.

## Leaks
```go
package demo

import "net"

func greet(addr string) error {
        conn, err := net.Dial("tcp", addr)
        if err != nil {
                return err
        }
        if _, err := conn.Write([]byte("hello")); err != nil {
                return err
        }
        return conn.Close()
}
```

## Fixed
```go
package demo

import "net"

func greet(addr string) error {
        conn, err := net.Dial("tcp", addr)
        if err != nil {
                return err
        }
        defer conn.Close()
        _, err = conn.Write([]byte("hello"))
        return err
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


@rule("GL402", "connection-not-closed", severity="warning", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL402")
