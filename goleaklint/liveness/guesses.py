"""A deferred function literal in; what it does only if the function around it has come to an end of a certain kind,
where nobody can tell from the path which kind that is, out."""

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.exits import literal_of
from goleaklint.flow.graph import Graph
from goleaklint.liveness.frames import bindings
from goleaklint.syntax import ast
from goleaklint.syntax.walk import expressions

_GUESSED: "WeakKeyDictionary[Code, frozenset[int]]" = WeakKeyDictionary()


def guessed_blocks(code: Code) -> frozenset[int]:
    """The blocks of a deferred literal behind such a condition: `if _, ok := err.(*Corrupt); ok { close(c) }`.

    Whether a variable of the function around it is nil, or true, is followed along paths; all else that is asked of it,
    such as its dynamic type, goes with what the path did, and is no free choice."""
    found = _GUESSED.get(code)
    if found is None:
        found = _GUESSED[code] = frozenset(_find(code)) if _is_deferred(code) else frozenset()
    return found


def _is_deferred(code: Code) -> bool:
    if code.outer is None:
        return False
    return any(literal_of(op) is code.node for _, op in code.outer.graph.ops(ops.Defer))


def _find(code: Code) -> Iterator[int]:
    graph = code.graph
    for block in graph.blocks:
        if any(edge.condition is not None and _is_guess(code, edge.condition) for edge in block.edges):
            targets = [edge.target for edge in block.edges]
            for index in graph.reachable_from(targets):
                if index != graph.returned and any(_may_pass_by(graph, target, index) for target in targets):
                    yield index


def _may_pass_by(graph: Graph, start: int, index: int) -> bool:
    """Reports whether the function may return from a block on without coming to another."""
    seen, pending = {start, index}, [start]
    while pending:
        for edge in graph.blocks[pending.pop()].edges:
            if edge.target not in seen:
                seen.add(edge.target)
                pending.append(edge.target)
    return start != index and graph.returned in seen


def _is_guess(code: Code, condition: ast.Expr) -> bool:
    """Reports whether a condition asks something else of a captured variable than whether it is nil, or true."""
    match ast.unparen(condition):
        case ast.Unary(op="!", x=x):
            return _is_guess(code, x)
        case ast.Binary(op="==" | "!=", x=x, y=ast.Ident(name="nil" | "true" | "false")):
            return _is_guess(code, x)
        case ast.Ident() as ident:
            return not _is_captured(code, ident) and any(_captured_in(code, each) for each in _values(code, ident))
        case _:
            return _captured_in(code, condition)


def _values(code: Code, ident: ast.Ident) -> Iterator[ast.Expr]:
    symbol = code.symbol(ident)
    for each in bindings(code.whole, symbol) if symbol is not None else ():
        if each.value is not None:
            yield each.value


def _captured_in(code: Code, expr: ast.Expr) -> bool:
    return any(isinstance(each, ast.Ident) and _is_captured(code, each) for each in expressions(expr))


def _is_captured(code: Code, ident: ast.Ident) -> bool:
    """Reports whether it is a variable of the function around the literal."""
    symbol = code.symbol(ident)
    return symbol is not None and symbol.is_variable and symbol.depth < code.depth
