"""Programs of the small Go in; where Go leaves their goroutines blocked, and where the explorer says so, out."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from random_programs import random_program
from small_go import Program
from small_go_text import go_file, go_functions

from goleaklint.liveness.explore import explore
from goleaklint.liveness.verdict import Verdict

RUNTIME = Path(__file__).parent.parent / "go" / "leaks" / "main.go"


@dataclass(frozen=True)
class Judged:
    """A program: the operations at which Go left goroutines, by their numbers, and those the explorer names."""

    seed: int
    program: Program
    seen: frozenset[int]
    crashes: int
    verdict: Verdict
    told: frozenset[int]

    @property
    def missed(self) -> frozenset[int]:
        """Left behind in a run, and the explorer does not say so though it saw all."""
        return self.seen - self.told if self.verdict.complete else frozenset()

    @property
    def unseen(self) -> frozenset[int]:
        """Left behind by the explorer, and in no run."""
        return self.told - self.seen

    def __str__(self) -> str:
        facts = f"seed {self.seed}: missed {sorted(self.missed)}, not seen {sorted(self.unseen)}"
        return f"{facts}\n{_objects(self.program)}\n{go_functions(self.program)}"


def _objects(program: Program) -> str:
    return "\n".join(f"// {each}" for each in program.objects.values())


def judged(
    seeds: Iterable[int], times: int, root: Path, go: Callable[..., str], run: Callable[..., str]
) -> list[Judged]:
    """Run the programs of some seeds so many times each; `go` is the go command, `run` starts what it built."""
    seeds = list(seeds)
    programs = [random_program(seed) for seed in seeds]
    found = runs_of(programs, times, root, go, run)
    return [
        Judged(seed, program, *seen, *_told(program))
        for seed, program, seen in zip(seeds, programs, found, strict=True)
    ]


def runs_of(
    programs: Sequence[Program], times: int, root: Path, go: Callable[..., str], run: Callable[..., str]
) -> list[tuple[frozenset[int], int]]:
    """For each program the operations at which goroutines were left, and how many runs crashed."""
    (root / "go.mod").write_text("module leaks\n\ngo 1.23\n")
    (root / "programs.go").write_text(go_file(programs))
    shutil.copy(RUNTIME, root)
    go("build", "-o", root / "leaks", ".", cwd=root)
    seen: list[set[int]] = [set() for _ in programs]
    crashes = [0] * len(programs)
    for line in run(root / "leaks", times, 1).splitlines():
        number, count, ending, *operations = line.split()
        if ending == "crash":
            crashes[int(number)] += int(count)
        seen[int(number)].update(map(int, operations))
    return [(frozenset(each), count) for each, count in zip(seen, crashes, strict=True)]


def _told(program: Program) -> tuple[Verdict, frozenset[int]]:
    group = program.group()
    verdict = explore(group)
    wheres = [left.state_in(group).where for left in verdict.left]
    return verdict, frozenset(where.span.line for where in wheres if where is not None)
