"""An iterator over a database is not released on some way out of the function.

## Why it leaks
An iterator sees the database as it was when it was made. As long as it is open, the tables and memtables that it reads
cannot be deleted, old versions pile up, and closing the database waits for it or fails. Reaching the end does not
release it (except for the pull iterators of package iter). Most leaks are an early return in the loop, before the
`Release` or `Close` below it.

## Leaks
```go
package demo

import "github.com/syndtr/goleveldb/leveldb"

func count(db *leveldb.DB, visit func(key []byte) error) (n int, err error) {
        it := db.NewIterator(nil, nil)
        for it.Next() {
                if err := visit(it.Key()); err != nil {
                        return n, err
                }
                n++
        }
        it.Release()
        return n, it.Error()
}
```

## Fixed
```go
package demo

import "github.com/syndtr/goleveldb/leveldb"

func count(db *leveldb.DB, visit func(key []byte) error) (n int, err error) {
        it := db.NewIterator(nil, nil)
        defer it.Release()
        for it.Next() {
                if err := visit(it.Key()); err != nil {
                        return n, err
                }
                n++
        }
        return n, it.Error()
}
```

## Not seen
An iterator that is stored, sent, captured by a goroutine or given to a function whose source is not read counts as
handed over. So does one in a slice or map once that is given away.
"""

from collections.abc import Iterator

from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._leaks import findings
from goleaklint.rules._view import FunctionView


@rule("GL406", "iterator-not-released", severity="error", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL406")
