"""An object of the module's own that has a file or a connection is not closed on some way out of the function.

## Why it leaks
A constructor opens something and returns an object that has it; a method of the object closes it. Whoever calls the
constructor has to call that method, as if it had opened the thing itself: a table that nobody closes keeps its files
open, a client its connection, a store its database and the goroutines of that.

Which types are such objects is inferred from the source: a function named New, Open, Dial or the like acquires
something that packs know and returns a pointer to an object which has it, and `Close`, `Stop`, `Shutdown` or `Release`
of that type gives it back.

## Leaks
```go
package demo

import (
        "errors"
        "os"
)

type table struct {
        file *os.File
        rows int
}

func openTable(name string) (*table, error) {
        file, err := os.Open(name)
        if err != nil {
                return nil, err
        }
        return &table{file: file}, nil
}

func (t *table) Close() error { return t.file.Close() }

func rows(name string) (int, error) {
        t, err := openTable(name)
        if err != nil {
                return 0, err
        }
        if t.rows == 0 {
                return 0, errors.New("no rows")
        }
        return t.rows, t.Close()
}
```

## Fixed
```go
package demo

import (
        "errors"
        "os"
)

type table struct {
        file *os.File
        rows int
}

func openTable(name string) (*table, error) {
        file, err := os.Open(name)
        if err != nil {
                return nil, err
        }
        return &table{file: file}, nil
}

func (t *table) Close() error { return t.file.Close() }

func rows(name string) (int, error) {
        t, err := openTable(name)
        if err != nil {
                return 0, err
        }
        defer t.Close()
        if t.rows == 0 {
                return 0, errors.New("no rows")
        }
        return t.rows, nil
}
```

## Not seen
Objects that have only a goroutine, a context or a subscription; constructors that are called plain `New` by code that
calls nothing else of interest; what is stored, sent, returned or handed to a function whose source is not read.
"""

from collections.abc import Iterator

from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._leaks import findings
from goleaklint.rules._view import FunctionView


@rule("GL414", "owned-object-not-closed", severity="warning", confidence="medium", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL414")
