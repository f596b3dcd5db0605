"""A call in; what its caller does once the call has returned an error out: a leak on failing ways may then end soon."""

import enum
import re
from collections.abc import Sequence

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.conditions import NIL, Conditions, Fact, Test
from goleaklint.flow.graph import Edge
from goleaklint.flow.paths import Point, find_path
from goleaklint.flow.places import Place
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions
from goleaklint.types.types import ERROR

_MAKES_ERRORS = re.compile(r"(?:Errorf?|Errorw|Wrapf?|WithStack|WithMessagef?|Join)$|^New\w*Err")
"""Functions that make an error of another, which is not nil where that is not: what `ignore` and the like do not do."""

_NEVER_NIL = frozenset((("fmt", "Errorf"), ("errors", "New"), ("errors", "Errorf")))
"""Functions whose error is never nil, by the last part of their import path."""


class Failed(enum.Enum):
    """What comes after a call that failed.

    GOES_ON: the caller may make the call again, or nobody knows. ENDS: it does not. FAILS: nor does it return anything
    but an error itself. DIES: the process ends.
    """

    GOES_ON = enum.auto()
    ENDS = enum.auto()
    FAILS = enum.auto()
    DIES = enum.auto()


def after_failure(code: Code, call: ast.Expr) -> Failed:
    """What a function or literal does once a call in it has returned an error."""
    for block in code.graph.blocks:
        for index, op in enumerate(block.ops):
            if isinstance(op, ops.Return) and any(ast.unparen(each) is call for each in op.node.results):
                is_last = ast.unparen(op.node.results[-1]) is call
                return Failed.FAILS if is_last and gives_errors(code) else Failed.ENDS
            if isinstance(op, ops.Assign) and len(op.right) == 1 and ast.unparen(op.right[0]) is call:
                error = code.symbol(op.left[-1])
                if error is None or not error.is_variable:
                    return Failed.GOES_ON
                return _after(code, op, Point(block.index, index + 1), error)
    return Failed.GOES_ON


def _after(code: Code, assign: ops.Assign, start: Point, error: Symbol) -> Failed:
    graph, tracker = code.graph, code.tracker
    facts = frozenset((Fact(Test(NIL, (Place(error),)), False),))

    def fails(op: ops.Op) -> bool:
        return isinstance(op, ops.Return) and gives_errors(code) and _returns(code, op.node, error)

    def sets(op: ops.Op) -> bool:
        return isinstance(op, ops.Assign) and _may_clear(code, op, error)

    again = find_path(graph, tracker, start, to=lambda op: op is assign, exits=frozenset(), facts=facts)
    if again.path is not None or not again.complete:
        return Failed.GOES_ON
    exits = frozenset((graph.returned, graph.panicked, graph.unwound))
    other = find_path(graph, tracker, start, to=sets, exits=exits, avoiding=fails, facts=facts)
    if other.path is not None or not other.complete:
        return Failed.ENDS
    failing = find_path(graph, tracker, start, to=fails, exits=frozenset(), facts=facts)
    if failing.path is not None or not failing.complete:
        return Failed.FAILS
    stopped = find_path(graph, tracker, start, exits=frozenset((graph.stopped,)), facts=facts)
    return Failed.DIES if stopped.path is not None else Failed.ENDS


def only_after_failure(code: Code, later: ops.Op, symbol: Symbol) -> bool:
    """Reports whether control comes to an operation only if the call that gave a variable its value returned an error
    with it: mostly there is no value then."""
    for block, op in code.graph.ops(ops.Assign):
        if op.node.start > later.node.start or symbol not in map(code.symbol, op.left[:-1]):
            continue
        error = code.symbol(op.left[-1])
        if error is None or not error.is_variable or code.type_of(op.left[-1]) != ERROR:
            return False
        start, facts = Point(block.index, block.ops.index(op) + 1), frozenset((Fact(Test(NIL, (Place(error),)), True),))
        answer = find_path(
            code.graph, code.tracker, start, to=lambda each: each is later, exits=frozenset(), facts=facts
        )
        if answer.path is not None or not answer.complete:
            return False
    return symbol.node is not None and isinstance(symbol.node, ast.Assign) and len(symbol.node.left) > 1


def gives_errors(code: Code) -> bool:
    """Reports whether the last result of a function is an error."""
    results = code.type.results
    return bool(results) and isinstance(results[-1].type, ast.Ident) and results[-1].type.name == "error"


def returns_an_error(code: Code, node: ast.Node | None, edges: Sequence[Edge]) -> bool:
    """Reports whether a return that is come to along some edges certainly gives an error: one that is made there, or
    that the last test of it, after which it is not set again, found not to be nil."""
    if not isinstance(node, ast.Return) or not gives_errors(code):
        return False
    if node.results and _is_never_nil(code, ast.unparen(node.results[-1])):
        return True
    conditions = Conditions(code.names, code.types)
    for edge in edges:
        for fact in conditions.established(edge):
            test = fact.test
            if test.question != NIL or fact.holds or test.places[0].fields or edge.cause is None:
                continue
            error = test.places[0].symbol
            if _returns(code, node, error) and not _is_set(code, error, edge.cause.end, node.start):
                return True
    return False


def _is_set(code: Code, error: Symbol, start: int, end: int) -> bool:
    return any(_may_clear(code, op, error) for _, op in code.graph.ops(ops.Assign) if start <= op.node.start < end)


def _may_clear(code: Code, op: ops.Assign, error: Symbol) -> bool:
    """Reports whether an assignment gives an error a value that is not made of it."""
    values = op.right if len(op.right) == len(op.left) else ()
    made = (bool(values) and _is_made_of(code, values[at], error) for at in range(len(op.left)))
    return any(code.symbol(target) is error and not kept for target, kept in zip(op.left, made, strict=True))


def _returns(code: Code, node: ast.Return, error: Symbol) -> bool:
    """Reports whether what a return gives last is an error, if `error` is one."""
    if not node.results:
        names = code.type.results[-1].names
        return bool(names) and code.names.symbol(names[-1]) is error
    return _is_made_of(code, node.results[-1], error)


def _is_made_of(code: Code, value: ast.Expr, error: Symbol) -> bool:
    value = ast.unparen(value)
    if code.symbol(value) is error or _is_never_nil(code, value):
        return True
    if not isinstance(value, ast.Call) or _MAKES_ERRORS.search(_name(value)) is None:
        return False
    return any(code.symbol(each) is error for arg in value.args for each in expressions(arg))


def _is_never_nil(code: Code, value: ast.Expr) -> bool:
    match value:
        case ast.CompositeLit() | ast.Unary(op="&"):
            return True
        case ast.Call():
            found = code.callee_name(value)
            return found is not None and (found[0].rpartition("/")[2], found[1]) in _NEVER_NIL
        case ast.Ident(name=name):
            return _is_of(code, value, SymbolKind.GLOBAL) and name.lower().startswith("err")
        case ast.Selector(x=x, name=ast.Ident(name=name)):
            return _is_of(code, x, SymbolKind.IMPORT) and name.startswith("Err")
        case _:
            return False


def _is_of(code: Code, expr: ast.Expr, kind: SymbolKind) -> bool:
    symbol = code.symbol(expr)
    return symbol is not None and symbol.kind is kind


def _name(call: ast.Call) -> str:
    match ast.unparen(call.fun):
        case ast.Ident(name=name) | ast.Selector(name=ast.Ident(name=name)):
            return name
        case _:
            return ""
