"""`goleaklint graph`: pictures of the whole that the analysis sees, for Graphviz, Mermaid and graph tools."""

from collections.abc import Iterable
from pathlib import Path

import click

from goleaklint.cli.completing import complete_paths
from goleaklint.cli.failures import UsageFailure, explained
from goleaklint.cli.terminal import progress

KINDS = ("call", "go", "defer")


@click.group()
def graph() -> None:
    """Draw what goleaklint works out of Go packages."""


@graph.command()
@click.argument("patterns", nargs=-1, shell_complete=complete_paths)
@click.option("--format", "format_", type=click.Choice(["dot", "mermaid", "graphml"]), default="dot", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
@click.option("--root", "roots", multiple=True, metavar="FUNC", help="Only what FUNC reaches; repeatable.")
@click.option("--depth", type=click.IntRange(0), help="Only as many calls from a --root.")
@click.option("--kind", "kinds", metavar="KINDS", default="call,go,defer", show_default=True, help="Only such calls.")
@click.option("--tests", is_flag=True, help="Read _test.go files, too.")
def calls(
    patterns: tuple[str, ...],
    format_: str,
    output: Path | None,
    roots: tuple[str, ...],
    depth: int | None,
    kinds: str,
    tests: bool,
) -> None:
    """Draw who calls whom in the packages that PATTERNS name. Without any: `./...`.

    FUNC is a function's name such as `run`, `(*T).Close` or `Close`, with its import path or the end of that before it:
    `p2p.(*Server).run`.
    """
    from goleaklint.pipeline.calls import drawn_calls

    chosen = _kinds(kinds.split(","))
    if depth is not None and not roots:
        raise UsageFailure("--depth counts from a --root, and there is none")
    with explained():
        progress("goleaklint: reading Go files ...")
        text = drawn_calls(patterns, Path.cwd(), format_, roots=roots, depth=depth, kinds=chosen, tests=tests)
        progress("")
        if output is None:
            click.echo(text, nl=False)
        else:
            output.write_text(text, encoding="utf-8")


def _kinds(words: Iterable[str]) -> tuple[str, ...]:
    kinds = tuple(word.strip() for word in words)
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise UsageFailure(f"--kind {', '.join(unknown)}: calls are {', '.join(KINDS)}")
    return kinds
