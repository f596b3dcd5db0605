"""A function in; what its loops share out, which no counting of either loop shows.

Sends that two loops over the same things make in turns: one for what meets a condition, the other for what does not.
Together they are one for each thing. Receives of a loop over a list of all that another loop has started.
"""

from collections.abc import Iterator
from typing import NamedTuple
from weakref import WeakKeyDictionary

from goleaklint.calls.code import Code
from goleaklint.syntax import ast
from goleaklint.syntax.walk import statements

_SHARED: "WeakKeyDictionary[Code, frozenset[int]]" = WeakKeyDictionary()
_LISTED: "WeakKeyDictionary[Code, frozenset[ast.Range]]" = WeakKeyDictionary()


class _Guarded(NamedTuple):
    """A send in the loop `loop`, written as `header`, made where `question` is answered with `holds`."""

    loop: ast.Node
    header: str
    channel: str
    question: str
    holds: bool
    send: int


def shared_sends(code: Code) -> frozenset[int]:
    """Where the sends of a function begin that two loops share."""
    found = _SHARED.get(code)
    if found is None:
        sends = list(_in_loops(code, code.block.stmts)) if _has_two_loops(code) else []
        found = _SHARED[code] = frozenset(
            each.send for each in sends if any(_is_other_part(each, other) for other in sends)
        )
    return found


def is_listed(code: Code, at: int) -> bool:
    """Reports whether a place of a function is in a loop over a list to which another adds as it sends or starts:
    the list is as long as there is something to wait for."""
    found = _LISTED.get(code)
    if found is None:
        loops = list(_loops(code.block.stmts)) if _has_two_loops(code) and b"append(" in _source(code) else []
        found = _LISTED[code] = frozenset(
            each
            for each in loops
            if isinstance(each, ast.Range) and any(_lists(code, other, each.x) for other in loops)
        )
    return any(each.body.start <= at < each.body.end for each in found)


def _loops(stmts: tuple[ast.Stmt, ...]) -> Iterator[ast.Range | ast.For]:
    return (each for each in statements(stmts) if isinstance(each, ast.Range | ast.For))


def _lists(code: Code, loop: ast.Range | ast.For, collection: ast.Expr) -> bool:
    """Reports whether a loop adds to a list, and sends or starts something."""
    symbol = code.symbol(collection)
    inner = [*statements(loop.body.stmts)] if symbol is not None else []
    return any(isinstance(each, ast.Go | ast.Send) for each in inner) and any(
        isinstance(each, ast.Assign) and len(each.left) == 1 and code.symbol(each.left[0]) is symbol for each in inner
    )


def _source(code: Code) -> bytes:
    return code.source.data[code.node.start : code.node.end]


def _has_two_loops(code: Code) -> bool:
    text = _source(code)
    return text.count(b"for ") > 1 and text.count(b"<-") > 1


def _is_other_part(one: _Guarded, other: _Guarded) -> bool:
    return one.loop is not other.loop and one[1:4] == other[1:4] and one.holds != other.holds


def _in_loops(code: Code, stmts: tuple[ast.Stmt, ...]) -> Iterator[_Guarded]:
    for stmt in stmts:
        match stmt:
            case ast.Range(body=body) | ast.For(body=body):
                header = _text(code, stmt.start, body.start)
                for question, holds, send in _guarded(code, body.stmts):
                    yield _Guarded(stmt, header, _written(code, send.chan), question, holds, send.start)
            case ast.Block(stmts=inner):
                yield from _in_loops(code, inner)


def _guarded(code: Code, stmts: tuple[ast.Stmt, ...]) -> Iterator[tuple[str, bool, ast.Send]]:
    """The sends in the body of a loop that are made where one condition holds, or does not."""
    passed: list[tuple[str, bool]] = []
    for stmt in stmts:
        match stmt:
            case ast.If(init=init, cond=cond, then=then):
                question, holds = _question(code, cond)
                question += "" if init is None else f" with {_written(code, init)}"
                yield from ((question, holds, each) for each in then.stmts if isinstance(each, ast.Send))
                if then.stmts and isinstance(then.stmts[-1], ast.Branch) and then.stmts[-1].kind == "continue":
                    passed.append((question, not holds))
            case ast.Send():
                yield from ((question, holds, stmt) for question, holds in passed)


def _question(code: Code, cond: ast.Expr) -> tuple[str, bool]:
    """What a condition asks, in words of its own, and the answer it wants."""
    match ast.unparen(cond):
        case ast.Unary(op="!", x=x):
            question, holds = _question(code, x)
            return question, not holds
        case ast.Binary(op="==" | "!=" as op, x=x, y=y):
            return f"{_written(code, x)} == {_written(code, y)}", op == "=="
        case plain:
            return _written(code, plain), True


def _written(code: Code, node: ast.Node) -> str:
    return _text(code, node.start, node.end)


def _text(code: Code, start: int, end: int) -> str:
    return " ".join(code.source.data[start:end].decode("utf-8", "replace").split())
