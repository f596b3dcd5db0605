"""What a pool is declared and set with in; whether its Get can return nil out: for GL304."""

from collections.abc import Iterator

from goleaklint.calls.code import Code
from goleaklint.calls.mentions import Mention
from goleaklint.flow import ops
from goleaklint.flow.conditions import NIL, Fact, Test
from goleaklint.flow.paths import Point, find_path
from goleaklint.flow.places import Place
from goleaklint.index.symbols import Symbol
from goleaklint.rules._pools import SYNC_POOL, PoolCall
from goleaklint.rules._taken import Sites
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions, statements
from goleaklint.types.types import Array, Pointer, Type


def why_nil(code: Code, found: Sites, pool: PoolCall) -> str:
    """Why Get of a sync.Pool may return nil, in words; "" where it does not, or nobody can tell."""
    if found.escapes:
        return ""
    if any(not _is_nil(value) for value in _literals(found)) or any(not _is_nil(value) for value in _news(found)):
        return _new_gives_nil(found)
    declared = [mention.given for mention in found.given if mention.given is not None]
    if not declared:
        is_value = _is_pool_value(code.type_of(pool.pool))
        return "the pool has no New" if is_value else ""
    return "the pool has no New" if all(_is_without_new(each) for each in declared) else ""


def _is_pool_value(kind: Type) -> bool:
    kind = kind.elem if isinstance(kind, Array) else kind
    return kind == SYNC_POOL


def _news(found: Sites) -> Iterator[ast.Expr]:
    """What the field New is assigned."""
    for mention in found.news:
        stmt = next((node for node in mention.around if isinstance(node, ast.Assign)), None)
        yield stmt.right[0] if stmt is not None and stmt.right else mention.expr


def _is_nil(expr: ast.Expr) -> bool:
    return isinstance(expr, ast.Ident) and expr.name == "nil"


def _is_without_new(value: ast.Expr) -> bool:
    """Reports whether a value is a pool, or an array of them, without New."""
    value = ast.unparen(value)
    value = ast.unparen(value.x) if isinstance(value, ast.Unary) and value.op == "&" else value
    if isinstance(value, ast.Call):
        return isinstance(value.fun, ast.Ident) and value.fun.name == "new"
    return isinstance(value, ast.CompositeLit) and not value.elements


def _new_gives_nil(found: Sites) -> str:
    for literal in _literals(found):
        returns = (stmt for stmt in statements(literal.body.stmts) if isinstance(stmt, ast.Return))
        if any(_is_nil(ast.unparen(each)) for stmt in returns for each in stmt.results):
            return "New returns nil on some way"
    return ""


def _literals(found: Sites) -> Iterator[ast.FuncLit]:
    """The function literals that are New."""
    values: list[ast.Expr] = list(_news(found))
    for mention in found.given:
        value = _composite(mention)
        for element in value.elements if value is not None else ():
            if isinstance(element, ast.KeyValue) and isinstance(element.key, ast.Ident) and element.key.name == "New":
                values.append(element.value)
    yield from (value for value in map(ast.unparen, values) if isinstance(value, ast.FuncLit))


def _composite(mention: Mention) -> ast.CompositeLit | None:
    value = ast.unparen(mention.given) if mention.given is not None else None
    value = ast.unparen(value.x) if isinstance(value, ast.Unary) else value
    return value if isinstance(value, ast.CompositeLit) else None


# --- what is done with the result


def unchecked_use(code: Code, call: ast.Call) -> ast.Expr | None:
    """Where the result of a Get is used as if it could not be nil: asserted without ok, or called on."""
    for block in code.graph.blocks:
        for number, op in enumerate(block.ops):
            for expr in _operands(op):
                if isinstance(expr, ast.TypeAssert) and ast.unparen(expr.x) is call and not _has_ok(op, expr):
                    return expr
            symbol = _target(code, op, call) if isinstance(op, ops.Assign) else None
            if symbol is not None:
                return _used_as_nil(code, Point(block.index, number + 1), symbol)
    return None


def _operands(op: ops.Op) -> Iterator[ast.Expr]:
    match op:
        case ops.Assign(right=right):
            roots: tuple[ast.Expr, ...] = right
        case ops.Call(node=call):
            roots = (call,)
        case ops.Return(node=node):
            roots = node.results
        case ops.Send(node=send):
            roots = (send.value,)
        case _:
            roots = ()
    for root in roots:
        yield from expressions(root)


def _has_ok(op: ops.Op, expr: ast.TypeAssert) -> bool:
    return isinstance(op, ops.Assign) and len(op.left) == 2 and len(op.right) == 1 and ast.unparen(op.right[0]) is expr


def _target(code: Code, op: ops.Assign, call: ast.Call) -> Symbol | None:
    """The variable that holds what Get returned: as it is, or asserted with an ok that nobody has looked at yet."""
    value = ast.unparen(op.right[0]) if len(op.right) == 1 else None
    plain = value is call and len(op.left) == 1
    asserted = isinstance(value, ast.TypeAssert) and ast.unparen(value.x) is call and len(op.left) == 2
    dropped = asserted and isinstance(op.left[1], ast.Ident) and op.left[1].name == "_"
    symbol = code.symbol(op.left[0]) if plain or dropped else None
    return symbol if symbol is not None and symbol.is_variable else None


def _used_as_nil(code: Code, start: Point, symbol: Symbol) -> ast.Expr | None:
    facts = frozenset((Fact(Test(NIL, (Place(symbol),)), True),))
    answer = find_path(
        code.graph, code.tracker, start, exits=frozenset(), facts=facts,
        to=lambda op: _dereference(code, op, symbol) is not None,
        avoiding=lambda op: isinstance(op, ops.Assign) and any(code.symbol(each) is symbol for each in op.left),
    )  # fmt: skip
    reached = answer.path.reached if answer.path is not None else None
    return _dereference(code, reached, symbol) if reached is not None else None


def _dereference(code: Code, op: ops.Op, symbol: Symbol) -> ast.Expr | None:
    """Where an operation would fail if the variable were nil."""
    for expr in _operands(op):
        match expr:
            case ast.TypeAssert(x=x) if code.symbol(x) is symbol and not _has_ok(op, expr):
                return expr
            case ast.Star(x=x) if code.symbol(x) is symbol:
                return expr
            case ast.Selector(x=x) if code.symbol(x) is symbol and isinstance(code.type_of(x), Pointer):
                return expr
    return None
