"""Makes random Go functions, has Go run them, and looks for runs that are no way through our graphs and facts.

    python -m benchmarks.flow.traces --count 5000 --seed 1

Ends with 1 if there are any, and prints them: the seed, the shortest such trace and the function. The tests do the same
with some functions, and hold the parts.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "tests" / "flow"))

from go_runs import mismatches, traces_of  # noqa: E402
from trace_walker import Everything  # noqa: E402

from goleaklint.flow.facts import FactTracker  # noqa: E402

BATCH = 250
"""Functions compiled at once: Go takes three seconds for so many, nearly all of it for the package itself."""


def main(arguments: Sequence[str]) -> int:
    """Judge the functions of `count` seeds from `seed` on."""
    options = _parser().parse_args(arguments)
    seeds = range(options.seed, options.seed + options.count)
    endings: Counter[str] = Counter()
    wrong = 0
    for start in range(seeds.start, seeds.stop, BATCH):
        with tempfile.TemporaryDirectory() as root:
            traces = traces_of(seeds[start - seeds.start :][:BATCH], Path(root), _go)
        endings.update(ending for runs in traces.values() for ending, _ in runs)
        for tracker in (Everything, FactTracker):
            for mismatch in mismatches(traces, tracker):
                wrong += 1
                print(f"{tracker.__name__}, {mismatch}")
        print(f"{start + len(traces) - seeds.start} functions, {wrong} mismatches", file=sys.stderr)
    counted = ", ".join(f"{count} {ending}" for ending, count in endings.most_common())
    print(f"{len(seeds)} functions, {endings.total()} different traces ({counted}): {wrong} mismatches")
    return min(wrong, 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.flow.traces", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--count", type=int, default=5000, help="how many functions")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    return parser


def _go(*arguments: object, cwd: Path | None = None) -> str:
    environment = {**os.environ, "GOFLAGS": "", "GOWORK": "off", "GOTOOLCHAIN": "local", "GOPROXY": "off"}
    words = ["go", *map(str, arguments)]
    return subprocess.run(words, cwd=cwd, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
