"""Compares goleaklint's types with those of Go's own type checker, which the program in oracle/ has printed.

    python -m benchmarks.types go-ethereum.jsonl --root ~/src/go-ethereum

Ends with 0 whatever the numbers are.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from .agreement import calls, draw, expressions, judge_calls, judge_expressions
from .records import Answers, AnswersOf, read, read_answers, write_answers
from .report import Comparison, causes, examples, table


def main(arguments: Sequence[str]) -> int:
    """Print the comparison."""
    options = _parser().parse_args(arguments)
    truth: Path = options.truth
    root: Path = options.root or truth.with_suffix("")
    files = list(read(truth))
    asked_exprs = draw(expressions(files), options.sample, options.seed)
    asked_calls = draw(calls(files), options.sample, options.seed)
    wanted = sorted({each.file for each in asked_exprs} | {each.file for each in asked_calls})
    answers = _answers(options.ours, root, wanted, options.module_cache)
    if options.save is not None:
        write_answers(options.save, answers)
    comparison = Comparison(truth.stem, judge_expressions(asked_exprs, answers), judge_calls(asked_calls, answers))
    print(*table(comparison), sep="\n")
    if not options.markdown:
        print(*causes(comparison), sep="\n")
        if options.list:
            print(*examples(comparison, root, options.list), sep="\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.types", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("truth", type=Path, help="what the oracle printed")
    parser.add_argument("--root", type=Path, help="the directory it was run on (default: TRUTH without its suffix)")
    parser.add_argument("--module-cache", type=Path, help="where sources of third parties lie; none if not given")
    parser.add_argument("--sample", type=int, default=10_000, help="how many of each to draw (default: 10000; 0: all)")
    parser.add_argument("--seed", type=int, default=1, help="of the drawing (default: 1)")
    parser.add_argument("--ours", type=Path, help="take goleaklint's answers from this file")
    parser.add_argument("--save", type=Path, help="keep goleaklint's answers in this file, for --ours")
    parser.add_argument("--list", type=int, default=0, metavar="N", help="show N examples of each kind of mismatch")
    parser.add_argument("--markdown", action="store_true", help="print the table only")
    return parser


def _answers(ours: Path | None, root: Path, files: Sequence[str], module_cache: Path | None) -> dict[str, Answers]:
    found: Iterable[Answers]
    if ours is not None:
        found = read_answers(ours)
    else:
        from goleaklint.types.dump import typed_expressions

        ask: AnswersOf = typed_expressions
        found = ask(root, files, module_cache)
    return {each.file: each for each in found}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
