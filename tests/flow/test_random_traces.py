"""Random functions, compiled and run by Go: every trace of a run must be a way through the function's graph."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from go_traces import function
from random_go import RandomFunction

from goleaklint.flow import ops
from goleaklint.flow.graph import EdgeKind, Graph
from goleaklint.flow.lower import lower
from goleaklint.syntax import ast

SEEDS = range(60)
MARKERS = frozenset("m q k v add pick ready ready1 each".split())
ENDINGS = ("returned", "panicked", "stopped", "cut")

Position = tuple[int, int]
"""A block, and how many of its operations are done."""


def marker(op: ops.Op) -> int | None:
    """The number that a marker call marks with."""
    match op:
        case ops.Call(node=ast.Call(fun=ast.Ident(name=name), args=(ast.BasicLit(text=number), *_))) if name in MARKERS:
            return int(number)
        case _:
            return None


class Walker:
    """Follows a trace through a graph: `at` are the places where control can be after the markers met so far."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.at = self.settled({(0, 0)})

    def settled(self, positions: Iterable[Position], last: int = 0, result: str = "") -> set[Position]:
        """Where control can come to without meeting a marker. A branch on marker `last` goes by its result."""
        seen: set[Position] = set()
        pending = list(positions)
        while pending:
            position = pending.pop()
            if position in seen:
                continue
            seen.add(position)
            block = self.graph.blocks[position[0]]
            if position[1] < len(block.ops):
                if marker(block.ops[position[1]]) is None:
                    pending.append((position[0], position[1] + 1))
                continue
            for edge in block.edges:
                decided = isinstance(edge.cause, ast.Call) and marker(ops.Call(edge.cause)) == last and result
                if not decided or (edge.kind is EdgeKind.TRUE) == (result == "t"):
                    pending.append((edge.target, 0))
        return seen

    def meet(self, word: str) -> bool:
        """Go on to a marker; reports whether that is possible."""
        number, result = int(word.rstrip("tf")), word.lstrip("0123456789")
        met = set()
        for block, done in self.at:
            found = self.graph.blocks[block].ops
            if done < len(found) and marker(found[done]) == number:
                met.add((block, done + 1))
        self.at = self.settled(met, number, result)
        return bool(met)

    def can_end(self, ending: str) -> bool:
        ends = {"returned": self.graph.returned, "panicked": self.graph.panicked, "stopped": self.graph.stopped}
        return ending == "cut" or (ends[ending], 0) in self.at


def never_returns(call: ast.Call) -> bool:
    return isinstance(call.fun, ast.Selector) and call.fun.name.name == "Goexit"


def first_wrong(graph: Graph, ending: str, words: list[str]) -> str:
    """The first marker of a trace that the graph does not allow; empty if it allows all."""
    walker = Walker(graph)
    for number, word in enumerate(words):
        if not walker.meet(word):
            return f"{' '.join(words[:number])} -> {word}"
    return "" if walker.can_end(ending) else f"{' '.join(words)} -> {ending}"


@pytest.fixture(scope="module")
def traces(go: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[tuple[str, list[str]]]]:
    """By seed: how each run of its function ended, and the markers it met."""
    root = tmp_path_factory.mktemp("traces")
    texts = "\n".join(RandomFunction(seed).text(f"f{seed}") for seed in SEEDS)
    names = ", ".join(f"f{seed}" for seed in SEEDS)
    (root / "go.mod").write_text("module traces\n\ngo 1.23\n")
    imports = 'import "runtime"\n\nvar _ = runtime.Goexit\n\n'
    (root / "random.go").write_text(f"package main\n\n{imports}var functions = []func() int{{{names}}}\n\n{texts}")
    shutil.copy(Path(__file__).parent.parent / "go" / "traces" / "main.go", root)
    found: dict[int, list[tuple[str, list[str]]]] = {seed: [] for seed in SEEDS}
    for line in go("run", ".", cwd=root).splitlines():
        number, ending, *words = line.split()
        found[int(number)].append((ending, words))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_run_is_a_way_through_the_graph(seed: int, traces: dict[int, list[tuple[str, list[str]]]]) -> None:
    text = RandomFunction(seed).text("f")
    graph = lower(function("\n".join(text.splitlines()[1:-1]), "func f() int")[1], never_returns)
    assert traces[seed]
    wrong = {first_wrong(graph, ending, words) for ending, words in traces[seed]} - {""}
    assert not wrong, text


def test_the_functions_end_in_every_way(traces: dict[int, list[tuple[str, list[str]]]]) -> None:
    assert {ending for runs in traces.values() for ending, _ in runs} == set(ENDINGS)


def test_a_wrong_trace_is_noticed() -> None:
    graph = lower(function("m(1)\nif q(2) {\n\tm(3)\n}\nreturn k(4)", "func f() int")[1], never_returns)
    assert first_wrong(graph, "returned", ["1", "2t", "3", "4"]) == ""
    assert first_wrong(graph, "cut", ["1", "2t"]) == ""
    assert first_wrong(graph, "returned", ["1", "2t", "4"]) == "1 2t -> 4"
    assert first_wrong(graph, "returned", ["1", "2f", "3", "4"]) == "1 2f -> 3"
    assert first_wrong(graph, "panicked", ["1", "2f", "4"]) == "1 2f 4 -> panicked"
