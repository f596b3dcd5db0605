"""Rows, a statement, a connection or a transaction of a database is not closed on some way out of the function.

## Why it leaks
Rows that are open, a transaction that was neither committed nor rolled back, and a row that was never scanned each keep
a connection of the pool in use. Once the pool's limit is reached, every other query waits for ever; without a limit the
server runs out of connections. A prepared statement takes no connection, but stays in the server. Rows close themselves
when `Next` has returned false, so that the leak is an early return, or `if rows.Next()` in place of a loop.

## Leaks
```go
package demo

import "database/sql"

func first(db *sql.DB) (name string, err error) {
        rows, err := db.Query("SELECT name FROM peers")
        if err != nil {
                return "", err
        }
        if rows.Next() {
                return name, rows.Scan(&name)
        }
        return "", rows.Err()
}
```

## Fixed
```go
package demo

import "database/sql"

func first(db *sql.DB) (name string, err error) {
        rows, err := db.Query("SELECT name FROM peers")
        if err != nil {
                return "", err
        }
        defer rows.Close()
        if rows.Next() {
                return name, rows.Scan(&name)
        }
        return "", rows.Err()
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


@rule("GL404", "sql-handle-not-closed", severity="error", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL404")
