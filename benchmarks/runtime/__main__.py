"""Runs goleaklint on the programs of Go's own goroutine leak tests, and counts the leaks that it reports.

    python -m benchmarks.runtime [--suite DIR] [--list]

Ends with 0 whatever the numbers are.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cache import cache_directory
from benchmarks.reported import Reported, report

from .labels import read_labels
from .scoring import details, score, summary
from .suite import Suite, SuiteError, find_suite


def main(arguments: Sequence[str]) -> int:
    """Print the score; 3 if the programs are not to be had."""
    options = _parser().parse_args(arguments)
    labels = read_labels(options.labels) if options.labels else read_labels()
    try:
        suite = Suite(options.suite, labels.go) if options.suite else find_suite(labels.go, cache_directory() / "go")
    except SuiteError as problem:
        print(problem, file=sys.stderr)
        return 3
    if suite.version != labels.go:
        print(f"the programs are of {suite.version}, the truth of {labels.go}: lines may have moved", file=sys.stderr)
    found = score(labels.programs, analyse(suite))
    if options.list:
        print(*details(found), sep="\n")
    print(*summary(found), sep="\n")
    return 0


def analyse(suite: Suite) -> list[Reported]:
    """What is reported in a copy of the programs that is a module of its own, as it is when they are tested."""
    version = ".".join(suite.version.removeprefix("go").split(".")[:2])
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch).resolve() / "suite"
        shutil.copytree(suite.directory, copy)
        (copy / "go.mod").write_text(f"module leaksuite\n\ngo {version}\n", encoding="utf-8")
        return report(copy, "./...", jobs=0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.runtime", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--suite", type=Path, help="Go's src/runtime/testdata/testgoroutineleakprofile")
    parser.add_argument("--labels", type=Path, help="the truth, if not that which comes with this benchmark")
    parser.add_argument("--list", action="store_true", help="show each program, and each finding off target")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
