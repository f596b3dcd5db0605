"""A process that was started is not waited for on some way out of the function.

## Why it leaks
A process that has ended stays as a zombie until its parent waits for it. `Wait` also lets the goroutines end that copy
its output or wait for its context, and closes its pipes; cancelling the context of the command kills the process, but
does not wait.

## Leaks
```go
package demo

import (
        "io"
        "os/exec"
)

func lines(name string) ([]byte, error) {
        cmd := exec.Command("sort", name)
        out, err := cmd.StdoutPipe()
        if err != nil {
                return nil, err
        }
        if err := cmd.Start(); err != nil {
                return nil, err
        }
        data, err := io.ReadAll(out)
        if err != nil {
                return nil, err
        }
        return data, cmd.Wait()
}
```

## Fixed
```go
package demo

import (
        "io"
        "os/exec"
)

func lines(name string) ([]byte, error) {
        cmd := exec.Command("sort", name)
        out, err := cmd.StdoutPipe()
        if err != nil {
                return nil, err
        }
        if err := cmd.Start(); err != nil {
                return nil, err
        }
        data, err := io.ReadAll(out)
        if err != nil {
                cmd.Process.Kill()
                cmd.Wait()
                return nil, err
        }
        return data, cmd.Wait()
}
```

## Not seen
What is stored, sent, returned, captured by a goroutine or given to a function whose source is not read counts as handed
over: from then on it is somebody else's.
Only commands that the same function starts and holds in a variable are followed, and none that is started with a PidFD.
"""

from collections.abc import Iterator

from goleaklint.model import Finding
from goleaklint.rules._api import rule
from goleaklint.rules._leaks import findings
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions


@rule("GL412", "process-not-waited", severity="error", confidence="high", since="0.1", resources=True)
def check(fn: FunctionView) -> Iterator[Finding]:
    found = list(findings(fn, "GL412"))
    if found and not _asks_for_handle(fn):
        yield from found


def _asks_for_handle(fn: FunctionView) -> bool:
    """Reports whether the function starts processes with a PidFD of its own: who has that waits for it, not for the
    number of the process."""
    keys = (each.key for each in all_expressions(fn.code.block.stmts) if isinstance(each, ast.KeyValue))
    return any(isinstance(key, ast.Ident) and key.name == "PidFD" for key in keys)
