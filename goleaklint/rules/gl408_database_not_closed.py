"""A database that a function opened for its own use is not closed on some way out of it.

## Why it leaks
A database keeps goroutines, descriptors and usually a lock on its directory. A function that opens one, meets an error
and returns leaves all of that behind: the next attempt to open the directory fails or waits for the lock. An `sql.DB`
is opened once and kept; one for each call is another pool of connections and another goroutine each time.

## Leaks
```go
package demo

import "github.com/syndtr/goleveldb/leveldb"

func check(path string) error {
        db, err := leveldb.OpenFile(path, nil)
        if err != nil {
                return err
        }
        if _, err := db.Get([]byte("version"), nil); err != nil {
                return err
        }
        return db.Close()
}
```

## Fixed
```go
package demo

import "github.com/syndtr/goleveldb/leveldb"

func check(path string) error {
        db, err := leveldb.OpenFile(path, nil)
        if err != nil {
                return err
        }
        defer db.Close()
        _, err = db.Get([]byte("version"), nil)
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


@rule("GL408", "database-not-closed", severity="warning", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL408")
