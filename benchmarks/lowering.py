"""What graphs of functions cost: read and lower the bodies of a directory's non-test functions, against the bare parse.

usage: python -m benchmarks.lowering DIRECTORY [--runs N]

One core, one process. The floor is tree-sitter's own parse of all .go files, tests included, right before each run;
quote the ratio. Parsing is no part of the rest. `all` are the functions of every file that a run would analyse; `lazy`
are those of them that hold what some rule looks for, which is what a run reads. The graphs of function literals count.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from tree_sitter import Parser

from goleaklint.files.text import SourceText
from goleaklint.flow import ops
from goleaklint.flow.lower import lower
from goleaklint.knowledge.loading import load_knowledge
from goleaklint.pipeline.batch import Stage
from goleaklint.rules._registry import load_rules
from goleaklint.syntax import ast
from goleaklint.syntax.parse import Tree
from goleaklint.syntax.reader import LANGUAGE

from .index_cost import sources

Pick = Callable[[bytes, ast.File], list[ast.FuncDecl]]
"""Which functions of a file are read."""


class Cost:
    """Seconds, and what was read and made in them."""

    def __init__(self) -> None:
        self.picking = self.reading = self.lowering = 0.0
        self.functions = self.graphs = 0

    def told(self, bare: float) -> str:
        """The cost in seconds and in floors."""
        return f"{self.picking:.2f} + {self.reading:.2f} + {self.lowering:.2f} s = {self.total / bare:.2f}"

    @property
    def total(self) -> float:
        """All seconds; choosing the functions costs some, too."""
        return self.picking + self.reading + self.lowering


def floor(root: Path) -> float:
    """Seconds of the bare parse of every .go file."""
    texts = [path.read_bytes() for path in root.rglob("*.go")]
    started = time.perf_counter()
    for data in texts:
        Parser(LANGUAGE).parse(data)
    return time.perf_counter() - started


def measure(files: Iterable[tuple[str, bytes]], pick: Pick) -> Cost:
    """Read and lower the functions that `pick` picks of each file."""
    cost = Cost()
    for path, data in files:
        tree = Tree(SourceText(path, data))
        file = tree.file()
        began = time.perf_counter()
        picked = pick(data, file)
        started = time.perf_counter()
        bodies = [body for decl in picked if (body := tree.body(decl)) is not None]
        read = time.perf_counter()
        cost.graphs += sum(map(_lower_all, bodies))
        cost.lowering += time.perf_counter() - read
        cost.reading += read - started
        cost.picking += started - began
        cost.functions += len(bodies)
    return cost


def _lower_all(body: ast.FuncBody) -> int:
    """Make the graphs of a body and of the literals in it; how many that are."""
    pending: list[ast.FuncBody | ast.FuncLit] = [body]
    made = 0
    while pending:
        graph = lower(pending.pop(), lambda _: None)
        made += 1
        pending += (op.node for block in graph.blocks for op in block.ops if isinstance(op, ops.Closure))
    return made


def every(_: bytes, file: ast.File) -> list[ast.FuncDecl]:
    """All functions."""
    return list(file.functions)


def asked_for(stage: Stage) -> Pick:
    """Picks the functions that a run would read."""

    def pick(data: bytes, file: ast.File) -> list[ast.FuncDecl]:
        acquisitions = stage.acquisitions(data, file)
        return [each for each in file.functions if stage.may_find_in(each, data, acquisitions)]

    return pick


def main() -> None:
    """Print each run and the median ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    files = sources(given.directory)
    stage = Stage(tuple(load_rules().values()), load_knowledge(), "")
    ratios: list[tuple[float, float]] = []
    for number in range(1, given.runs + 1):
        bare = floor(given.directory)
        whole, lazy = measure(files, every), measure(files, asked_for(stage))
        ratios.append((whole.total / bare, lazy.total / bare))
        print(f"run {number}: floor {bare:.2f} s; choosing + reading + lowering:")
        print(f"    all {whole.told(bare)}, lazy {lazy.told(bare)}")
    print(f"all: {whole.functions} functions, {whole.graphs} graphs; lazy: {lazy.functions}, {lazy.graphs}")
    print("median floors: all {:.2f}, lazy {:.2f}".format(*map(statistics.median, zip(*ratios, strict=True))))


if __name__ == "__main__":
    main()
