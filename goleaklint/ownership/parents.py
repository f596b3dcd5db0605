"""A call that acquires something of a parent in; whether the function or its callers end the parent soon, out.

`d.client.Watch(ctx, key)` makes a watch that ends with the client. Where `d.close()` closes that, and each function
that makes a `d` defers it, no watch is left.
"""

from collections.abc import Iterator

from goleaklint.calls.code import CallSite, Code, DeclaredFunction
from goleaklint.flow import ops
from goleaklint.flow.paths import Point, find_path
from goleaklint.index.package import base_name
from goleaklint.index.symbols import Symbol
from goleaklint.knowledge import Resource
from goleaklint.ownership.carrying import RELEASE_LIKE, root_of
from goleaklint.ownership.origins import Origins
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions, statements

MAX_CALLERS = 24
"""How many callers are asked in all; a client that more functions share is there to stay."""


def parent_ends(code: Code, call: ast.Call, resource: Resource, origins: Origins) -> bool:
    """Reports whether the parent of what a call acquires is a variable of this function that is released somewhere in
    it, a parameter whose release is deferred in it, or what the callers end."""
    parent = _parent(call, resource)
    if parent is None:
        return False
    if owner_ends(code, parent):
        return True
    root = root_of(parent)
    symbol = code.symbol(root) if root is not None else None
    if symbol is None or not symbol.is_variable:
        return False
    body = code.whole.function.body.block.stmts
    if not origins.values(symbol):
        if root is not ast.unparen(parent):
            return False
        deferred = (ast.unparen(each.call) for each in statements(body) if isinstance(each, ast.Defer))
        return any(isinstance(each, ast.Call) and _may_release(code, each, symbol) for each in deferred)
    calls = (each for each in deep_expressions(body) if isinstance(each, ast.Call))
    return any(_may_release(code, each, symbol) for each in calls)


def _parent(call: ast.Call, resource: Resource) -> ast.Expr | None:
    """What the acquiring call is made on, or the argument that the pack names."""
    if resource.parent is not None:
        return call.args[resource.parent] if resource.parent < len(call.args) else None
    fun = ast.unparen(call.fun)
    return fun.x if isinstance(fun, ast.Selector) else None


def owner_ends(code: Code, parent: ast.Expr) -> bool:
    """Reports whether `parent` is a field of the receiver which every caller of the method gives back as it ends, or a
    parameter that every caller gives back somewhere."""
    parent = ast.unparen(parent)
    symbol = code.symbol(parent)
    if symbol is not None and symbol in code.whole.code.params and not _is_receiver(code, parent):
        return _callers_release(code.whole, symbol)
    if not isinstance(parent, ast.Selector) or not _is_receiver(code, parent.x):
        return False
    closers = frozenset(_closers(code.whole, parent.name.name))
    return bool(closers) and _callers_end(code.whole, closers, set())


def _callers_release(whole: DeclaredFunction, parameter: Symbol) -> bool:
    """Reports whether each function that calls this one makes a call that may release what it gives for a parameter."""
    found = 0
    for found, site in enumerate(whole.functions.each_caller(whole.decl), 1):
        if not isinstance(site.node, ast.Call) or not site.call or found > MAX_CALLERS:
            return False
        given = dict(site.code.arguments(site.node, whole.code)).get(parameter)
        symbol = site.code.symbol(given) if given is not None else None
        calls = (each for each in deep_expressions(site.code.whole.code.block.stmts) if isinstance(each, ast.Call))
        if symbol is None or not any(_may_release(site.code, each, symbol) for each in calls):
            return False
    return found > 0


def _may_release(code: Code, call: ast.Call, symbol: Symbol) -> bool:
    fun = ast.unparen(call.fun)
    named = isinstance(fun, ast.Selector) and RELEASE_LIKE.match(fun.name.name) is not None
    return isinstance(fun, ast.Selector) and named and code.symbol(fun.x) is symbol


def _is_receiver(code: Code, expr: ast.Expr) -> bool:
    declared = code.whole.code
    symbol = code.symbol(expr)
    return symbol is not None and declared.is_method and bool(declared.params) and declared.params[0] is symbol


def _closers(whole: DeclaredFunction, field: str) -> Iterator[str]:
    """The methods of the receiver's type that release what the field holds."""
    receiver = whole.function.decl.receiver
    by_name = whole.scope.package.methods.get(base_name(receiver.type), {}) if receiver is not None else {}
    for name, decls in by_name.items():
        method = whole.functions.of(decls[0]) if RELEASE_LIKE.match(name) and decls else None
        if method is not None and any(_releases(method.code, each, field) for each in _calls(method.code)):
            yield name


def _calls(code: Code) -> Iterator[ast.Call]:
    return (each for each in deep_expressions(code.block.stmts) if isinstance(each, ast.Call))


def _releases(code: Code, call: ast.Call, field: str) -> bool:
    match ast.unparen(call.fun):
        case ast.Selector(x=ast.Selector(x=x, name=ast.Ident(name=held)), name=ast.Ident(name=name)):
            return held == field and RELEASE_LIKE.match(name) is not None and _is_receiver(code, x)
        case _:
            return False


def _callers_end(whole: DeclaredFunction, closers: frozenset[str], seen: set[object]) -> bool:
    """Reports whether all that call a method defer one of the closers first, or are methods of which this is true."""
    if whole.function.decl.name.name[:1].isupper():
        return False  # others may call it, too
    seen.add(whole.decl)
    sites = whole.functions.each_caller(whole.decl)
    found = 0
    for found, site in enumerate(sites, 1):
        fun = ast.unparen(site.node.fun) if isinstance(site.node, ast.Call) and site.call else None
        if not isinstance(fun, ast.Selector) or len(seen) + found > MAX_CALLERS:
            return False
        if not _is_receiver(site.code, fun.x):
            if not _ends_after(site, fun.x, closers):
                return False
        elif site.code.whole.decl not in seen and not _callers_end(site.code.whole, closers, seen):
            return False
    return found > 0


def _ends_after(site: CallSite, owner: ast.Expr, closers: frozenset[str]) -> bool:
    """Reports whether the release of the owner is deferred on each way to the call."""
    code, symbol = site.code, site.code.symbol(owner)
    if symbol is None or not symbol.is_variable:
        return False

    def defers(op: ops.Op) -> bool:
        call = ast.unparen(op.node.call) if isinstance(op, ops.Defer) else None
        fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
        return isinstance(fun, ast.Selector) and fun.name.name in closers and code.symbol(fun.x) is symbol

    answer = find_path(
        code.graph, code.tracker, Point(0), exits=frozenset(), avoiding=defers,
        to=lambda op: isinstance(op, ops.Call) and op.node is site.node,
    )  # fmt: skip
    return answer.path is None and answer.complete
