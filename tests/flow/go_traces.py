"""Lowers small function bodies, and writes the ways through their graphs as strings."""

from collections import Counter
from collections.abc import Iterator

from goleaklint.files.text import SourceText
from goleaklint.flow import ops
from goleaklint.flow.graph import Graph
from goleaklint.flow.lower import lower
from goleaklint.syntax import ast
from goleaklint.syntax.parse import Tree

EXITS = ("exit", "Goexit")


def function(body: str, header: str = "func f()") -> tuple[SourceText, ast.FuncBody]:
    """The body of a function, which must be readable as a whole, in its file."""
    tree = Tree(SourceText("p.go", f"package p\n\n{header} {{\n{body}\n}}\n".encode()))
    read = tree.body(tree.file().functions[0])
    assert read is not None
    assert read.bad == ()
    return tree.text, read


def graph_of(body: str) -> Graph:
    """The graph of a body in which calls of `exit` and `Goexit` never return."""
    return lower(function(body)[1], lambda call: isinstance(call.fun, ast.Ident) and call.fun.name in EXITS)


def label(op: ops.Op) -> str:
    """What a trace says of an operation: calls by the name of what is called, others by a word of their own."""
    match op:
        case ops.Call(node=ast.Call(fun=ast.Ident(name=name) | ast.Selector(name=ast.Ident(name=name)))):
            return name
        case ops.Send(node=ast.Send(chan=ast.Ident(name=name))):
            return f"{name}<-"
        case ops.Receive(node=ast.Unary(x=ast.Ident(name=name))):
            return f"<-{name}"
        case ops.Assign(left=left):
            return f"{','.join(each.name if isinstance(each, ast.Ident) else '*' for each in left)}="
        case _:
            return type(op).__name__.lower()


def labels(graph: Graph, block: int, shown: str) -> list[str]:
    """The labels of a block's operations, of those kinds that `shown` names."""
    return [label(op) for op in graph.blocks[block].ops if type(op).__name__ in shown.split()]


def traces(graph: Graph, shown: str = "Call", rounds: int = 2) -> set[str]:
    """Every way from the entry to an end that comes to no block more than `rounds` times.

    A trace ends with a dot if the function returns, `!` if it panics, `#` if the goroutine or process ends.
    """
    return {" ".join(trace) for trace in _ways(graph, 0, [], Counter(), shown, rounds)}


def _ways(
    graph: Graph, block: int, before: list[str], visits: Counter[int], shown: str, rounds: int
) -> Iterator[list[str]]:
    if visits[block] == rounds:
        return
    ending = {graph.returned: ".", graph.panicked: "!", graph.stopped: "#"}.get(block)
    trace = [*before, *labels(graph, block, shown)]
    if ending is not None:
        yield [*trace, ending]
        return
    visits = visits + Counter((block,))
    for target in dict.fromkeys(edge.target for edge in graph.blocks[block].edges):
        yield from _ways(graph, target, trace, visits, shown, rounds)
