"""A channel that a sender was given in; whether whoever receives from it stays until the sender's side has said that it
is done, out: then the sender never waits for somebody who has left."""

from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.calls.code import Code
from goleaklint.flow import ops
from goleaklint.flow.conditions import TRUE
from goleaklint.flow.graph import Block, Edge, EdgeKind
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.liveness.branches import conditions
from goleaklint.liveness.given import MAX_CALLERS, given_by_callers
from goleaklint.liveness.waits import received_from
from goleaklint.syntax import ast
from goleaklint.syntax.walk import deep_expressions
from goleaklint.types.types import Chan


@dataclass(frozen=True, slots=True)
class _Listening:
    """From the call `call` on, `code` receives from `stream`. By the channels `tells` the sender says other things."""

    code: Code
    call: ast.Node
    stream: Symbol
    tells: frozenset[Symbol]


def is_heard_out(code: Code, channel: Symbol, depth: int = 0) -> bool:
    """Reports whether all who are at hand give the channel so that its receiver stays until it is told to leave."""
    if channel not in code.whole.code.params:
        return False
    given = list(given_by_callers(code, channel))
    return bool(given) and all(_stays(site.code, site.node, value, depth) for site, value in given)


def _stays(code: Code, call: ast.Expr, value: ast.Expr, depth: int) -> bool:
    symbol = code.symbol(value)
    if symbol is None:
        return False
    if symbol.kind is SymbolKind.PARAM:
        return depth < MAX_CALLERS and is_heard_out(code, symbol, depth + 1)
    around = list(_listening(code, call, symbol))
    return bool(around) and not any(map(_may_leave, around))


def _listening(code: Code, call: ast.Expr, stream: Symbol) -> Iterator[_Listening]:
    """Where the channel of a sender, called in `code`, is received from: beside it, or by the maker's callers."""
    maker = code.whole.code
    tells = frozenset(_tells(code, call)) - {stream}
    if any(_receives(maker, stream, block) for block in maker.graph.blocks):
        yield _Listening(maker, call, stream, tells)
        return
    returned = [op.node for _, op in maker.graph.ops(ops.Return)]
    for site in code.whole.functions.callers(code.whole.decl):
        for names in ([maker.symbol(each) for each in result.results] for result in returned):
            got = dict(_received_as(site.code, site.node, names))
            if stream in got:
                told = frozenset(got[each] for each in tells if each in got)
                yield _Listening(site.code, site.node, got[stream], told)


def _tells(code: Code, call: ast.Expr) -> Iterator[Symbol]:
    """The channels by which the sender's goroutine can tell something: it gets them, or uses them around the call."""
    used = list(call.args) if isinstance(call, ast.Call) else []
    if code.outer is not None:
        used += [op.node.chan for _, op in code.graph.ops(ops.Send)]
        for each in deep_expressions(code.block.stmts):
            if isinstance(each, ast.Call) and isinstance(each.fun, ast.Ident) and each.fun.name == "close":
                used += each.args
    for each in used:
        symbol = code.symbol(each)
        is_shared = symbol is not None and symbol.kind is SymbolKind.LOCAL and symbol.depth < max(1, code.depth)
        if symbol is not None and is_shared and isinstance(code.core_type(each), Chan):
            yield symbol


def _received_as(code: Code, call: ast.Expr, names: list[Symbol | None]) -> Iterator[tuple[Symbol, Symbol]]:
    """The maker's variables that it gives, each with the variable that gets the value here."""
    for _, op in code.graph.ops(ops.Assign):
        if len(op.right) == 1 and ast.unparen(op.right[0]) is call:
            for target, name in zip(op.left, names, strict=False):
                symbol = code.symbol(target)
                if name is not None and symbol is not None and symbol.kind is SymbolKind.LOCAL:
                    yield name, symbol


# --- whether the receiver may leave


def _may_leave(listening: _Listening) -> bool:
    """Reports whether the receiver may come to its end untold; so it may where it is not known to receive."""
    graph = listening.code.graph
    starts = [block for block in graph.blocks if any(_holds(op, listening.call) for op in block.ops)]
    if not starts or not any(_receives(listening.code, listening.stream, block) for block in graph.blocks):
        return True
    pending, seen = [block.index for block in starts], set[int]()
    while pending:
        for edge in graph.blocks[pending.pop()].edges:
            if edge.target not in seen and not _is_told(listening, edge):
                seen.add(edge.target)
                pending.append(edge.target)
    return bool(seen & {graph.returned, graph.panicked, graph.unwound})


def _holds(op: ops.Op, call: ast.Node) -> bool:
    """Reports whether an operation starts what makes the call, or makes it."""
    return isinstance(op, ops.Call | ops.Go) and op.node.start <= call.start and call.end <= op.node.end


def _receives(code: Code, channel: Symbol, block: Block) -> bool:
    """Reports whether a block ends with a range over a channel, or with a select that receives from it."""
    match block.ops[-1] if block.ops else None:
        case ops.Range(node=node):
            return code.symbol(node.x) is channel
        case ops.Select():
            return any(_heard(code, edge) is channel for edge in block.edges)
        case _:
            return False


def _heard(code: Code, edge: Edge) -> Symbol | None:
    """The channel that the case of an edge receives from."""
    heard = received_from(edge.cause.comm) if isinstance(edge.cause, ast.CommClause) else None
    return None if heard is None else code.symbol(heard)


def _is_told(listening: _Listening, edge: Edge) -> bool:
    """Reports whether an edge is taken when the sender's side has told something that is no value of the stream."""
    code, block = listening.code, listening.code.graph.blocks[edge.source]
    if edge.kind is EdgeKind.DONE:
        return _receives(code, listening.stream, block)
    if edge.kind is EdgeKind.CASE:
        return _heard(code, edge) in listening.tells
    return any(
        fact.test.question == TRUE and not fact.holds and _is_ok(listening, fact.test.places[0].symbol)
        for fact in conditions(code).established(edge)
    )


def _is_ok(listening: _Listening, symbol: Symbol) -> bool:
    """Reports whether a variable tells if the stream gave a value."""
    match symbol.node:
        case ast.Assign(left=(_, ast.Ident(name=name)), op=":=", right=(ast.Unary(op="<-", x=channel),)):
            return name == symbol.name and listening.code.symbol(channel) is listening.stream
        case _:
            return False
