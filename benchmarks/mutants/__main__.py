"""Takes releases away from correct Go code and counts how many of the leaks that this makes are reported.

    python -m benchmarks.mutants ~/src/go-ethereum ~/src/etcd --count 300 --seed 1

Ends with 0 whatever the numbers are.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from goleaklint.rules._registry import load_rules

from .collect import collect, draw
from .runs import Runs
from .sites import Site


def main(arguments: Sequence[str]) -> int:
    """Print the table, and with --list one line for each change."""
    options = _parser().parse_args(arguments)
    rules = frozenset(load_rules(plugins=False))
    found = {root: [each for each in collect(root) if rules & set(each.rules)] for root in options.roots}
    if options.kind:
        found = {root: [each for each in sites if each.kind == options.kind] for root, sites in found.items()}
    drawn = draw(found, options.count, options.seed)
    results = list(_results(drawn, options.jobs))
    if options.list:
        for root, site, rule in sorted(results, key=lambda each: (each[1].kind, bool(each[2]), each[1].path)):
            print(f"{rule or '-':6} {site.kind}: {root.name}/{site.path}:{site.line} {site.function}")
    print(*table((site, rule) for _, site, rule in results), sep="\n")
    return 0


def table(results: Iterable[tuple[Site, str]]) -> Iterator[str]:
    """The share that is reported, by kind of change."""
    counts: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for site, rule in results:
        counts[site.kind][bool(rule)] += 1
        counts["all"][bool(rule)] += 1
    yield "| taken away | changes | reported | |"
    yield "|---|---:|---:|---:|"
    for kind, count in sorted(counts.items(), key=lambda each: (each[0] == "all", each[0])):
        yield f"| {kind} | {count.total()} | {count[True]} | {100 * count[True] / count.total():.0f} % |"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("roots", type=Path, nargs="+", help="directories of Go modules")
    parser.add_argument("--count", type=int, default=300, help="how many changes to draw (default: 300; 0: all)")
    parser.add_argument("--seed", type=int, default=1, help="of the drawing (default: 1)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--kind", default="", help="only changes of this kind")
    parser.add_argument("--list", action="store_true", help="one line for each change")
    return parser


Result = tuple[Path, Site, str]


def _results(drawn: dict[Path, list[Site]], jobs: int) -> Iterator[Result]:
    groups = [(root, part) for root, sites in drawn.items() for part in _by_directory(sites)]
    with ProcessPoolExecutor(jobs) as pool:
        for part in pool.map(_judge, groups):
            yield from part


def _by_directory(sites: Iterable[Site]) -> Iterator[list[Site]]:
    groups: defaultdict[str, list[Site]] = defaultdict(list)
    for site in sites:
        groups[str(Path(site.path).parent)].append(site)
    yield from groups.values()


def _judge(group: tuple[Path, list[Site]]) -> list[Result]:
    root, sites = group
    runs = Runs(root)
    return [(root, site, runs.caught(site)) for site in sites]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
