"""A transaction or batch of a database is neither committed nor given up on some way out of the function.

## Why it leaks
A transaction that is open holds what it needs: a lock that all other writers wait for (goleveldb, bbolt, btcd), a read
timestamp that keeps old versions alive (badger), pages that cannot be used again (bbolt), samples in memory
(Prometheus). A read-only one has to be finished, too. To give up after a commit does no harm, so the safe form is to
defer that at once.

## Leaks
```go
package demo

import "github.com/dgraph-io/badger/v4"

func write(db *badger.DB, fill func(*badger.Txn) error) error {
        txn := db.NewTransaction(true)
        if err := fill(txn); err != nil {
                return err
        }
        return txn.Commit()
}
```

## Fixed
```go
package demo

import "github.com/dgraph-io/badger/v4"

func write(db *badger.DB, fill func(*badger.Txn) error) error {
        txn := db.NewTransaction(true)
        defer txn.Discard()
        if err := fill(txn); err != nil {
                return err
        }
        return txn.Commit()
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


@rule("GL407", "transaction-not-finished", severity="error", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL407")
