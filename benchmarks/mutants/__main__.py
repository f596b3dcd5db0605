"""Takes releases away from correct Go code and counts how many of the leaks that this makes are reported.

    python -m benchmarks.mutants ~/src/go-ethereum ~/src/etcd --count 300 --seed 1

Ends with 0 whatever the numbers are.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from goleaklint.rules._registry import load_rules

from .collect import collect, draw
from .runs import Runs
from .sites import Site


@dataclass(frozen=True, slots=True)
class Result:
    """One change, and the rule that reports it, "" if none does; `instead` is then what is said of it beside that."""

    root: Path
    site: Site
    rule: str
    instead: str = ""

    def __str__(self) -> str:
        site = self.site
        line = f"{self.rule or '-':6} {site.kind}: {self.root.name}/{site.path}:{site.line} {site.function}"
        return f"{line} ({self.instead})" if self.instead else line


def main(arguments: Sequence[str]) -> int:
    """Print the table, and with --list one line for each change."""
    options = _parser().parse_args(arguments)
    rules = frozenset(load_rules(plugins=False))
    with ProcessPoolExecutor(options.jobs, max_tasks_per_child=1) as pool:  # what a repository takes is given back
        found = dict(_collected(options.roots, pool, rules, options.kind))
    drawn = draw(found, options.count, options.seed)
    with ProcessPoolExecutor(options.jobs) as pool:
        results = list(_results(drawn, pool, options.why))
    if options.list or options.why:
        for result in sorted(results, key=_order):
            print(result)
    print(*table((each.site, each.rule) for each in results), sep="\n")
    return 0


def _order(result: Result) -> tuple[str, bool, Path, str, int]:
    site = result.site
    return site.kind, bool(result.rule), result.root, site.path, site.start


def table(results: Iterable[tuple[Site, str]]) -> Iterator[str]:
    """The share that is reported, by kind of change; 100 % only of what is reported without exception."""
    counts: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for site, rule in results:
        counts[site.kind][bool(rule)] += 1
        counts["all"][bool(rule)] += 1
    yield "| taken away | changes | reported | |"
    yield "|---|---:|---:|---:|"
    for kind, count in sorted(counts.items(), key=lambda each: (each[0] == "all", each[0])):
        yield f"| {kind} | {count.total()} | {count[True]} | {100 * count[True] // count.total()} % |"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("roots", type=Path, nargs="+", help="repositories, with all modules in them")
    parser.add_argument("--count", type=int, default=300, help="how many changes to draw (default: 300; 0: all)")
    parser.add_argument("--seed", type=int, default=1, help="of the drawing (default: 1)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--kind", default="", help="only changes of this kind")
    parser.add_argument("--list", action="store_true", help="one line for each change")
    parser.add_argument("--why", action="store_true", help="the same, and what else is said of what is not reported")
    return parser


def _collected(
    roots: Sequence[Path], pool: ProcessPoolExecutor, rules: frozenset[str], kind: str
) -> Iterator[tuple[Path, list[Site]]]:
    for root, sites in zip(roots, pool.map(collect, roots), strict=True):
        found = [each for each in sites if rules & set(each.rules) and kind in ("", each.kind)]
        print(f"{root.name}: {len(found)} places", file=sys.stderr)
        yield root, found


def _results(drawn: dict[Path, list[Site]], pool: ProcessPoolExecutor, why: bool) -> Iterator[Result]:
    groups = [(root, part, why) for root, sites in drawn.items() for part in _by_directory(sites)]
    total, done = sum(map(len, drawn.values())), 0
    for each in as_completed([pool.submit(_judge, group) for group in groups]):
        part = each.result()
        yield from part
        done += len(part)
        print(f"\r{done} of {total} changes", file=sys.stderr, end="\n" if done == total else "", flush=True)


def _by_directory(sites: Iterable[Site]) -> Iterator[list[Site]]:
    groups: defaultdict[str, list[Site]] = defaultdict(list)
    for site in sites:
        groups[str(Path(site.path).parent)].append(site)
    yield from groups.values()


def _judge(group: tuple[Path, list[Site], bool]) -> list[Result]:
    root, sites, why = group
    runs = Runs(root)
    found = ((site, runs.caught(site)) for site in sites)
    return [Result(root, site, rule, runs.instead(site) if why and not rule else "") for site, rule in found]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
