"""Compares goleaklint's call graph with those of golang.org/x/tools, which the program in oracle/ has printed.

    python -m benchmarks.calls go-ethereum.jsonl --root ~/src/go-ethereum

Ends with 0 whatever the numbers are.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from goleaklint.files.text import SourceText
from goleaklint.pipeline.calls import call_program
from goleaklint.syntax.grammar import parse_source

from .comparison import SURE, Comparison, compare, why_missed
from .records import Link, own_links, read


def main(arguments: Sequence[str]) -> int:
    """Print the comparison."""
    options = _parser().parse_args(arguments)
    truth = read(options.truth)
    program = call_program(("./...",), options.root)
    started = time.perf_counter()
    graph = program.graph()
    took = time.perf_counter() - started
    ours = own_links(graph, truth.files)
    found = compare(truth, ours)
    print(_table(options.truth.stem, found))
    print(
        f"functions {len(graph.functions):,}, edges {len(graph.edges):,}, made in {took:.2f} s; "
        f"bare parse of the same files {_bare_parse(program.texts):.2f} s"
    )
    _causes(found, truth.links["static"], ours, options.list, program.texts)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calls", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("truth", type=Path, help="what the oracle printed")
    parser.add_argument("--root", type=Path, required=True, help="the directory it was run on")
    parser.add_argument("--list", type=int, default=3, metavar="N", help="show N examples of each cause")
    return parser


def _bare_parse(texts: Mapping[str, SourceText]) -> float:
    started = time.perf_counter()
    for text in texts.values():
        parse_source(text.data)
    return time.perf_counter() - started


def _table(name: str, found: Comparison) -> str:
    sure = sum(found.given[each] for each in SURE)
    return (
        "| repository | static edges of x/tools | found | static and method edges of ours | not in x/tools |\n"
        "| --- | ---: | ---: | ---: | ---: |\n"
        f"| {name} | {found.wanted:,} | {found.recall:.2%} | {sure:,} | {found.false_share(*SURE):.2%} |"
    )


def _causes(
    found: Comparison, static: Mapping[Link, str], ours: Mapping[Link, str], count: int, texts: Mapping[str, SourceText]
) -> None:
    total = Counter(static.values())
    by_cause: dict[str, list[Link]] = defaultdict(list)
    near = {link: how for link, how in ours.items() if link.caller[0] in {each.caller[0] for each in found.missed}}
    for link, cause in sorted(found.missed.items()):
        by_cause[f"missed: {cause} ({total[cause]:,} in all), {why_missed(link, near)}"].append(link)
    for link, how in sorted(found.wrong.items()):
        by_cause[f"not in x/tools: {how} ({found.given[how]:,} in all)"].append(link)
    for cause, links in sorted(by_cause.items()):
        print(f"{len(links):6,}  {cause}")
        for link in links[:: max(1, len(links) // max(1, count))][:count]:
            print(f"          {_where(link, texts)}")


def _where(link: Link, texts: Mapping[str, SourceText]) -> str:
    text = texts[link.caller[0]]
    line = text.line_of(link.end - 1)
    callee = texts.get(link.callee[0])
    target = f"{link.callee[0]}:{callee.line_of(link.callee[1])}" if callee is not None else str(link.callee)
    return f"{link.caller[0]}:{line}: {text.line(line).strip()[:70]}  -> {target} ({link.kind})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
