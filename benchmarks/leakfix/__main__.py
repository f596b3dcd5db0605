"""Runs goleaklint on real leaks before and after the commits that mended them.

    python -m benchmarks.leakfix --mirror DIR [--clone] [--list] [--only ID,...] [--jobs N]

Ends with 0 whatever the numbers are; with 3 if repositories are missing.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.cache import cache_directory

from .cases import CASES, read_cases
from .history import clone, repository
from .runs import Places, run_cases
from .scoring import Verdict


def main(arguments: Sequence[str]) -> int:
    """Print the verdicts."""
    options = _parser().parse_args(arguments)
    only = options.only.split(",") if options.only else ()
    cases = [case for case in read_cases(options.cases) if not only or case.id in only]
    missing = sorted({case.repo for case in cases if not repository(options.mirror, case.repo).is_dir()})
    if missing and not options.clone:
        print(f"not in {options.mirror}: {', '.join(missing)}; --clone fetches them", file=sys.stderr)
        return 3
    for repo in missing:
        clone(options.mirror, repo)
    verdicts = run_cases(cases, Places(options.mirror, options.work, options.timeout), options.jobs)
    if options.list:
        print(*map(_line, verdicts), sep="\n")
    print(*table(verdicts), sep="\n")
    return 0


def table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The numbers by category, by evidence, and of all."""
    yield f"{'':28}{'cases':>6}{'hit':>5}{'exact':>6}{'resolved':>9}{'':7}{'and exact':>10}{'crash':>6}"
    for of in (lambda case: case.category), (lambda case: case.evidence), (lambda case: "all"):
        for name in sorted({of(each.case) for each in verdicts}):
            yield _row(name, [each for each in verdicts if of(each.case) == name])


def _row(name: str, verdicts: Sequence[Verdict]) -> str:
    hit, exact = sum(each.hit for each in verdicts), sum(each.exact for each in verdicts)
    resolved, both = sum(each.resolved for each in verdicts), sum(each.resolved_exact for each in verdicts)
    share, crash = f"({100 * resolved / len(verdicts):.0f}%)", sum(bool(each.crash) for each in verdicts)
    return f"{name:28}{len(verdicts):6}{hit:5}{exact:6}{resolved:9}{share:>7}{both:10}{crash:6}"


def _line(found: Verdict) -> str:
    outcome = "RESOLVED" if found.resolved else "hit" if found.hit else "-"
    parts = (found.case.id, found.case.category, found.case.evidence, outcome, " ".join(found.rules), found.crash)
    return "  ".join(filter(None, parts))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.leakfix", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mirror", type=Path, required=True, help="git directories: MIRROR/OWNER+NAME/repo")
    parser.add_argument("--clone", action="store_true", help="fetch missing repositories from GitHub (2 GB)")
    parser.add_argument("--work", type=Path, default=cache_directory() / "leakfix", help="where trees are kept")
    parser.add_argument("--cases", type=Path, default=CASES, help="other cases than those of this benchmark")
    parser.add_argument("--only", metavar="ID,...", help="only these cases")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: one for each core)")
    parser.add_argument("--timeout", type=int, default=120, metavar="SECONDS", help="for one analysis (default: 120)")
    parser.add_argument("--list", action="store_true", help="one line per case")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
