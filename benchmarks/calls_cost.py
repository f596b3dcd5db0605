"""What names, types, call graph and summaries cost for a whole module, against the bare parse of its Go files.

usage: python -m benchmarks.calls_cost DIRECTORY [--runs N]

One core, one process. The bare parse is tree-sitter's own, of all Go files below the directory, tests included, right
before each run; quote the ratios. `names and types` resolves every function and asks for the type of each expression;
`call graph` and `summaries` each work out for themselves what of that they need; `summaries` are those of all declared
functions, made as the rules ask for them.
"""

import argparse
import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from goleaklint.index.scopes import package_scope, resolve
from goleaklint.pipeline.calls import CallProgram, call_program, summaries
from goleaklint.syntax.grammar import parse_source
from goleaklint.syntax.walk import deep_expressions
from goleaklint.types.function import function_types


def bare_parse(sources: list[bytes]) -> None:
    """Parse, and look at nothing."""
    for data in sources:
        parse_source(data)


def type_everything(program: CallProgram) -> None:
    """The type of every expression in every function body."""
    for entry in program.packages:
        declared_names = package_scope(entry.package)
        for function in entry.package.functions:
            scope = entry.scopes[function.file.text.path]
            names = resolve(function, declared_names, scope.imports)
            types = function_types(program.declared, scope, function.decl, names)
            for expr in deep_expressions(function.body.block.stmts):
                types.type_of(expr)


def measure(root: Path, sources: list[bytes]) -> dict[str, float]:
    """Seconds of each part, of the processor, not of the clock on the wall."""
    spent: dict[str, float] = {}
    with _timed(spent, "bare parse"):
        bare_parse(sources)
    with _timed(spent, "read with bodies"):
        program = call_program(("./...",), root)
    with _timed(spent, "call graph"):
        program.graph()
    with _timed(spent, "summaries"):
        summaries(program.functions())
    program = call_program(("./...",), root)
    with _timed(spent, "names and types"), _without(gc.disable, gc.enable):
        type_everything(program)
    return spent


@contextmanager
def _timed(spent: dict[str, float], name: str) -> Iterator[None]:
    started = time.process_time()
    yield
    spent[name] = time.process_time() - started


@contextmanager
def _without(stop: Callable[[], None], go_on: Callable[[], None]) -> Iterator[None]:
    stop()
    yield
    go_on()


def main() -> None:
    """Print the best of the runs of each part, and its ratio to the bare parse."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("directory", type=Path)
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    sources = [path.read_bytes() for path in sorted(given.directory.rglob("*.go"))]
    runs = [measure(given.directory, sources) for _ in range(given.runs)]
    best = {name: min(run[name] for run in runs) for name in runs[0]}
    for name, seconds in best.items():
        print(f"{name:<18}{seconds:6.2f} s {seconds / best['bare parse']:6.2f}")


if __name__ == "__main__":
    main()
