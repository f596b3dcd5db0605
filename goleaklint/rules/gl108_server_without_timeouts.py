"""An HTTP server has no timeout for reading requests, so each client that stays silent holds a goroutine.

## Why it leaks
A server starts a goroutine for each connection. Without `ReadHeaderTimeout` or `ReadTimeout` that goroutine waits for
the request as long as the client keeps the connection open: clients that went away without closing, and those that
send one byte a minute on purpose, add up until descriptors or memory run out. `http.Serve`, `http.ListenAndServe` and
their TLS variants use such a server.

## Leaks
```go
package demo

import "net/http"

func serve(handler http.Handler) error {
        return http.ListenAndServe(":8080", handler)
}
```

## Fixed
```go
package demo

import (
        "net/http"
        "time"
)

func serve(handler http.Handler) error {
        server := &http.Server{Addr: ":8080", Handler: handler, ReadHeaderTimeout: 10 * time.Second}
        return server.ListenAndServe()
}
```

## Not seen
Servers whose timeouts are set somewhere else in the same function or, for servers kept in fields, the same package.
Tests, unix sockets, and servers that only the same machine can reach are left out. Where net/http/pprof has added its
pages to what is served, that is mostly for those who run the program: low confidence.
"""

import re
from collections.abc import Iterator

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.liveness.telling import step_in
from goleaklint.model import Confidence, Finding, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.syntax.walk import all_expressions
from goleaklint.types.types import Named

HELPERS = {"ListenAndServe": 0, "ListenAndServeTLS": 0, "Serve": -1, "ServeTLS": -1}
"""The functions of net/http that serve with no timeouts; with the number of the argument that is an address."""

_SERVES = frozenset(("net/http", f"(*Server).{name}") for name in HELPERS)

TIMEOUTS = frozenset(("ReadTimeout", "ReadHeaderTimeout"))
_SET_LATER = re.compile(rb"\.Read(?:Header)?Timeout\s*=[^=]")
_LOCAL = re.compile(r"localhost|127\.0\.0\.1|\[::1\]|unix|pprof|debug", re.IGNORECASE)


@rule(
    "GL108", "server-without-timeouts", severity="warning", confidence="high", since="0.1",
    words=("http.Serve", "http.ListenAndServe"),
)  # fmt: skip
def check(fn: FunctionView) -> Iterator[Finding]:
    if fn.is_for_tests or _is_local(fn):
        return
    for _, op in fn.ops(ops.Call):
        callee = fn.callee(op.node)
        if callee is not None and callee[0] == "net/http" and callee[1] in HELPERS:
            confidence = Confidence.LOW if _is_for_debugging(fn, op.node) else None
            yield _finding(fn, op.node, f"http.{callee[1]} serves", "serve with an http.Server that has", confidence)
    if not _sets_later(fn):
        for expr in all_expressions(fn.code.block.stmts):
            if isinstance(expr, ast.CompositeLit) and _is_bare_server(fn, expr):
                yield _finding(fn, expr, "this http.Server serves", "give it")


def _is_for_debugging(fn: FunctionView, call: ast.Call) -> bool:
    """Reports whether what is served are the handlers that every package may add to, and the file adds net/http/pprof:
    a page for those who run the program."""
    imported = {each.path for each in fn.code.whole.scope.source.syntax.imports}
    given = [fn.text(each) for each in call.args]
    return "net/http/pprof" in imported and any(each == "nil" or "DefaultServeMux" in each for each in given)


def _finding(
    fn: FunctionView, node: ast.Expr, subject: str, mend: str, confidence: Confidence | None = None
) -> Finding:
    return fn.finding(
        node, f"{subject} without a timeout for reading requests, so each silent client holds a goroutine",
        steps=tuple(_steps(fn, node)), mend=f"{mend} a ReadHeaderTimeout or ReadTimeout",
        confidence=confidence,
    )  # fmt: skip


def _steps(fn: FunctionView, node: ast.Expr) -> Iterator[Step]:
    """Where the server is made, and where it serves, if that is a call in the same function."""
    if not isinstance(node, ast.CompositeLit):
        yield fn.step(node, "serves without timeouts", StepKind.BLOCKED)
        return
    yield fn.step(node, "the server is made without ReadHeaderTimeout and ReadTimeout", StepKind.ACQUIRE)
    for code in (fn.code, *fn.code.literals):
        calls = (each for each in all_expressions(code.block.stmts) if isinstance(each, ast.Call))
        for call in calls:
            if code.callee_name(call) in _SERVES and _is_made_by(code, call, node):
                yield step_in(code, call, "serves", StepKind.BLOCKED)


def _is_made_by(code: Code, call: ast.Call, literal: ast.CompositeLit) -> bool:
    """Reports whether a method is called on the variable that was set to the literal."""
    fun = ast.unparen(call.fun)
    symbol = code.symbol(fun.x) if isinstance(fun, ast.Selector) else None
    value = code.whole.value_of(symbol) if symbol is not None and symbol.is_variable else None
    value = ast.unparen(value) if value is not None else None
    return literal is (ast.unparen(value.x) if isinstance(value, ast.Unary) else value)


def _is_bare_server(fn: FunctionView, literal: ast.CompositeLit) -> bool:
    if fn.type_of(literal) != Named("net/http", "Server"):
        return False
    keys = {
        each.key.name for each in literal.elements if isinstance(each, ast.KeyValue) and isinstance(each.key, ast.Ident)
    }
    return TIMEOUTS.isdisjoint(keys)


def _is_local(fn: FunctionView) -> bool:
    """Reports whether the function speaks of the own machine: an address, a unix socket, a page for debugging."""
    start, end = fn.function.body.start, fn.function.body.end
    text = fn.function.file.text.data[start:end].decode("utf-8", "replace")
    return _LOCAL.search(fn.name) is not None or _LOCAL.search(text) is not None


def _sets_later(fn: FunctionView) -> bool:
    """Reports whether the package sets such a timeout of something after it was made."""
    functions = fn.setting.functions
    files = functions.sources.files.get(fn.setting.package.path, ())
    texts = (functions.text(path) for path in files)
    return any(text is not None and _SET_LATER.search(text.data) for text in texts)
