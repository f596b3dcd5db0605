"""Random functions in; what Go does when it runs them, and walkers through our graphs of them, out."""

import shutil
from collections.abc import Callable, Iterable, Iterator
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


def source_of(seeds: Iterable[int]) -> str:
    """The Go file with the function of each seed."""
    seeds = list(seeds)
    names = ", ".join(f"f{seed}" for seed in seeds)
    functions = "\n".join(RandomFunction(seed).text(f"f{seed}") for seed in seeds)
    return f"package main\n\n{IMPORTS}\nvar functions = []func() (int, error){{{names}}}\n\n{functions}"


def traces_of(seeds: Iterable[int], root: Path, go: Callable[..., str]) -> dict[int, set[Trace]]:
    """By seed the different traces of its function. `go` runs the go command in the empty directory `root`."""
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
    program = Program((std_finder,))
    read = [_read("main.go", RUNTIME.read_bytes()), _read("random.go", source.encode())]
    scope = program.scope(PackageSource("traces", "main", tuple(file for _, file in read)))
    files = tuple(PackageFile(tree.text, file.syntax) for tree, file in read)
    package = Package("traces", "main", None, files)
    tree, file = read[-1]
    file_scope: FileScope = program.file_scope(scope, file)
    declared = Declared(program)
    for decl in file.syntax.functions:
        body = tree.body(decl)
        assert body is not None and body.bad == ()
        names = resolve(Function(files[-1], decl, body), package_scope(package), file_scope.imports)
        yield Walker(body, names, function_types(declared, file_scope, decl, names), tracker)


def _read(path: str, data: bytes) -> tuple[Tree, SourceFile]:
    tree = Tree(SourceText(path, data))
    return tree, SourceFile(tree.file())
