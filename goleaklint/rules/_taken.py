"""A pool in; where objects are taken from it and put back, all over the package, out: for the rules on pools."""

from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.calls.mentions import Mention, Shared, mentions, walk
from goleaklint.index.symbols import Symbol
from goleaklint.rules._pools import PoolCall, pool_call
from goleaklint.syntax import ast
from goleaklint.syntax.walk import statements

MAX_CALLERS = 2
"""How many helpers deep a Get is followed to those that use the object: `getBuf` is one."""


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """An object as one function takes it from a pool: by `call`, into the variable `symbol`.

    `helper` is the function that took it before, if the call is one of a helper, and handed it on as it was then.
    `hands_on` tells that this function is such a helper itself.
    """

    code: Code
    call: ast.Call
    symbol: Symbol
    helper: "Taken | None" = None
    hands_on: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One Get or Put of a pool; `around` is the syntax around the call, innermost first."""

    code: Code
    pool_call: PoolCall
    around: tuple[ast.Node, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """All that the code under analysis does with one pool.

    `given` are the values that it is declared or set with. `escapes` tells that something else has hold of it, too.
    """

    gets: tuple[Site, ...]
    puts: tuple[Site, ...]
    given: tuple[Mention, ...]
    news: tuple[Mention, ...]
    escapes: bool


def sites(code: Code, shared: Shared) -> Sites:
    """Where the pool is used."""
    gets: list[Site] = []
    puts: list[Site] = []
    given: list[Mention] = []
    news: list[Mention] = []
    escapes = False
    for mention in mentions(code, shared):
        site = _site(mention)
        if site is not None:
            (puts if site.pool_call.is_put else gets).append(site)
        elif mention.given is not None:
            given.append(mention)
        elif _is_new(mention):
            news.append(mention)
        elif (value := _assigned(mention)) is not None:
            given.append(Mention(mention.expr, mention.around, mention.types, mention.code, value))
        elif not _only_looks(mention):
            escapes = True
    return Sites(tuple(gets), tuple(puts), tuple(given), tuple(news), escapes)


def _site(mention: Mention) -> Site | None:
    """The Get or Put that a mention is the pool of; an index or an address may stand between."""
    for number, node in enumerate(mention.around):
        if isinstance(node, ast.Call) and mention.code is not None:
            fun = ast.unparen(node.fun)
            if not isinstance(fun, ast.Selector) or not fun.x.start <= mention.expr.start < fun.x.end:
                return None
            found = pool_call(mention.code, node)
            return None if found is None else Site(mention.code, found, mention.around[number + 1 :])
        if not isinstance(node, ast.Selector | ast.Index | ast.Paren | ast.Star | ast.Unary):
            return None
    return None


def _is_new(mention: Mention) -> bool:
    """Reports whether the pool's field New is set here."""
    return any(isinstance(node, ast.Selector) and node.name.name == "New" for node in mention.around[:3])


def _assigned(mention: Mention) -> ast.Expr | None:
    stmt = next((node for node in mention.around if isinstance(node, ast.Assign)), None)
    if stmt is None or len(stmt.left) != len(stmt.right):
        return None
    return next(
        (value for target, value in zip(stmt.left, stmt.right, strict=True) if ast.unparen(target) is mention.expr),
        None,
    )


def _only_looks(mention: Mention) -> bool:
    """Reports whether the pool is only declared here, counted or compared."""
    node = mention.around[0] if mention.around else None
    if isinstance(node, ast.Call):
        return isinstance(node.fun, ast.Ident) and node.fun.name in ("len", "cap")
    return isinstance(node, ast.Binary | ast.ValueSpec)


# --- who has the object


def takers(
    code: Code, call: ast.Call, depth: int = MAX_CALLERS, result: int = 0, helper: Taken | None = None
) -> Iterator[Taken | None]:
    """The variables that the object of a Get comes into: where it is got, and, of a helper that returns it, at the
    helper's callers. None stands for one that cannot be followed. `result` tells which result of `call` it is."""
    symbol, at = _target(code, call, result)
    symbol = _asserted(code, symbol) if symbol is not None else None
    if symbol is not None:
        at = _returned_as(code, symbol)
    ends = at is None or not depth or code.outer is not None
    taken = None if symbol is None else Taken(code, call, symbol, helper, not ends)
    if ends or taken is not None:
        yield taken
    if ends or at is None:
        return
    for site in code.whole.functions.callers(code.whole.decl):
        if site.call and isinstance(site.node, ast.Call):
            yield from takers(site.code, site.node, depth - 1, at, taken or helper)
        else:
            yield None


def _target(code: Code, call: ast.Call, result: int) -> tuple[Symbol | None, int | None]:
    """The local variable that a result of a call is assigned to, or which result of this function it is at once."""
    for expr, around in walk(code.block.stmts):
        if expr is not call:
            continue
        value: ast.Expr = call
        for node in around:
            match node:
                case ast.TypeAssert() | ast.Paren() | ast.Star():
                    value = node
                case ast.Return(results=results):
                    return None, next((at for at, each in enumerate(results) if each is value), None)
                case ast.Assign(left=left, right=right):
                    return _assigned_to(code, left, right, value, result), None
                case ast.DeclStmt(specs=specs):
                    spec = next(
                        (each for each in specs if isinstance(each, ast.ValueSpec) and value in each.values), None
                    )
                    return (_assigned_to(code, spec.names, spec.values, value, result) if spec else None), None
                case _:
                    return None, None
    return None, None


def _assigned_to(
    code: Code, left: tuple[ast.Expr, ...], right: tuple[ast.Expr, ...], value: ast.Expr, result: int
) -> Symbol | None:
    at = next((at for at, each in enumerate(right) if ast.unparen(each) is value), None)
    if at is None:
        return None
    target = left[at] if len(left) == len(right) else left[result] if result < len(left) else None
    symbol = code.symbol(target) if target is not None else None
    return symbol if symbol is not None and symbol.is_variable else None


def _asserted(code: Code, symbol: Symbol) -> Symbol:
    """The variable that a value without a type of its own is asserted into: `e := v.(*T)`; else the variable itself."""
    for stmt in statements(code.block.stmts):
        if isinstance(stmt, ast.Assign) and len(stmt.right) == 1:
            value = ast.unparen(stmt.right[0])
            if isinstance(value, ast.TypeAssert) and code.symbol(value.x) is symbol:
                return code.symbol(stmt.left[0]) or symbol
    return symbol


def _returned_as(code: Code, symbol: Symbol) -> int | None:
    """Which result of the function is what the variable holds; None if none is."""
    for stmt in statements(code.block.stmts):
        for at, value in enumerate(stmt.results) if isinstance(stmt, ast.Return) else ():
            value = ast.unparen(value)
            while isinstance(value, ast.Unary | ast.Star | ast.Slice | ast.TypeAssert):
                value = ast.unparen(value.x)
            if code.symbol(value) is symbol:
                return at
    return None
