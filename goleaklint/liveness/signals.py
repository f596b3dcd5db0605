"""The signals to end that a function has at hand: contexts and quit channels, and where it heeds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.graph import Block
from goleaklint.flow.loops import Rounds, rounds
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.liveness.given import has_room_for_all, is_maker_known
from goleaklint.liveness.heard_out import is_heard_out
from goleaklint.liveness.waits import Silent, received_from
from goleaklint.syntax import ast
from goleaklint.syntax.walk import direct_expressions, statements
from goleaklint.types.types import Chan, Struct

_END = re.compile(
    r"quit|done|stop|exit|clos|cancel|kill|term|shutdown|dying|dead|die\b|abort|end(ed)?\b", re.IGNORECASE
)
"""What people call a channel that tells a goroutine to end."""


def is_end(code: Code, channel: ast.Expr) -> bool:
    """Reports whether a channel tells that something is to end: a Done or Quit, or a channel of that name."""
    channel = ast.unparen(channel)
    match channel:
        case ast.Call(fun=ast.Selector(name=ast.Ident(name=name))) | ast.Call(fun=ast.Ident(name=name)):
            return _END.search(name) is not None
        case ast.Selector(name=ast.Ident(name=name)) | ast.Ident(name=name):
            return _END.search(name) is not None and carries_nothing(code, channel)
        case _:
            return False


def carries_nothing(code: Code, channel: ast.Expr) -> bool:
    """Reports whether a channel's values are `struct{}` or bool: only that one comes tells something."""
    kind = code.core_type(channel)
    elem = None if not isinstance(kind, Chan) else code.types.declared.core(kind.elem)
    return elem == Struct(()) or getattr(elem, "name", "") == "bool"


def heeded(code: Code) -> Iterator[tuple[ast.Select, ast.CommClause]]:
    """The cases for an end in the selects of a function: those that somebody can bring about."""
    silent = Silent(code, frozenset())
    for stmt in statements(code.block.stmts):
        if isinstance(stmt, ast.Select):
            for clause in stmt.clauses:
                channel = received_from(clause.comm)
                if channel is not None and is_end(code, channel) and not silent.is_dead_channel(channel):
                    yield stmt, clause


@dataclass(frozen=True, slots=True)
class Unheeding:
    """A send or select, `wait`, in a loop that waits for its partner only, though the loop heeds `signal` elsewhere."""

    wait: ops.Send | ops.Select
    channel: ast.Expr
    signal: ast.CommClause


def unheeding_waits(code: Code) -> Iterator[Unheeding]:
    """The waits in endless loops that do not heed the signal which a select of the same loop ends on.

    Only those whose partner is elsewhere, and may have gone at the same signal: the channel is no local one.
    """
    signals = [each for each in heeded(code) if _leaves(code, *each)]
    if not signals:
        return
    for block in code.graph.blocks:
        for op in block.ops if any(rounds(loop) is Rounds.ENDLESS for loop in block.loops) else ():
            channel = _partner(code, op)
            around = [clause for select, clause in signals if _shares_loop(block, select)]
            if channel is not None and around and isinstance(op, ops.Send | ops.Select):
                yield Unheeding(op, channel, around[0])


def _leaves(code: Code, select: ast.Select, clause: ast.CommClause) -> bool:
    """Reports whether control can leave the loop by a case, without coming to its select once more."""
    for block, op in code.graph.ops(ops.Select):
        if op.node is select and block.loops:
            starts = (edge.target for edge in block.edges if edge.cause is clause)
            later = code.graph.reachable_from(starts, {block.index})
            return any(block.loops[-1] not in code.graph.blocks[each].loops for each in later)
    return False


def _partner(code: Code, op: ops.Op) -> ast.Expr | None:
    """The channel of another on which an operation waits, and on nothing else that could end the wait."""
    match op:
        case ops.Send(node=node):
            return node.chan if _is_foreign(code, node.chan) else None
        case ops.Select(node=node):
            comms = [clause.comm for clause in node.clauses]
            if not comms or not all(isinstance(comm, ast.Send) for comm in comms):
                return None
            return next(
                (comm.chan for comm in comms if isinstance(comm, ast.Send) and _is_foreign(code, comm.chan)), None
            )
        case _:
            return None


def _is_foreign(code: Code, channel: ast.Expr) -> bool:
    """Reports whether the partner is elsewhere: the channel was given to the function, to report what it finds, by who
    is at hand, it has not got room for all of it, and whoever receives may leave before all is sent.

    Of channels in fields, replies to requests most of all, it is not known who waits and how large they are.
    """
    symbol = code.symbol(channel)
    if symbol is None or symbol.kind is not SymbolKind.PARAM or _is_optional(code, symbol):
        return False
    if not is_maker_known(code, symbol) or has_room_for_all(code, symbol):
        return False
    return not is_heard_out(code, symbol)


def _is_optional(code: Code, channel: Symbol) -> bool:
    """Reports whether a function asks if it was given a channel at all: that is one for tests, or for a log."""
    for part in (each for stmt in statements(code.block.stmts) for each in direct_expressions(stmt)):
        match part:
            case ast.Binary(op="!=" | "==", x=x, y=ast.Ident(name="nil")) if code.symbol(x) is channel:
                return True
    return False


def _shares_loop(block: Block, select: ast.Select) -> bool:
    return any(loop.start <= select.start < loop.end for loop in block.loops if rounds(loop) is Rounds.ENDLESS)
