"""A read or write waits for a remote side that may never answer, and no deadline ends it.

## Why it leaks
A peer that stops reading or writing without closing keeps the operation waiting as long as the connection lives:
nothing tells a silent peer from a slow one but a deadline. The goroutine, its stream and what the peer may hold of
both stay; one that does so on purpose needs few bytes for each. A deferred Close does not help: it runs when the
operation is over. Nor does the deadline of the context that was given to the dial or to NewStream: it ends with them.

## Leaks
```go
package demo

import (
        "io"
        "net"
)

func ask(address string, question []byte) ([]byte, error) {
        conn, err := net.Dial("tcp", address)
        if err != nil {
                return nil, err
        }
        defer conn.Close()
        if _, err := conn.Write(question); err != nil {
                return nil, err
        }
        return io.ReadAll(conn)
}
```

## Fixed
```go
package demo

import (
        "io"
        "net"
        "time"
)

func ask(address string, question []byte) ([]byte, error) {
        conn, err := net.Dial("tcp", address)
        if err != nil {
                return nil, err
        }
        defer conn.Close()
        if err := conn.SetDeadline(time.Now().Add(time.Minute)); err != nil {
                return nil, err
        }
        if _, err := conn.Write(question); err != nil {
                return nil, err
        }
        return io.ReadAll(conn)
}
```

## Not seen
Reads and writes in loops, which are how lasting connections are served; those on fields, whose deadline or Close may
be anywhere; those whose function, or one of its callers, sets a deadline on any path. Writes of packets never wait.
What a process does once keeps one goroutine at most, and is a note.
"""

from collections.abc import Iterator

from goleaklint.calls.often import Often, usual_root_of
from goleaklint.liveness.deadlines import WORDS, Unbounded, unbounded_io
from goleaklint.liveness.telling import step_in
from goleaklint.model import Finding, Severity, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView

SETTERS = {"read": "SetReadDeadline", "write": "SetWriteDeadline"}


@rule("GL103", "blocking-io-without-deadline", severity="warning", confidence="medium", since="0.1", words=WORDS)
def check(fn: FunctionView) -> Iterator[Finding]:
    if fn.depth or fn.ends_with_process or fn.is_for_tests:
        return
    # One for each stream: who sets a deadline sets both.
    found = {each.symbol: each for each in reversed(list(unbounded_io(fn.code.whole)))}
    for each in found.values():
        yield _finding(fn, each)


def _finding(fn: FunctionView, found: Unbounded) -> Finding:
    name, verb = found.symbol.name, found.verb
    kind = "stream" if found.is_stream else "connection"
    steps = [] if found.symbol.node is None else [fn.step(found.symbol.node, f"the {kind} {name}", StepKind.ACQUIRE)]
    lacking = "answer" if verb == "read" else "read"
    waits = f"waits here as long as the other side does not {lacking}"
    steps.append(step_in(found.code, found.call, waits, StepKind.BLOCKED))
    message = f"this {verb} waits for the remote side of {name} without a deadline, so a silent peer keeps it for ever"
    mend = f"call {name}.SetDeadline, or {SETTERS[verb]}, before"
    root = usual_root_of(found.code, found.call)
    once = root.often is Often.ONCE and root.why != ""  # without a reason: a function that main keeps as a value
    return fn.finding(found.call, message, steps=tuple(steps), mend=mend, severity=Severity.NOTE if once else None)
