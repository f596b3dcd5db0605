"""Random functions in; what Go does when it runs them, and where our graphs and facts say otherwise, out."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from random_go import RandomFunction
from trace_walker import Walker

from goleaklint.files.text import SourceText
from goleaklint.flow.facts import FactTracker
from goleaklint.index.finding import std_finder
from goleaklint.index.package import Function, Package, PackageFile
from goleaklint.index.program import FileScope, PackageSource, Program, SourceFile
from goleaklint.index.scopes import package_scope, resolve
from goleaklint.syntax.parse import Tree
from goleaklint.types.declared import Declared
from goleaklint.types.function import function_types

RUNTIME = Path(__file__).parent.parent / "go" / "traces" / "main.go"
IMPORTS = 'import (\n\t"errors"\n\t"fmt"\n\t"runtime"\n)\n\nvar _, _ = errors.New, runtime.Goexit\nvar _ = fmt.Errorf\n'

Trace = tuple[str, tuple[str, ...]]
"""How a run ended, and the markers it met."""

Traces = Mapping[int, set[Trace]]
"""By seed the different traces of its function."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A function that does what it should not by our graphs and facts; `wrong` is the shortest trace that shows it."""

    seed: int
    wrong: str

    def __str__(self) -> str:
        return f"seed {self.seed}: {self.wrong}\n\n{RandomFunction(self.seed).text('f')}"


def mismatches(traces: Traces, tracker: type[FactTracker]) -> Iterator[Mismatch]:
    """The functions some trace of which is no way through our graphs of them, by the facts of `tracker`."""
    for seed, walker in zip(traces, walkers(source_of(traces), tracker), strict=True):
        found = {walker.first_wrong(ending, words) for ending, words in traces[seed]} - {""}
        if found:
            yield Mismatch(seed, min(found, key=lambda wrong: (len(wrong), wrong)))


def source_of(seeds: Iterable[int]) -> str:
    """The Go file with the function of each seed."""
    seeds = list(seeds)
    names = ", ".join(f"f{seed}" for seed in seeds)
    functions = "\n".join(RandomFunction(seed).text(f"f{seed}") for seed in seeds)
    return f"package main\n\n{IMPORTS}\nvar functions = []func() (int, error){{{names}}}\n\n{functions}"


def traces_of(seeds: Iterable[int], root: Path, go: Callable[..., str]) -> Traces:
    """What the functions of some seeds do. `go` runs the go command in the directory `root`, which is there for it."""
    seeds = list(seeds)
    (root / "go.mod").write_text("module traces\n\ngo 1.23\n")
    (root / "random.go").write_text(source_of(seeds))
    shutil.copy(RUNTIME, root)
    found: dict[int, set[Trace]] = {seed: set() for seed in seeds}
    for line in go("run", ".", cwd=root).splitlines():
        number, ending, *words = line.split()
        found[seeds[int(number)]].add((ending, tuple(words)))
    return found


def walkers(source: str, tracker: type[FactTracker]) -> Iterator[Walker]:
    """A walker for each function of a Go file that uses the markers."""
    read = [_read("main.go", RUNTIME.read_bytes()), _read("random.go", source.encode())]
    own = PackageSource("traces", "main", tuple(file for _, file in read))
    program = Program((lambda path: own if path == "traces" else None, std_finder))
    scope = program.package("traces")
    assert scope is not None
    files = tuple(PackageFile(tree.text, file.syntax) for tree, file in read)
    package = Package("traces", "main", None, files)
    tree, file = read[-1]
    file_scope: FileScope = program.file_scope(scope, file)
    declared = Declared(program)
    for decl in file.syntax.functions:
        body = tree.body(decl)
        assert body is not None
        assert body.bad == ()
        names = resolve(Function(files[-1], decl, body), package_scope(package), file_scope.imports)
        yield Walker(body, names, function_types(declared, file_scope, decl, names), tracker)


def _read(path: str, data: bytes) -> tuple[Tree, SourceFile]:
    tree = Tree(SourceText(path, data))
    return tree, SourceFile(tree.file())
