"""A call that acquires in; whether all that it can give is something whose release does nothing, out.

Behind an interface there may be types of the module that hold nothing: they have a Close because the interface asks
for it. Which types a value can have is told by what its variables and fields are given, and by what functions return.
"""

from collections.abc import Iterator

from goleaklint.calls.code import Code
from goleaklint.calls.mentions import Mention, mentions, shared_of
from goleaklint.flow import ops
from goleaklint.index.program import Decl
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.knowledge import Resource
from goleaklint.ownership.origins import assignments, is_address_taken
from goleaklint.syntax import ast
from goleaklint.types.members import Member, find_member
from goleaklint.types.types import Interface, Named, Pointer, Type, Unknown

MAX_DEPTH = 8
"""How many variables, fields and functions a value is followed through; from a field to what makes it, it takes six."""

Kinds = Iterator[Type | None]
"""The types that a value can have, none for nil; None where nobody knows. They come one by one: each may take long to
find, and the first that matters is enough."""

_UNKNOWN = (None,)
"""The types of what nobody knows."""


def is_hollow(code: Code, call: ast.Call, position: int, resource: Resource) -> bool:
    """Reports whether one result of a call can only be a value of types whose releases do nothing."""
    found = False
    for kind in _of_call(code, call, position, MAX_DEPTH):
        if kind is None or not _releases_nothing(code, kind, resource):
            return False
        found = True
    return found


def _releases_nothing(code: Code, kind: Type, resource: Resource) -> bool:
    found = [find_member(code.types.declared, kind, name.name) for name in resource.release if name.type]
    methods = [each.decl for each in found if isinstance(each, Member) and each.decl is not None]
    return bool(methods) and len(methods) == len(found) and all(_is_empty(code, each) for each in methods)


def _is_empty(code: Code, decl: Decl) -> bool:
    """Reports whether a method has no statement but one that returns nil."""
    method = code.whole.functions.of(decl)
    match method.code.block.stmts if method is not None else None:
        case ():
            return True
        case (ast.Return(results=results),):
            return all(_is_nil(each) for each in results)
        case _:
            return False


def _is_nil(expr: ast.Expr) -> bool:
    expr = ast.unparen(expr)
    return isinstance(expr, ast.Ident) and expr.name == "nil"


# --- the types of one value


def _of(code: Code, expr: ast.Expr, depth: int) -> Kinds:
    expr = ast.unparen(expr)
    if _is_nil(expr):
        return
    kind = code.type_of(expr)
    if depth == 0 or isinstance(kind, Unknown):
        yield None
    elif not isinstance(code.core_type(expr), Interface):
        yield kind
    else:
        yield from _behind_interface(code, expr, depth)


def _behind_interface(code: Code, expr: ast.Expr, depth: int) -> Kinds:
    match expr:
        case ast.Call():
            yield from _of_call(code, expr, 0, depth)
        case ast.Ident():
            yield from _of_variable(code, code.symbol(expr), depth - 1)
        case ast.Index(x=x):
            yield from _of_elements(code, x, depth - 1)
        case ast.Selector():
            for given in _given_to_field(code, expr, elements=False):
                yield from _UNKNOWN if given is None else _of(*given, depth - 1)
        case _:
            yield None


def _of_call(code: Code, call: ast.Call, position: int, depth: int) -> Kinds:
    """What a function of the module returns as one of its results, or the methods that an interface's can be. Of those
    that packs name it is known that they acquire."""
    callee = code.callee(call)
    if callee is not None:
        name = code.callee_name(call)
        known = name is not None and _is_in_packs(code, *name)
        yield from _UNKNOWN if known else _returned(callee, position, depth - 1)
        return
    fun = ast.unparen(call.fun)
    if depth == 0 or not isinstance(fun, ast.Selector) or not isinstance(code.core_type(fun.x), Interface):
        yield None
        return
    owners: set[Type] = set()
    for owner in _of(code, fun.x, depth - 1):
        if owner is None:
            yield None
        elif owner not in owners:
            owners.add(owner)
            yield from _of_method(code, owner, fun.name.name, position, depth)
    if not owners:
        yield None


def _of_method(code: Code, kind: Type, name: str, position: int, depth: int) -> Kinds:
    member = find_member(code.types.declared, kind, name)
    decl = member.decl if isinstance(member, Member) else None
    method = code.whole.functions.of(decl) if decl is not None else None
    named = kind.elem if isinstance(kind, Pointer) else kind
    if method is None or not isinstance(named, Named) or _is_in_packs(code, named.package, _method(kind, named, name)):
        return iter(_UNKNOWN)
    return _returned(method.code, position, depth - 1)


def _method(kind: Type, named: Named, name: str) -> str:
    return f"(*{named.name}).{name}" if isinstance(kind, Pointer) else f"({named.name}).{name}"


def _is_in_packs(code: Code, package: str, name: str) -> bool:
    return bool(code.whole.functions.knowledge.resources_acquired_by(package, name))


def _returned(callee: Code, position: int, depth: int) -> Kinds:
    if depth <= 0:
        yield None
        return
    for _, op in callee.graph.ops(ops.Return):
        results = op.node.results
        if position < len(results):
            yield from _of(callee, results[position], depth)
        else:
            yield from _of_result(callee, results[0] if len(results) == 1 else None, position, depth)


def _of_result(code: Code, expr: ast.Expr | None, position: int, depth: int) -> Kinds:
    """One of several results of a call."""
    call = ast.unparen(expr) if expr is not None else None
    return _of_call(code, call, position, depth) if isinstance(call, ast.Call) else iter(_UNKNOWN)


def _of_variable(code: Code, symbol: Symbol | None, depth: int) -> Kinds:
    if symbol is None or symbol.kind is not SymbolKind.LOCAL:
        return iter(_UNKNOWN)
    if isinstance(symbol.node, ast.Range):
        by_element = len(symbol.node.left) == 2 and code.symbol(symbol.node.left[1]) is symbol
        return _of_elements(code, symbol.node.x, depth) if by_element else iter(_UNKNOWN)
    if isinstance(symbol.node, ast.CaseClause) or is_address_taken(code.whole, symbol):
        return iter(_UNKNOWN)
    return _of_given(code, symbol, depth)


def _of_given(code: Code, symbol: Symbol, depth: int) -> Kinds:
    for left, right in assignments(code.whole.function.body.block.stmts):
        for number, target in enumerate(left):
            if code.symbol(target) is not symbol:
                continue
            if len(left) == len(right):
                yield from _of(code, right[number], depth)
            elif right:
                yield from _of_result(code, right[0], number, depth)


# --- the types of the elements of a slice


def _of_elements(code: Code, expr: ast.Expr, depth: int) -> Kinds:
    match ast.unparen(expr):
        case _ if depth <= 0:
            yield None
        case ast.Ident(name="nil") | ast.Call(fun=ast.Ident(name="make")):
            return
        case ast.CompositeLit(elements=elements):
            for each in elements:
                yield from _of(code, each.value if isinstance(each, ast.KeyValue) else each, depth - 1)
        case ast.Call(fun=ast.Ident(name="append"), args=(first, *added), spread=False):
            yield from _of_elements(code, first, depth - 1)
            for each in added:
                yield from _of(code, each, depth - 1)
        case ast.Ident() as ident:
            symbol = code.symbol(ident)
            known = symbol is not None and symbol.kind is SymbolKind.LOCAL
            yield from _of_put_in(code, symbol, depth) if known and symbol is not None else _UNKNOWN
        case ast.Selector() as field:
            for given in _given_to_field(code, field, elements=True):
                yield from _UNKNOWN if given is None else _of_elements(*given, depth - 1)
        case _:
            yield None


def _of_put_in(code: Code, symbol: Symbol, depth: int) -> Kinds:
    """What becomes an element of a local slice: by what the variable is given, or one by one."""
    for left, right in assignments(code.whole.function.body.block.stmts):
        for number, target in enumerate(map(ast.unparen, left)):
            single = right[number] if len(left) == len(right) else None
            if isinstance(target, ast.Index) and code.symbol(target.x) is symbol:
                yield from _UNKNOWN if single is None else _of(code, single, depth - 1)
            elif code.symbol(target) is symbol and right:
                yield from _UNKNOWN if single is None else _of_elements_but(code, single, symbol, depth - 1)


def _of_elements_but(code: Code, expr: ast.Expr, symbol: Symbol, depth: int) -> Kinds:
    """The elements of a value that may be the variable's own, with some more: `s = append(s, x)`."""
    match ast.unparen(expr):
        case ast.Call(fun=ast.Ident(name="append"), args=(first, *added), spread=False) if code.symbol(first) is symbol:
            for each in added:
                yield from _of(code, each, depth)
        case _:
            yield from _of_elements(code, expr, depth)


# --- fields


def _given_to_field(code: Code, field: ast.Selector, *, elements: bool) -> Iterator[tuple[Code, ast.Expr] | None]:
    """Every value that a field of the package's own is given, with where; None for what cannot be followed."""
    shared = shared_of(code, field, aliases=0)
    if shared is None or not shared.owner or shared.word[:1].isupper():
        yield None
        return
    for mention in mentions(code, shared):
        if mention.given is not None:
            yield None if mention.code is None else (mention.code, mention.given)
        elif mention.code is not None and mention.around:
            yield from _assigned(mention.code, mention, elements)


def _assigned(code: Code, mention: Mention, elements: bool) -> Iterator[tuple[Code, ast.Expr] | None]:
    """What one mention of a field gives it, if it is no mere use."""
    match mention.around[0]:
        case ast.Assign(left=left, right=right) if mention.expr in left:
            yield (code, right[left.index(mention.expr)]) if len(left) == len(right) else None
        case ast.Unary(op="&"):
            yield None
        case ast.Index() if elements and any(isinstance(each, ast.Assign) for each in mention.around[1:2]):
            yield None
        case _:
            return
