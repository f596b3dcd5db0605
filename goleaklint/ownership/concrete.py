"""A call that acquires in; whether all that it can give is something whose release does nothing, out.

Behind an interface there may be types of the module that hold nothing: they have a Close because the interface asks
for it. Which types a value can have is told by what its variables and fields are given, and by what functions return.
"""

from collections.abc import Iterable, Iterator

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

Kinds = frozenset[Type] | None
"""The types that a value can have, none for nil; None if nobody knows."""

_NOTHING: frozenset[Type] = frozenset()


def is_hollow(code: Code, call: ast.Call, position: int, resource: Resource) -> bool:
    """Reports whether one result of a call can only be a value of types whose releases do nothing."""
    kinds = _of_call(code, call, position, MAX_DEPTH)
    return bool(kinds) and all(_releases_nothing(code, each, resource) for each in kinds or ())


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
        return _NOTHING
    kind = code.type_of(expr)
    if depth == 0 or isinstance(kind, Unknown):
        return None
    if not isinstance(code.core_type(expr), Interface):
        return frozenset((kind,))
    match expr:
        case ast.Call():
            return _of_call(code, expr, 0, depth)
        case ast.Ident():
            return _of_variable(code, code.symbol(expr), depth - 1)
        case ast.Index(x=x):
            return _of_elements(code, x, depth - 1)
        case ast.Selector():
            return _joined(
                None if each is None else _of(*each, depth - 1) for each in _given_to_field(code, expr, elements=False)
            )
        case _:
            return None


def _joined(found: Iterable[Kinds]) -> Kinds:
    kinds: set[Type] = set()
    for each in found:
        if each is None:
            return None
        kinds |= each
    return frozenset(kinds)


def _of_call(code: Code, call: ast.Call, position: int, depth: int) -> Kinds:
    """What a function of the module returns as one of its results, or the methods that an interface's can be. Of those
    that packs name it is known that they acquire."""
    callee = code.callee(call)
    if callee is not None:
        name = code.callee_name(call)
        return None if name is not None and _is_in_packs(code, *name) else _returned(callee, position, depth - 1)
    fun = ast.unparen(call.fun)
    if depth == 0 or not isinstance(fun, ast.Selector) or not isinstance(code.core_type(fun.x), Interface):
        return None
    owners = _of(code, fun.x, depth - 1)
    return None if not owners else _joined(_of_method(code, each, fun.name.name, position, depth) for each in owners)


def _of_method(code: Code, kind: Type, name: str, position: int, depth: int) -> Kinds:
    member = find_member(code.types.declared, kind, name)
    decl = member.decl if isinstance(member, Member) else None
    method = code.whole.functions.of(decl) if decl is not None else None
    named = kind.elem if isinstance(kind, Pointer) else kind
    if method is None or not isinstance(named, Named) or _is_in_packs(code, named.package, _method(kind, named, name)):
        return None
    return _returned(method.code, position, depth - 1)


def _method(kind: Type, named: Named, name: str) -> str:
    return f"(*{named.name}).{name}" if isinstance(kind, Pointer) else f"({named.name}).{name}"


def _is_in_packs(code: Code, package: str, name: str) -> bool:
    return bool(code.whole.functions.knowledge.resources_acquired_by(package, name))


def _returned(callee: Code, position: int, depth: int) -> Kinds:
    if depth <= 0:
        return None
    found: list[Kinds] = []
    for _, op in callee.graph.ops(ops.Return):
        results = op.node.results
        if position < len(results):
            found.append(_of(callee, results[position], depth))
            continue
        call = ast.unparen(results[0]) if len(results) == 1 else None
        found.append(_of_call(callee, call, position, depth) if isinstance(call, ast.Call) else None)
    return _joined(found)


def _of_variable(code: Code, symbol: Symbol | None, depth: int) -> Kinds:
    if symbol is None or symbol.kind is not SymbolKind.LOCAL:
        return None
    if isinstance(symbol.node, ast.Range):
        by_element = len(symbol.node.left) == 2 and code.symbol(symbol.node.left[1]) is symbol
        return _of_elements(code, symbol.node.x, depth) if by_element else None
    if isinstance(symbol.node, ast.CaseClause) or is_address_taken(code.whole, symbol):
        return None
    return _joined(_of_given(code, symbol, depth))


def _of_given(code: Code, symbol: Symbol, depth: int) -> Iterator[Kinds]:
    for left, right in assignments(code.whole.function.body.block.stmts):
        for number, target in enumerate(left):
            if code.symbol(target) is not symbol:
                continue
            if len(left) == len(right):
                yield _of(code, right[number], depth)
            elif right:
                call = ast.unparen(right[0])
                yield _of_call(code, call, number, depth) if isinstance(call, ast.Call) else None


# --- the types of the elements of a slice


def _of_elements(code: Code, expr: ast.Expr, depth: int) -> Kinds:
    match ast.unparen(expr):
        case _ if depth <= 0:
            return None
        case ast.Ident(name="nil") | ast.Call(fun=ast.Ident(name="make")):
            return _NOTHING
        case ast.CompositeLit(elements=elements):
            values = (each.value if isinstance(each, ast.KeyValue) else each for each in elements)
            return _joined(_of(code, each, depth - 1) for each in values)
        case ast.Call(fun=ast.Ident(name="append"), args=(first, *added), spread=False):
            return _joined((_of_elements(code, first, depth - 1), *(_of(code, each, depth - 1) for each in added)))
        case ast.Ident() as ident:
            symbol = code.symbol(ident)
            known = symbol is not None and symbol.kind is SymbolKind.LOCAL
            return _joined(_of_put_in(code, symbol, depth)) if known and symbol is not None else None
        case ast.Selector() as field:
            given = _given_to_field(code, field, elements=True)
            return _joined(None if each is None else _of_elements(*each, depth - 1) for each in given)
        case _:
            return None


def _of_put_in(code: Code, symbol: Symbol, depth: int) -> Iterator[Kinds]:
    """What becomes an element of a local slice: by what the variable is given, or one by one."""
    for left, right in assignments(code.whole.function.body.block.stmts):
        for number, target in enumerate(map(ast.unparen, left)):
            single = right[number] if len(left) == len(right) else None
            if isinstance(target, ast.Index) and code.symbol(target.x) is symbol:
                yield None if single is None else _of(code, single, depth - 1)
            elif code.symbol(target) is symbol and right:
                yield None if single is None else _of_elements_but(code, single, symbol, depth - 1)


def _of_elements_but(code: Code, expr: ast.Expr, symbol: Symbol, depth: int) -> Kinds:
    """The elements of a value that may be the variable's own, with some more: `s = append(s, x)`."""
    match ast.unparen(expr):
        case ast.Call(fun=ast.Ident(name="append"), args=(first, *added), spread=False) if code.symbol(first) is symbol:
            return _joined(_of(code, each, depth) for each in added)
        case _:
            return _of_elements(code, expr, depth)


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
