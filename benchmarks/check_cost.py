"""What `goleaklint check` costs as a whole, against the bare parse of the same Go files.

usage: python -m benchmarks.check_cost DIRECTORY [--runs N] [--jobs N]

The check runs as a process of its own with all rules, as users run it. The bare parse is tree-sitter's, on one core, of
all Go files below the directory that are not vendored or test data, right before each run; quote the ratios. Memory is
the proportional share of all processes of the check together, looked at ten times a second (Linux; elsewhere 0). What
`--timings` says of the parts is printed for the last run: the work of all processes, in seconds of the clock.
"""

import argparse
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import goleaklint
from goleaklint.syntax.grammar import parse_source

LOOK_EVERY = 0.1
"""Seconds between two looks at the memory."""

HOME = Path(goleaklint.__file__).parents[1]
"""Where the package lies that is measured."""

NOT_READ = frozenset(("vendor", "testdata"))


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the clock and of the processors, megabytes at the peak; and the same seconds of the bare parse."""

    wall: float
    processor: float
    memory: float
    parse_wall: float
    parse_processor: float
    parts: str


def sources_below(root: Path) -> list[bytes]:
    """The Go files that a check of everything reads, tests included."""
    found = sorted(path for path in root.rglob("*.go") if NOT_READ.isdisjoint(path.relative_to(root).parts[:-1]))
    return [path.read_bytes() for path in found]


def bare_parse(sources: list[bytes]) -> tuple[float, float]:
    """Parse, and look at nothing. Gives the seconds of the clock, and of the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    for data in sources:
        parse_source(data)
    return time.perf_counter() - wall, time.process_time() - processor


def measure(root: Path, sources: list[bytes], jobs: int) -> Cost:
    """One run of the check."""
    parse = bare_parse(sources)
    command = [sys.executable, "-m", "goleaklint", "check", "--timings", "--exit-zero", "--jobs", str(jobs), "./..."]
    before, started = os.times(), time.perf_counter()
    with subprocess.Popen(
        command, cwd=root, env=os.environ | {"PYTHONPATH": str(HOME)}, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    ) as process, _Watch(process.pid) as watch:  # fmt: skip
        parts = process.stderr.read() if process.stderr is not None else ""
        process.wait()
    wall, after = time.perf_counter() - started, os.times()
    if process.returncode:
        raise SystemExit(f"the check ended with {process.returncode}: {parts[-400:]}")
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, processor, watch.peak, *parse, parts)


class _Watch:
    """Looks at the memory of a process and its children while it is entered; `peak` are megabytes."""

    def __init__(self, pid: int) -> None:
        self.peak = 0.0
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(LOOK_EVERY):
            self.peak = max(self.peak, sum(map(_share, _family(self._pid))) / 1024)


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _share(pid: int) -> int:
    """The proportional set size of a process in kilobytes; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=0, help="processes; 0 for one per core")
    arguments = parser.parse_args()
    sources = sources_below(arguments.directory)
    print(f"{len(sources)} files, {sum(map(len, sources)) / 1e6:.1f} MB")
    costs: list[Cost] = []
    for _ in range(arguments.runs):
        costs.append(measure(arguments.directory, sources, arguments.jobs))
        print(_line(costs[-1]), flush=True)
    wall = statistics.median(each.wall / each.parse_wall for each in costs)
    processor = statistics.median(each.processor / each.parse_processor for each in costs)
    print(f"median, in bare parses: wall {wall:.1f}  processor {processor:.1f}")
    print(costs[-1].parts, end="")


def _line(cost: Cost) -> str:
    return (
        f"wall {cost.wall:.1f} s  processor {cost.processor:.1f} s  memory {cost.memory:.0f} MB  "
        f"bare parse {cost.parse_wall:.2f} s, of the processor {cost.parse_processor:.2f} s"
    )


if __name__ == "__main__":
    main()
