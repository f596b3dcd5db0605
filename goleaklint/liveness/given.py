"""A channel that a function was given in; what its callers, as far as they are at hand, say of it out."""

from collections import Counter
from collections.abc import Iterator

from goleaklint.calls.code import CallSite, Code
from goleaklint.flow import ops
from goleaklint.flow.graph import Graph
from goleaklint.index.symbols import Symbol, SymbolKind
from goleaklint.syntax import ast

MAX_CALLERS = 3
"""How far up callers are asked: a channel is handed on once or twice."""


def is_maker_known(code: Code, channel: Symbol, depth: int = 0) -> bool:
    """Reports whether some caller at hand has the channel from elsewhere than its own callers.

    Else users of the module give it, or a library that calls what implements its interface: how they receive from it
    nobody knows.
    """
    if channel not in code.whole.code.params:
        return True  # of a literal: it is called where its channel is in view
    for site, value in given_by_callers(code, channel):
        given = site.code.symbol(value)
        if given is None or given.kind is not SymbolKind.PARAM:
            return True
        if depth < MAX_CALLERS and is_maker_known(site.code, given, depth + 1):
            return True
    return False


def has_room_for_all(code: Code, channel: Symbol) -> bool:
    """Reports whether a channel has room for all that a function ever sends on it: each of its sends is come to once,
    or once for each request, and all callers make the channel with as much room as one run of the function can send, or
    more.

    Who asks is who gets the replies: only one that asks on without taking them could fill the channel.
    """
    sends = Counter(block.index for block in code.graph.blocks for op in block.ops if _sends(code, op, channel))
    if code is not code.whole.code:
        return False
    again = [index for index in sends if code.graph.comes_again(code.graph.blocks[index])]
    asked = _asked(code) if again else frozenset()
    if any(index in asked or index in _next(code.graph, index, asked) for index in again):
        return False
    given = list(given_by_callers(code, channel))
    most = _most_in_a_run(code.graph, sends, asked)
    return bool(given) and all(_room(site.code, value) >= most for site, value in given)


def _asked(code: Code) -> frozenset[int]:
    """The blocks in which a function receives a request: on a channel on which all callers send what they want."""
    received = [(block, op.node.x) for block, op in code.graph.ops(ops.Receive)]
    received += [(block, op.node.x) for block, op in code.graph.ops(ops.Range)]
    return frozenset(
        block.index
        for block, channel in received
        if (symbol := code.symbol(channel)) is not None
        and symbol in code.params
        and (given := list(given_by_callers(code, symbol)))
        and all(_asks(site, value) for site, value in given)
    )


def _asks(site: CallSite, channel: ast.Expr) -> bool:
    """Reports whether a caller itself sends on the channel that it gives, so that it knows how many replies come."""
    symbol = site.code.symbol(channel)
    return symbol is not None and any(_sends(site.code, op, symbol) for _, op in site.code.graph.ops(ops.Send))


def _next(graph: Graph, start: int, without: frozenset[int]) -> set[int]:
    """The blocks that control can come to from one, past none of others."""
    return graph.reachable_from((edge.target for edge in graph.blocks[start].edges), without)


def _most_in_a_run(graph: Graph, sends: Counter[int], without: frozenset[int]) -> int:
    """How many of the sends, so many in each block, one run can come to, past none of some blocks: no block with sends
    is on a circle then."""
    behind = {index: _next(graph, index, without) & sends.keys() - {index} for index in sends}
    most: dict[int, int] = {}
    for index in sorted(sends, key=lambda each: len(behind[each])):
        most[index] = sends[index] + max((most[each] for each in behind[index]), default=0)
    return max(most.values(), default=0)


def _sends(code: Code, op: ops.Op, channel: Symbol) -> bool:
    match op:
        case ops.Send(node=node):
            return code.symbol(node.chan) is channel
        case ops.Select(node=node):
            comms = (clause.comm for clause in node.clauses)
            return any(isinstance(comm, ast.Send) and code.symbol(comm.chan) is channel for comm in comms)
        case _:
            return False


def given_by_callers(code: Code, channel: Symbol) -> Iterator[tuple[CallSite, ast.Expr]]:
    """What callers give for a parameter of the declared function."""
    for site in code.whole.functions.callers(code.whole.decl):
        if site.call and isinstance(site.node, ast.Call):
            yield from (
                (site, value) for param, value in site.code.arguments(site.node, code.whole.code) if param is channel
            )


def _room(code: Code, channel: ast.Expr) -> int:
    """How many values a channel has room for that is made here, or with its variable; 0 if that is not known."""
    symbol = code.symbol(channel)
    made = channel if symbol is None else code.whole.value_of(symbol)
    match ast.unparen(made) if made is not None else None:
        case ast.Call(fun=ast.Ident(name="make"), args=(_, ast.BasicLit(kind="int", text=text))) if text.isdigit():
            return int(text)
        case _:
            return 0
