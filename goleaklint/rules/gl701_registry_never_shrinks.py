"""A map of connections, sessions, channels or callbacks is only ever added to: nothing leaves it.

## Why it leaks
An entry in a map of the package, or of an object that lives as long as the server, keeps its key and value reachable.
If what it stands for ends (a client disconnects, a subscriber goes, a request is answered) and its entry stays, each
one that ever came is kept: memory, the goroutines and buffers behind it, and the work of every loop over the map grow
without end. Closing the channel or the connection does not remove the entry.

## Leaks
```go
package demo

import "sync"

type hub struct {
        mu   sync.Mutex
        subs map[string]chan string
}

func newHub() *hub { return &hub{subs: make(map[string]chan string)} }

func (h *hub) subscribe(name string) <-chan string {
        ch := make(chan string, 16)
        h.mu.Lock()
        defer h.mu.Unlock()
        h.subs[name] = ch
        return ch
}

func (h *hub) unsubscribe(name string) {
        h.mu.Lock()
        defer h.mu.Unlock()
        close(h.subs[name])
}
```

## Fixed
```go
package demo

import "sync"

type hub struct {
        mu   sync.Mutex
        subs map[string]chan string
}

func newHub() *hub { return &hub{subs: make(map[string]chan string)} }

func (h *hub) subscribe(name string) <-chan string {
        ch := make(chan string, 16)
        h.mu.Lock()
        defer h.mu.Unlock()
        h.subs[name] = ch
        return ch
}

func (h *hub) unsubscribe(name string) {
        h.mu.Lock()
        defer h.mu.Unlock()
        close(h.subs[name])
        delete(h.subs, name)
}
```

## Not seen
Maps that are handed to other functions, returned or set aside in a variable: whoever has them may delete. Registries
that are filled as the program starts, and entries of other kinds than what comes and goes in a server. A delete that
exists, but not on every path on which it is needed. What is looked up by a name and made where it is missing has low
confidence: names of hosts, topics and settings are mostly few, where ids of sessions and requests are ever new.
"""

import re
from collections.abc import Iterator

from goleaklint.calls.mentions import Shared, shared_of
from goleaklint.calls.serving import runs_while_serving
from goleaklint.calls.starts import block_of
from goleaklint.model import Confidence, Finding, Step, StepKind
from goleaklint.rules._api import rule
from goleaklint.rules._registries import (
    INSERTERS,
    SYNC_MAP,
    Growth,
    Insertion,
    growth,
    is_enumeration,
    is_long_lived,
    registered,
)
from goleaklint.rules._view import FunctionView
from goleaklint.syntax import ast
from goleaklint.syntax.walk import direct_expressions, expressions, statements
from goleaklint.types.types import Basic, Chan, Map, Pointer, Type

MAX_CALLERS = 32
"""A function with more callers is asked for more keys than a program has constants for."""

_KIND = re.compile(r"(?:type|kind|code|op|cmd|command|method|event|tag|topic)$", re.IGNORECASE)
"""What keys are called that a program has a fixed number of."""

_EVER_NEW = re.compile(r"(?:id|key|token|nonce|hash|session|cookie|ticket|remote\w*|secret)$", re.IGNORECASE)
"""What keys are called that each session, request or object brings a new one of."""


@rule(
    "GL701", "registry-never-shrinks", severity="warning", confidence="medium", since="0.1",
    words=("] =", ".Store(", ".LoadOrStore(", ".Swap("),
)  # fmt: skip
def check(fn: FunctionView) -> Iterator[Finding]:
    reported: set[Shared] = set()
    for insertion in _insertions(fn):
        what = registered(fn.code, insertion)
        if not what or insertion.shared in reported or not _counts(fn, insertion, what):
            continue
        found = growth(fn.code, insertion.shared)
        if found is not None and runs_while_serving(fn.code, insertion.shared.owner):
            reported.add(insertion.shared)
            yield _finding(fn, insertion, what, found)


def _insertions(fn: FunctionView) -> Iterator[Insertion]:
    """Found in the syntax: the control flow of all functions that set an element of a slice would cost much."""
    for stmt in statements(fn.code.block.stmts):
        if isinstance(stmt, ast.Assign):
            yield from _assigned(fn, stmt)
        for part in direct_expressions(stmt):
            yield from (found for each in expressions(part) if (found := _stored(fn, each)) is not None)


def _assigned(fn: FunctionView, stmt: ast.Assign) -> Iterator[Insertion]:
    for target, value in zip(stmt.left, stmt.right, strict=False):
        index = ast.unparen(target)
        if isinstance(index, ast.Index) and isinstance(fn.core_type(index.x), Map):
            shared = _shared(fn, index.x)
            if shared is not None:
                yield Insertion(stmt, index.x, shared, index.indices[0], value)


def _stored(fn: FunctionView, call: ast.Expr) -> Insertion | None:
    fun = ast.unparen(call.fun) if isinstance(call, ast.Call) and len(call.args) == 2 else None
    if not isinstance(call, ast.Call) or not isinstance(fun, ast.Selector) or fun.name.name not in INSERTERS:
        return None
    kind = fn.type_of(fun.x)
    shared = _shared(fn, fun.x) if (kind.elem if isinstance(kind, Pointer) else kind) == SYNC_MAP else None
    return None if shared is None else Insertion(call, fun.x, shared, *call.args)


def _shared(fn: FunctionView, place: ast.Expr) -> Shared | None:
    """The shared variable that is the map itself, not one that holds it among others."""
    place = ast.unparen(place)
    return shared_of(fn.code, place, aliases=0) if isinstance(place, ast.Ident | ast.Selector) else None


def _counts(fn: FunctionView, insertion: Insertion, what: str) -> bool:
    """Reports whether the insertion can come again and again with new keys, into a map that lives on."""
    if fn.ends_with_process or fn.types.is_constant(insertion.key):
        return False
    core = fn.core_type(insertion.place)
    key = core.key if isinstance(core, Map) else fn.type_of(insertion.key)
    if is_enumeration(fn.code, key) or (what == "functions" and _is_by_name(fn, insertion, key)):
        return False
    block = block_of(fn.code, insertion.node)
    if block is None or block.index not in fn.graph.reachable():
        return False
    loops = (loop for loop in block.loops if isinstance(loop, ast.Range))
    if any(not isinstance(fn.core_type(loop.x), Chan) for loop in loops):
        return False  # what a list holds already is taken over: the list is what grows
    return is_long_lived(fn.code, insertion.shared) and not _is_given_constants(fn, insertion.key)


def _is_given_constants(fn: FunctionView, key: ast.Expr) -> bool:
    """Reports whether the key is a parameter that is a constant wherever the function is called."""
    symbol, declared = fn.symbol(key), fn.code.whole.code
    if symbol is None or symbol not in declared.params:
        return False
    for number, site in enumerate(fn.setting.functions.each_caller(fn.code.whole.decl)):
        if number == MAX_CALLERS or not site.call or not isinstance(site.node, ast.Call):
            return False
        given = dict(site.code.arguments(site.node, declared)).get(symbol)
        if given is None or not site.code.types.is_constant(given):
            return False
    return next(iter(fn.setting.functions.each_caller(fn.code.whole.decl)), None) is not None


def _is_by_name(fn: FunctionView, insertion: Insertion, key: Type) -> bool:
    """Reports whether it is a table of functions by name or kind, such as handlers or factories: a program has so
    many."""
    under = fn.types.declared.underlying(key)
    if not isinstance(under, Basic) or isinstance(ast.unparen(insertion.value), ast.FuncLit):
        return False
    return under.name == "string" or _KIND.search(fn.text(insertion.key)) is not None


def _is_memo(fn: FunctionView, insertion: Insertion) -> bool:
    """Reports whether an entry is looked up by a name and made where there is none: there are as many as names."""
    under = fn.types.declared.underlying(fn.type_of(insertion.key))
    if not isinstance(under, Basic) or under.name not in ("string", "untyped string"):
        return False
    symbol = fn.symbol(insertion.key)
    value = fn.code.whole.value_of(symbol) if symbol is not None and symbol.is_variable else None
    named = (fn.text(each).rstrip("()") for each in (insertion.key, value) if each is not None)
    return not any(map(_EVER_NEW.search, named)) and _is_looked_up(fn, insertion)


def _is_looked_up(fn: FunctionView, insertion: Insertion) -> bool:
    if isinstance(insertion.node, ast.Call) and _name_of(insertion.node) == "LoadOrStore":
        return True
    place, key = fn.text(insertion.place), fn.text(insertion.key)
    assigned = (each.right for each in statements(fn.code.block.stmts) if isinstance(each, ast.Assign))
    lookups = (value for right in assigned for value in map(ast.unparen, right) if value.start < insertion.node.start)
    return any((place, key) == _looked_up(fn, each) for each in lookups)


def _looked_up(fn: FunctionView, value: ast.Expr) -> tuple[str, str] | None:
    """The map and key of `m[k]` and `m.Load(k)`, as written."""
    match value:
        case ast.Index(x=x, indices=(key,)):
            return fn.text(x), fn.text(key)
        case ast.Call(fun=ast.Selector(x=x, name=ast.Ident(name="Load")), args=(key,)):
            return fn.text(x), fn.text(key)
        case _:
            return None


def _name_of(call: ast.Call) -> str:
    fun = ast.unparen(call.fun)
    return fun.name.name if isinstance(fun, ast.Selector) else ""


def _finding(fn: FunctionView, insertion: Insertion, what: str, found: Growth) -> Finding:
    shared = insertion.shared
    lives = "as long as the program runs" if not shared.owner else f"as long as its {shared.owner} lives"
    message = f"{shared} keeps all {what} that were ever added, {lives}: nothing takes an entry out of it"
    steps = [fn.step(insertion.node, "an entry is added", StepKind.ACQUIRE)]
    closed = found.closed
    if closed is not None and closed.code is not None:
        span = closed.code.source.span(closed.expr.start, closed.expr.end)
        steps.append(
            Step(span, f"{closed.code.name} closes what an entry holds and leaves the entry", StepKind.RELEASE)
        )
    mend = f"delete the entry where what it stands for ends, or bound {shared.name} by its length"
    confidence = Confidence.LOW if _is_memo(fn, insertion) else None
    return fn.finding(insertion.node, message, steps=tuple(steps), mend=mend, confidence=confidence)
