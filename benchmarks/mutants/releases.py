"""A function in; the places where taking a release away leaks what packs know, or a context, out.

What a deadline, the end of its context, or reading it to its end gives back is left out: it may not leak. So are spans,
of which only the record is lost, and contexts whose parent is a parameter: a request's ends soon.
"""

from collections.abc import Iterator

from goleaklint.calls.code import Code, DeclaredFunction
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.knowledge import Holder, Resource, Until
from goleaklint.syntax import ast
from goleaklint.syntax.walk import statements

from .serving import comes_again
from .sites import Site, site
from .statements import calls, calls_in, deferred_call, is_in, plain_call, sequences
from .uses import HARMLESS, Use, uses


def deferred_release(whole: DeclaredFunction) -> Iterator[Site]:
    """`defer x.Close()` where x is acquired in this function, and nothing else gives it back or takes it."""
    for code in whole.all_code():
        for stmt in statements(code.block.stmts):
            call = deferred_call(stmt) if isinstance(stmt, ast.Defer) else None
            held = _held(code, call) if call is not None else None
            if held is None or call is None:
                continue
            symbol, resource = held
            found = [use for ident, use in uses(whole, symbol) if not is_in(ident, call)]
            releases = sum(_is_release(each, code, symbol, resource) for each in calls(whole))
            again = comes_again(code, symbol.node) and not _ends_by_itself(code, resource)
            if releases == 1 and set(found) <= HARMLESS and again:
                yield site(whole, "deferred release", _rules(resource), (stmt.start, stmt.end))


def release_on_error(whole: DeclaredFunction) -> Iterator[Site]:
    """`x.Close()` before a return in a branch, where x was only used so far and is not deferred to be released."""
    for code in whole.all_code():
        for stmt, follower, branch in sequences(code.block.stmts):
            call = plain_call(stmt)
            held = _held(code, call) if call is not None and branch and isinstance(follower, ast.Return) else None
            if held is None or call is None or not isinstance(follower, ast.Return):
                continue
            symbol, resource = held
            if any(_is_deferred(code, each, symbol) for each in statements(code.block.stmts)):
                continue
            before = {use for ident, use in uses(whole, symbol) if ident.start < stmt.start}
            after = [use for ident, use in uses(whole, symbol) if is_in(ident, follower)]
            if _hardly_fails(code, stmt):
                continue
            again = comes_again(code, leaving=follower) and not _ends_by_itself(code, resource)
            if before <= HARMLESS and not after and again:
                yield site(whole, "release before an early return", _rules(resource), (stmt.start, stmt.end))


_TRIFLES = frozenset("Seek SetDeadline SetReadDeadline SetWriteDeadline SetKeepAlive SetNoDelay".split())
"""Methods of files and connections that only fail where these are closed already: nobody comes to leak there."""


def _hardly_fails(code: Code, stmt: ast.Stmt) -> bool:
    """Reports whether what fails right before a statement practically never does."""
    before = (each for each in calls_in(code) if each.end <= stmt.start)
    last = max(before, key=lambda each: each.end, default=None)
    fun = ast.unparen(last.fun) if last is not None else None
    return isinstance(fun, ast.Selector) and fun.name.name in _TRIFLES


def _rules(resource: Resource) -> tuple[str, ...]:
    return resource.rule, "GL414", "GL416", "GL417"


def _held(code: Code, call: ast.Call) -> tuple[Symbol, Resource] | None:
    """The local variable that a call releases, with its resource, if a call in the same code acquires it."""
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector):
        return None
    x = ast.unparen(fun.x)
    field = ""
    if isinstance(x, ast.Selector):
        field, x = x.name.name, ast.unparen(x.x)
    symbol = code.symbol(x)
    if symbol is None or symbol.kind is not SymbolKind.LOCAL or not isinstance(symbol.node, ast.Assign):
        return None
    if not code.node.start <= symbol.start < code.node.end:
        return None
    resource = _acquired(code, symbol, symbol.node, field)
    if resource is None or fun.name.name not in {name.name for name in resource.release}:
        return None
    return (symbol, resource) if _is_assigned_once(code, symbol) else None


def _acquired(code: Code, symbol: Symbol, stmt: ast.Assign, field: str) -> Resource | None:
    """The resource in a variable, by the call that gives its value; None where forgetting it is but a note."""
    call = ast.unparen(stmt.right[0]) if len(stmt.right) == 1 else None
    name = code.callee_name(call) if isinstance(call, ast.Call) else None
    if name is None:
        return None
    at = next((at for at, each in enumerate(stmt.left) if each.start == symbol.start), -1)
    for each in code.whole.functions.knowledge.resources_acquired_by(*name):
        lasting = not each.pooled and not each.released_by and each.until is not Until.DEADLINE and not each.before_go
        lasting = lasting and each.rule != "GL413"
        if each.holder is Holder.RESULT and each.position == at and each.field == field and lasting:
            return each
    return None


_BY_CONTEXT = frozenset(("GL403", "GL404", "GL409", "GL411"))
"""Rules of what ends with the context that it was asked for with."""

_MAKES_CONTEXT = ("WithCancel", "WithTimeout", "WithDeadline")


def _ends_by_itself(code: Code, resource: Resource) -> bool:
    """Reports whether a context of the function's own may end what is held."""
    names = (code.callee_name(call) for call in calls(code.whole) if resource.rule in _BY_CONTEXT)
    return any(name is not None and name[0] == "context" and name[1].startswith(_MAKES_CONTEXT) for name in names)


def _is_assigned_once(code: Code, symbol: Symbol) -> bool:
    targets = (
        target
        for stmt in statements(code.whole.function.body.block.stmts)
        if isinstance(stmt, ast.Assign)
        for target in stmt.left
    )
    return sum(code.symbol(target) is symbol for target in targets) == 1


def _is_release(call: ast.Call, code: Code, symbol: Symbol, resource: Resource) -> bool:
    fun = ast.unparen(call.fun)
    if not isinstance(fun, ast.Selector) or fun.name.name not in {name.name for name in resource.release}:
        return False
    x = ast.unparen(fun.x)
    return code.symbol(ast.unparen(x.x) if isinstance(x, ast.Selector) else x) is symbol


def _is_deferred(code: Code, stmt: ast.Stmt, symbol: Symbol) -> bool:
    return isinstance(stmt, ast.Defer) and any(is_in(ident, stmt) for ident, _ in uses(code.whole, symbol))


def cancel(whole: DeclaredFunction) -> Iterator[Site]:
    """`defer cancel()` of a context whose parent goes on: one that an object keeps."""
    for code in whole.all_code():
        for stmt in statements(code.block.stmts):
            call = ast.unparen(stmt.call) if isinstance(stmt, ast.Defer) else None
            symbol = code.symbol(call.fun) if isinstance(call, ast.Call) else None
            if symbol is None or not isinstance(symbol.node, ast.Assign) or not _is_cancellable(code, symbol.node):
                continue
            alone = [use for _, use in uses(whole, symbol)] == [Use.DECLARED, Use.CALLED]
            if alone and comes_again(code, symbol.node):
                yield site(whole, "deferred cancel", _OF_CONTEXTS, (stmt.start, stmt.end))


_OF_CONTEXTS = ("GL603", "GL105", "GL409", "GL411")


def _is_cancellable(code: Code, stmt: ast.Assign) -> bool:
    call = ast.unparen(stmt.right[0])
    if not isinstance(call, ast.Call) or code.callee_name(call) != ("context", "WithCancel") or not call.args:
        return False
    return isinstance(ast.unparen(call.args[0]), ast.Selector)
