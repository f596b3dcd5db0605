"""A Put of an object in; where a path uses, returns or keeps the object nevertheless out: for GL303."""

from collections.abc import Callable
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.graph import Block, Edge
from goleaklint.flow.paths import Path, Point, find_path
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.rules._pools import Returned, holder, returned_by
from goleaklint.syntax import ast
from goleaklint.types.types import Basic, Pointer, Slice

PARTS = {
    "bytes": frozenset("TrimSpace Trim TrimLeft TrimRight TrimPrefix TrimSuffix TrimFunc".split()),
    "slices": frozenset(("Clip", "Grow", "Compact")),
}
"""Functions whose result is a part of the slice they are given."""

VIEWS = frozenset(("Bytes", "Next", "Peek", "AvailableBuffer"))
"""Methods whose result is a part of the buffer they are called on."""

HARMLESS = frozenset(("len", "cap", "clear"))


@dataclass(frozen=True, slots=True, eq=False)
class After:
    """What is done with an object after its Put: `how` in a word, at `node`, on a path with these branches."""

    node: ast.Node
    how: str
    branches: tuple[Edge, ...] = ()
    is_put: bool = False


def first_use_after(code: Code, block: Block, op: ops.Call, put: Returned) -> After | None:
    """The nearest use of the object on a path from its Put; None if the variable is set anew before any."""

    def use(each: ops.Op) -> After | None:
        return None if put.pointed and _drops(code, each, put.symbol) else _use(code, each, put.symbol)

    path = _path(code, block, op, put, lambda each: use(each) is not None)
    if path is None or path.reached is None:
        return None
    found = use(path.reached)
    return None if found is None else After(found.node, found.how, path.branches, found.is_put)


def _path(code: Code, block: Block, start: ops.Op, put: Returned, to: Callable[[ops.Op], bool]) -> Path | None:
    """The shortest path from an operation to one that `to` accepts, on which the variable keeps its value."""
    symbol = put.symbol

    def sets(op: ops.Op) -> bool:
        return _sets(code, op, symbol) or (put.pointed and _drops(code, op, symbol))

    point = Point(block.index, block.ops.index(start) + 1)
    path = find_path(code.graph, code.tracker, point, to=to, exits=frozenset(), avoiding=sets).path
    # The variable of a type switch is set anew whenever one of its clauses is entered.
    if path is None or any(edge.cause is symbol.node for edge in path.edges):
        return None
    return path


def _sets(code: Code, op: ops.Op, symbol: Symbol) -> bool:
    """Reports whether an operation gives the variable another value."""
    match op:
        case ops.Assign(left=left):
            return any(code.symbol(target) is symbol for target in left)
        case ops.Range(node=node):
            return any(code.symbol(target) is symbol for target in node.left)
        case ops.Closure(node=literal):
            return _assigns(code, literal, symbol)
        case _:
            return False


def _drops(code: Code, op: ops.Op, symbol: Symbol) -> bool:
    """Reports whether an operation gives the variable that this one points at another value: `*p = nil`."""
    if not isinstance(op, ops.Assign) or any(_names(code, each, symbol) for each in op.right):
        return False
    targets = [ast.unparen(each) for each in op.left]
    return any(isinstance(each, ast.Star) and code.symbol(ast.unparen(each.x)) is symbol for each in targets)


def _assigns(code: Code, literal: ast.FuncLit, symbol: Symbol) -> bool:
    inner = code.whole.literal(literal)
    return inner is not None and any(
        code.symbol(target) is symbol for _, op in inner.graph.ops(ops.Assign) for target in op.left
    )


def _use(code: Code, op: ops.Op, symbol: Symbol) -> After | None:
    """The use that an operation makes of the object that a variable points at."""
    match op:
        case ops.Call(node=call):
            return _use_by_call(code, call, symbol)
        case ops.Defer(node=node) | ops.Go(node=node):
            later = ast.unparen(node.call)
            found = _use_by_call(code, later, symbol) if isinstance(later, ast.Call) else None
            return None if found is None else After(node, found.how, (), found.is_put)
        case ops.Assign(left=left, right=right):
            written = next((each for each in left if _is_part(code, each, symbol)), None)
            if written is not None:
                return After(written, "written to")
            read = next((each for each in right if _is_part(code, each, symbol)), None)
            return None if read is None else After(read, "read")
        case ops.Return(node=node):
            given = next((each for each in node.results if _names(code, each, symbol)), None)
            return None if given is None else After(given, "returned")
        case ops.Send(node=node):
            return After(node, "sent") if _names(code, node.value, symbol) else None
        case _:
            return None


def _use_by_call(code: Code, call: ast.Call, symbol: Symbol) -> After | None:
    put = returned_by(code, call)
    if put is not None and put.symbol is symbol:
        return After(call, "put back again", (), is_put=True)
    fun = ast.unparen(call.fun)
    if isinstance(fun, ast.Ident) and fun.name in HARMLESS:
        return None
    if isinstance(fun, ast.Selector) and _names(code, fun.x, symbol):
        return After(call, "used")
    given = next((each for each in call.args if _names(code, each, symbol)), None)
    return None if given is None else After(given, "passed on")


def _names(code: Code, expr: ast.Expr, symbol: Symbol) -> bool:
    """Reports whether a value is the object, points into it or is a field of it."""
    expr = ast.unparen(expr)
    while isinstance(expr, ast.Selector | ast.Index | ast.Slice | ast.Star | ast.Unary | ast.TypeAssert | ast.Paren):
        expr = expr.x
    if isinstance(expr, ast.CompositeLit):
        values = (each.value if isinstance(each, ast.KeyValue) else each for each in expr.elements)
        return any(_names(code, each, symbol) for each in values)
    return code.symbol(expr) is symbol


def _is_part(code: Code, expr: ast.Expr, symbol: Symbol) -> bool:
    """Reports whether an expression reaches into the object: a field, an element, what it points at."""
    expr = ast.unparen(expr)
    return isinstance(expr, ast.Selector | ast.Index | ast.Star) and _names(code, expr, symbol)


# --- after a deferred Put


def result_after(code: Code, block: Block, deferred: ops.Defer, put: Returned) -> After | None:
    """Where a path from a deferred Put returns, sends or keeps memory of the object."""
    path = _path(code, block, deferred, put, lambda op: _gives_away(code, op, put) is not None)
    found = _gives_away(code, path.reached, put) if path is not None and path.reached is not None else None
    return None if found is None or path is None else After(found.node, found.how, path.branches)


def _gives_away(code: Code, op: ops.Op, put: Returned) -> After | None:
    match op:
        case ops.Return(node=node):
            found = next((each for each in node.results if aliases(code, each, put)), None)
            return None if found is None else After(found, "returned")
        case ops.Send(node=node):
            return After(node, "sent") if aliases(code, node.value, put) else None
        case ops.Assign(left=left, right=right) if len(left) == len(right):
            for target, value in zip(left, right, strict=True):
                symbol = code.symbol(target)
                if symbol is not None and symbol.kind is SymbolKind.RESULT and aliases(code, value, put):
                    return After(value, "returned")
                if symbol is not None and symbol.kind is SymbolKind.GLOBAL and aliases(code, value, put):
                    return After(value, "stored")
    return None


def aliases(code: Code, expr: ast.Expr, put: Returned, follow: int = 3) -> bool:
    """Reports whether a value is the object that is put back, or memory that the next user will overwrite."""
    expr = ast.unparen(expr)
    match expr:
        case ast.Ident():
            return _local_aliases(code, expr, put, follow)
        case ast.Slice(x=x) | ast.Unary(op="&", x=x):
            return aliases(code, x, put, follow)
        case ast.Star(x=x):
            return isinstance(code.core_type(expr), Slice) and aliases(code, x, put, follow)
        case ast.Selector(x=x, name=name):
            return _is_bytes(code, expr) and _is_object(code, x, put) and not _is_taken_out(code, name.name, put)
        case ast.CompositeLit(elements=elements):
            values = (each.value if isinstance(each, ast.KeyValue) else each for each in elements)
            return any(aliases(code, each, put, follow) for each in values)
        case ast.Call():
            return _call_aliases(code, expr, put, follow)
        case _:
            return False


def _local_aliases(code: Code, ident: ast.Ident, put: Returned, follow: int) -> bool:
    symbol = code.symbol(ident)
    if symbol is None or not symbol.is_variable:
        return False
    if symbol is put.symbol:
        return isinstance(code.core_type(ident), Slice | Pointer)
    value = code.whole.value_of(symbol) if follow else None
    return value is not None and aliases(code, value, put, follow - 1)


def _is_object(code: Code, expr: ast.Expr, put: Returned) -> bool:
    return holder(code, expr, follow=0) is put.symbol


def _is_bytes(code: Code, expr: ast.Expr) -> bool:
    core = code.core_type(expr)
    return isinstance(core, Slice) and isinstance(code.types.declared.underlying(core.elem), Basic)


def _is_taken_out(code: Code, field: str, put: Returned) -> bool:
    """Reports whether the field is given another value before the object goes back."""
    return any(
        isinstance(target, ast.Selector) and target.name.name == field
        for part in (code, put.code, *put.code.literals)
        for _, op in part.graph.ops(ops.Assign)
        for target in op.left
        if not any(isinstance(value, ast.Slice) for value in op.right)
    )


def _call_aliases(code: Code, call: ast.Call, put: Returned, follow: int) -> bool:
    fun = ast.unparen(call.fun)
    if code.types.is_type(fun):
        return isinstance(code.core_type(call), Slice) and any(aliases(code, arg, put, follow) for arg in call.args)
    if isinstance(fun, ast.Ident) and fun.name == "append":
        return bool(call.args) and aliases(code, call.args[0], put, follow)
    if isinstance(fun, ast.Selector) and fun.name.name in VIEWS and _is_buffer(code, fun.x):
        return _is_object(code, fun.x, put) or aliases(code, fun.x, put, follow)
    name = code.callee_name(call)
    if name is not None and name[1] in PARTS.get(name[0], ()):
        return bool(call.args) and aliases(code, call.args[0], put, follow)
    return False


def _is_buffer(code: Code, expr: ast.Expr) -> bool:
    kind = code.type_of(expr)
    kind = kind.elem if isinstance(kind, Pointer) else kind
    return getattr(kind, "name", "") in ("Buffer", "ByteBuffer", "Reader", "Writer")


def second_put(code: Code, block: Block, deferred: ops.Defer, put: Returned) -> After | None:
    """A Put on a path after the same object's deferred one, from which the function ends with both done."""
    symbol = put.symbol

    def puts(op: ops.Op) -> bool:
        found = _use(code, op, symbol)
        return found is not None and found.is_put

    path = _path(code, block, deferred, put, puts)
    if path is None or path.reached is None:
        return None
    return _if_it_ends(code, path.reached, symbol)


def _if_it_ends(code: Code, op: ops.Op, symbol: Symbol) -> After | None:
    block = next(each for each in code.graph.blocks if op in each.ops)
    start = Point(block.index, block.ops.index(op) + 1)
    answer = find_path(code.graph, code.tracker, start, avoiding=lambda each: _sets(code, each, symbol))
    node = op.node if isinstance(op, ops.Call | ops.Defer) else None
    return After(node, "put back", (), is_put=True) if answer.path is not None and node is not None else None
