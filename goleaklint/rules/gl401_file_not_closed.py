"""A file, archive, pipe or other reader is not closed on some way out of the function.

## Why it leaks
Each open file is a descriptor, of which a process has some thousand. One that nobody closes is given back when the
collector happens to run its finalizer; a server that leaks one with each failed request runs out of descriptors long
before, and then can neither open files nor accept connections. A pipe's writer that is not closed lets its reader wait
for ever. Most leaks are an error return between the call that opens and the `defer`.

## Leaks
```go
package demo

import "os"

func size(name string) (int64, error) {
        f, err := os.Open(name)
        if err != nil {
                return 0, err
        }
        info, err := f.Stat()
        if err != nil {
                return 0, err
        }
        return info.Size(), f.Close()
}
```

## Fixed
```go
package demo

import "os"

func size(name string) (int64, error) {
        f, err := os.Open(name)
        if err != nil {
                return 0, err
        }
        defer f.Close()
        info, err := f.Stat()
        if err != nil {
                return 0, err
        }
        return info.Size(), nil
}
```

## Not seen
What is stored, sent, returned, captured by a goroutine or given to a function whose source is not read counts as handed
over: from then on it is somebody else's. A file of an `fs.FS` or `http.FileSystem` may be one in memory: that one is
kept where something fails has low confidence, and so has what is kept in a function of a program that nothing in it
leads to.
"""

from collections.abc import Iterator

from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._leaks import findings
from goleaklint.rules._view import FunctionView


@rule("GL401", "file-not-closed", severity="warning", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    yield from findings(fn, "GL401")
