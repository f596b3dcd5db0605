"""The body of an HTTP response is not closed on some way out of the function.

## Why it leaks
Where `err` is nil the body is there and has to be closed, whatever the status is and even if nobody wants to read it.
An open body that was not read to its end keeps its connection from being used again, with two goroutines for as long as
the server holds the connection; of a connection with HTTP/2 it keeps one of the streams. The usual leak is a check of
the status between the request and the `defer`. A body that was read to its end (`io.ReadAll`, `io.Copy`) leaks nothing,
and neither does one whose context is cancelled.

## Leaks
```go
package demo

import (
        "errors"
        "io"
        "net/http"
)

func fetch(url string) ([]byte, error) {
        resp, err := http.Get(url)
        if err != nil {
                return nil, err
        }
        if resp.StatusCode != http.StatusOK {
                return nil, errors.New(resp.Status)
        }
        defer resp.Body.Close()
        return io.ReadAll(resp.Body)
}
```

## Fixed
```go
package demo

import (
        "errors"
        "io"
        "net/http"
)

func fetch(url string) ([]byte, error) {
        resp, err := http.Get(url)
        if err != nil {
                return nil, err
        }
        defer resp.Body.Close()
        if resp.StatusCode != http.StatusOK {
                return nil, errors.New(resp.Status)
        }
        return io.ReadAll(resp.Body)
}
```

## Not seen
What is stored, sent, returned, captured by a goroutine or given to a function whose source is not read counts as handed
over: from then on it is somebody else's.
A client that is written down with a Timeout ends what is left open by then: a note, and so is a line with
`//nolint:bodyclose`. That a response with status 204 has no body is not known. Of a request it is known that it is of
method HEAD, and the response has no body, where the function makes it or has it made by another one of the module.
"""

from collections.abc import Iterator

from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._leaks import findings
from goleaklint.rules._view import FunctionView


@rule("GL403", "response-body-not-closed", severity="error", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL403")
