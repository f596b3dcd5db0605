"""The result of Get is used as if it could not be nil, though the pool has no New, or a New that may return nil.

## Why it leaks
`Get` of an empty `sync.Pool` without `New` returns nil, and a pool is empty at the start, after two garbage collections
without use, and whenever all objects are in use. `pool.Get().(*T)` then panics: in a handler the request is lost with
the locks and slots it held, elsewhere the whole process ends. It happens under load or long after the start, not in
tests.

## Leaks
```go
package demo

import (
        "bytes"
        "sync"
)

var bufs sync.Pool

func line(name string) string {
        buf := bufs.Get().(*bytes.Buffer)
        defer bufs.Put(buf)
        buf.Reset()
        buf.WriteString(name)
        return buf.String()
}
```

## Fixed
```go
package demo

import (
        "bytes"
        "sync"
)

var bufs = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func line(name string) string {
        buf := bufs.Get().(*bytes.Buffer)
        defer bufs.Put(buf)
        buf.Reset()
        buf.WriteString(name)
        return buf.String()
}
```

## Not seen
Pools that are reached through parameters, and those whose New is set by another package.
"""

from collections.abc import Iterator

from goleaklint.model import Finding, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._pool_new import unchecked_use, why_nil
from goleaklint.rules._pools import SYNC_POOL, pool_calls
from goleaklint.rules._taken import sites
from goleaklint.rules._view import FunctionView
from goleaklint.types.types import Pointer


@rule("GL304", "pool-new-returns-nil", severity="error", confidence="high", since="0.1", words=("Get()",))
def check(fn: FunctionView) -> Iterator[Finding]:
    for get in pool_calls(fn.code):
        if get.is_put or get.shared is None:
            continue
        kind = fn.type_of(get.pool)
        if (kind.elem if isinstance(kind, Pointer) else kind) != SYNC_POOL:
            continue
        use = unchecked_use(fn.code, get.call)
        why = why_nil(fn.code, sites(fn.code, get.shared), get) if use is not None else ""
        if use is not None and why:
            message = f"Get returns nil where {get.shared} is empty, since {why}, and its use then panics"
            steps = (
                fn.step(get.call, f"Get: {why}", StepKind.ACQUIRE),
                fn.step(use, "used without a check for nil", StepKind.OTHER),
            )
            mend = f"give {get.shared} a New that always makes one, or assert with ok and make one where it is false"
            yield fn.finding(get.call, message, steps=steps, mend=mend)
