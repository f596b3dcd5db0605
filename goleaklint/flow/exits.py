"""A path to an exit in; the deferred calls that run there out, in Go's order and with what they find."""

from collections.abc import Iterator
from dataclasses import dataclass

from goleaklint.flow import ops
from goleaklint.flow.conditions import Fact
from goleaklint.flow.facts import NOTHING, Facts, FactTracker
from goleaklint.flow.graph import Block, Graph
from goleaklint.flow.paths import Path
from goleaklint.index.symbols import SymbolKind
from goleaklint.syntax import ast


@dataclass(frozen=True, slots=True)
class DeferredCall:
    """A call that runs when a function ends.

    `literal` is what runs if the defer statement calls a function literal: its own graph tells under which conditions
    it does what, and `facts` hold where it starts. Otherwise the call of the statement is made as it stands.
    """

    op: ops.Defer
    literal: ast.FuncLit | None
    facts: Facts

    @property
    def is_conditional(self) -> bool:
        """Reports whether it takes a look into a graph to tell what is done."""
        return self.literal is not None


def deferred_calls(path: Path, graph: Graph, tracker: FactTracker) -> tuple[DeferredCall, ...]:
    """The calls that run at the end of a path, last deferred first; none where the path does not end in an exit, or the
    process ends.

    Results have been set before, and each call may change what the next one finds. One of them may panic, or end the
    goroutine: the others run nevertheless.
    """
    if path.exit not in (graph.returned, graph.panicked, graph.unwound):
        return ()
    return tuple(_run(path.deferred, path.facts, graph, tracker))


def _run(deferred: tuple[ops.Defer, ...], facts: Facts, graph: Graph, tracker: FactTracker) -> Iterator[DeferredCall]:
    for op in reversed(deferred):
        literal = literal_of(op)
        yield DeferredCall(op, literal, NOTHING if literal is None else facts_at_start(op, literal, facts, graph))
        facts = tracker.after_call(facts)


def literal_of(op: ops.Defer) -> ast.FuncLit | None:
    """The function literal that a defer statement calls; None if it calls something else."""
    call = ast.unparen(op.node.call)
    fun = ast.unparen(call.fun) if isinstance(call, ast.Call) else None
    return fun if isinstance(fun, ast.FuncLit) else None


def facts_at_start(op: ops.Defer, literal: ast.FuncLit, facts: Facts, graph: Graph) -> Facts:
    """The facts of the function that hold of the variables which a deferred literal sees.

    A literal deferred in a loop has the variables of its own round, the facts are about those of the last.
    """
    if not facts:
        return facts
    block = next(block for block in graph.blocks if op in block.ops)
    if _comes_by_goto(graph, block):
        return frozenset(fact for fact in facts if not _is_about_local(fact))
    around = (*block.loops, literal)
    return frozenset(fact for fact in facts if not any(_is_declared_in(node, fact) for node in around))


def _comes_by_goto(graph: Graph, block: Block) -> bool:
    """Reports whether control comes again to a block in another way than by the loops around it."""
    onward = graph.reachable_from(edge.target for edge in block.edges)
    outside = (graph.blocks[index] for index in onward if not set(block.loops[:1]) & set(graph.blocks[index].loops))
    return block.index in graph.reachable_from(edge.target for each in outside for edge in each.edges)


def _is_about_local(fact: Fact) -> bool:
    return any(place.symbol.kind is SymbolKind.LOCAL for place in fact.test.places)


def _is_declared_in(node: ast.Node, fact: Fact) -> bool:
    return any(node.start <= place.symbol.start < node.end for place in fact.test.places)
