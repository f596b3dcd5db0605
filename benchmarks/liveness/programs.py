"""Makes random concurrent Go programs, has Go run each many times, and compares where goroutines stay blocked with
what the explorer says.

    python -m benchmarks.liveness.programs --count 2000 --seed 1

A goroutine that was left behind where the explorer names no leak is a mistake: the program is printed, and the command
ends with 1. Leaks that no run shows may be rare, or no leaks: their rate is printed, the programs with --unseen.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "liveness"))

from go_leaks import Judged, judged  # noqa: E402

BATCH = 200
"""Programs compiled at once; with a hundred runs of each, some ten thousand goroutines stay blocked at the end."""


def main(arguments: Sequence[str]) -> int:
    """Judge the programs of `count` seeds from `seed` on."""
    options = _parser().parse_args(arguments)
    programs: list[Judged] = []
    for batch in _batches(options.seed, options.count):
        with tempfile.TemporaryDirectory() as root:
            found = judged(batch, options.runs, Path(root), _go, _run)
        programs += found
        for each in found:
            if each.missed or (options.unseen and each.unseen):
                print(each, end="\n\n")
        print(f"{len(programs)} programs", file=sys.stderr)
    print(_table(programs))
    return int(any(each.missed for each in programs))


def _batches(seed: int, count: int) -> Iterator[range]:
    for start in range(seed, seed + count, BATCH):
        yield range(start, min(start + BATCH, seed + count))


def _table(programs: Sequence[Judged]) -> str:
    told = sum(len(each.told) for each in programs)
    seen = sum(len(each.told & each.seen) for each in programs)
    missed = sum(len(each.missed) for each in programs)
    leaking = sum(bool(each.told) for each in programs)
    incomplete = sum(not each.verdict.complete for each in programs)
    hidden = sum(len(each.seen - each.told) for each in programs) - missed
    return (
        f"{len(programs)} programs, {leaking} that can leave a goroutine behind, {incomplete} not explored to the end\n"
        f"{told} operations told, {seen} of them seen in a run ({seen / max(1, told):.1%})\n"
        f"{missed} operations missed; {hidden} more in programs not explored to the end"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.liveness.programs", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("--count", type=int, default=2000, help="how many programs")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--runs", type=int, default=100, help="how often each is run")
    parser.add_argument("--unseen", action="store_true", help="print programs some of whose leaks no run shows")
    return parser


def _go(*arguments: object, cwd: Path | None = None) -> str:
    environment = {**os.environ, "GOFLAGS": "", "GOWORK": "off", "GOTOOLCHAIN": "local", "GOPROXY": "off"}
    return _run("go", *arguments, cwd=cwd, environment=environment)


def _run(*words: object, cwd: Path | None = None, environment: dict[str, str] | None = None) -> str:
    done = subprocess.run([*map(str, words)], cwd=cwd, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
