"""What indexing costs: parse and index every non-test, non-generated Go file below a directory, against the bare parse.

usage: python -m benchmarks.index_cost DIRECTORY [--runs N]

One core, one process. The bare parse is tree-sitter's own, of the same files, right before each run; quote the ratio.
"""

import argparse
import statistics
import time
from pathlib import Path

from tree_sitter import Parser

from goleaklint.files.header import read_header
from goleaklint.files.text import SourceText
from goleaklint.syntax.parse import Tree
from goleaklint.syntax.reader import LANGUAGE


def sources(root: Path) -> list[tuple[str, bytes]]:
    """The files that a run would index."""
    found = []
    for path in sorted(root.rglob("*.go")):
        if path.name.endswith("_test.go") or {"vendor", "testdata"} & set(path.relative_to(root).parts):
            continue
        data = path.read_bytes()
        if not read_header(data, path.name).generated:
            found.append((str(path), data))
    return found


def measure(files: list[tuple[str, bytes]]) -> tuple[float, float]:
    """Seconds of the bare parse, and of parse and index."""
    started = time.perf_counter()
    for _, data in files:
        Parser(LANGUAGE).parse(data)
    bare = time.perf_counter() - started
    started = time.perf_counter()
    for path, data in files:
        Tree(SourceText(path, data)).file()
    return bare, time.perf_counter() - started


def main() -> None:
    """Print each run and the median ratio."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("directory", type=Path)
    arguments.add_argument("--runs", type=int, default=5)
    given = arguments.parse_args()
    files = sources(given.directory)
    ratios = []
    for number in range(1, given.runs + 1):
        bare, indexed = measure(files)
        ratios.append(indexed / bare)
        print(f"run {number}: bare parse {bare:.2f} s, parse and index {indexed:.2f} s, ratio {indexed / bare:.2f}")
    size = sum(len(data) for _, data in files) / 1e6
    print(f"{len(files)} files, {size:.1f} MB: median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
