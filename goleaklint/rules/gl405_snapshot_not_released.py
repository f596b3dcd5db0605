"""A snapshot of a database is not released on some way out of the function.

## Why it leaks
As long as a snapshot lives, compaction has to keep every version of every key that it can see: a database that is
written to grows without end, and gets slower. Forgotten snapshots of goleveldb are taken back when the
collector happens to run; those of pebble stay until the database is closed.

## Leaks
```go
package demo

import "github.com/syndtr/goleveldb/leveldb"

func pair(db *leveldb.DB) (a, b []byte, err error) {
        snap, err := db.GetSnapshot()
        if err != nil {
                return nil, nil, err
        }
        if a, err = snap.Get([]byte("a"), nil); err != nil {
                return nil, nil, err
        }
        b, err = snap.Get([]byte("b"), nil)
        snap.Release()
        return a, b, err
}
```

## Fixed
```go
package demo

import "github.com/syndtr/goleveldb/leveldb"

func pair(db *leveldb.DB) (a, b []byte, err error) {
        snap, err := db.GetSnapshot()
        if err != nil {
                return nil, nil, err
        }
        defer snap.Release()
        if a, err = snap.Get([]byte("a"), nil); err != nil {
                return nil, nil, err
        }
        b, err = snap.Get([]byte("b"), nil)
        return a, b, err
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


@rule("GL405", "snapshot-not-released", severity="error", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL405")
