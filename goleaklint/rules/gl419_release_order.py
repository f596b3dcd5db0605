"""Two things are released in an order that their library forbids: the transaction before its iterator.

## Why it leaks
What was made from a parent has to be released before the parent is. badger's `Txn.Discard` panics if one of its
iterators is still open, so that neither is released and whatever the function held at that time is lost with them.
Deferred calls run last first: the iterator's `Close` has to be deferred after the transaction's `Discard`.

## Leaks
```go
package demo

import "github.com/dgraph-io/badger/v4"

func count(db *badger.DB) (n int) {
        txn := db.NewTransaction(false)
        it := txn.NewIterator(badger.IteratorOptions{})
        defer it.Close()
        defer txn.Discard()
        for ; it.Valid(); it.Next() {
                n++
        }
        return n
}
```

## Fixed
```go
package demo

import "github.com/dgraph-io/badger/v4"

func count(db *badger.DB) (n int) {
        txn := db.NewTransaction(false)
        defer txn.Discard()
        it := txn.NewIterator(badger.IteratorOptions{})
        defer it.Close()
        for ; it.Valid(); it.Next() {
                n++
        }
        return n
}
```

## Not seen
Parent and child have to be variables of the same function, and released by calls that name them.
"""

from collections.abc import Iterator

from goleaklint.model import Finding, StepKind
from goleaklint.ownership.engine import Ownership
from goleaklint.ownership.order import Disorder, Orders
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView


@rule("GL419", "release-order", severity="error", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    acquired = Ownership.of(fn.setting.functions).acquired(fn.code)
    for disorder in Orders(fn.code, acquired).all():
        yield _finding(fn, disorder)


def _finding(fn: FunctionView, disorder: Disorder) -> Finding:
    acquisition, parent = disorder.acquisition, disorder.parent.name
    name = next(symbol.name for symbol, _ in acquisition.state.names) if acquisition.state is not None else "it"
    when = "is deferred later, so it runs first" if disorder.deferred else "comes first"
    return fn.finding(
        acquisition.call,
        f"{name} ({acquisition.resource.label}) is released after {parent}, which it belongs to",
        steps=(
            fn.step(acquisition.call, f"makes {name} from {parent}", StepKind.ACQUIRE),
            fn.step(disorder.first, f"the release of {parent} {when}", StepKind.RELEASE),
            fn.step(disorder.late, f"{name} is released after that", StepKind.RELEASE),
        ),
        mend=f"release {name} before {parent}; deferred calls run last first",
        resource=acquisition.resource.label,
    )
