"""`goleaklint check`: options in, reports and an exit code out."""

import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goleaklint.cli.baseline import gone_hint
from goleaklint.cli.completing import complete_paths
from goleaklint.cli.delivering import deliver, exit_code, outputs_of
from goleaklint.cli.failures import explained
from goleaklint.cli.options import Delivery, Selection, delivery_options, selection_options
from goleaklint.cli.terminal import progress

if TYPE_CHECKING:
    from goleaklint.pipeline.run import Result
    from goleaklint.pipeline.since import Since
    from goleaklint.reports.report import Report

EPILOG = """\b
Exit codes:
  0  nothing found
  1  findings
  2  wrong usage or configuration
  3  the tool could not do its work (nothing to read, or an internal failure)
  130  interrupted
"""

_SHARD = re.compile(r"(\d{1,6})/(\d{1,6})")


def _shard(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """`3/16` as two numbers."""
    if value is None:
        return None
    match = _SHARD.fullmatch(value)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise click.BadParameter(f"{value!r} is not the number of a part and how many there are, such as 3/16")
    return int(match[1]), int(match[2])


@click.command(epilog=EPILOG)
@selection_options
@delivery_options
@click.option(
    "--baseline", metavar="FILE", shell_complete=complete_paths, help="Leave out the findings that are in this file."
)
@click.option("--new-from-rev", metavar="REV", help="Only what is new since this revision of the repository.")
@click.option("--new-from-merge-base", metavar="BRANCH", help="Only what is new since HEAD parted from this branch.")
@click.option("--shard", metavar="I/N", callback=_shard, help="Only part I of N; `goleaklint merge` joins the reports.")
@click.option("--timings", is_flag=True, help="Say where the time went, on standard error.")
def check(
    selection: Selection,
    delivery: Delivery,
    baseline: str | None,
    new_from_rev: str | None,
    new_from_merge_base: str | None,
    shard: tuple[int, int] | None,
    timings: bool,
) -> None:
    """Look for leaks in the packages that PATTERNS name, as Go commands take them. Without any: `./...`.

    A pattern is a directory, a directory with /... for all below it, a file, or - for standard input.
    """
    from goleaklint.pipeline.run import run
    from goleaklint.pipeline.shards import Shard

    with explained():
        wanted = outputs_of(delivery)
        config = selection.config(fail_on=delivery.fail_on, baseline=baseline)
        since = _since(new_from_rev, new_from_merge_base)
        request = replace(selection.request(config), since=since, shard=None if shard is None else Shard(*shard))
        progress("goleaklint: reading Go files ...")
        result = run(request)
        progress("")
        report = report_of(result)
        gone = gone_hint(result, config.baseline) if config.baseline else ()
        deliver(report, wanted, delivery, (*result.hints, *gone))
        if timings:
            _timings(result)
    sys.exit(exit_code(report, config.fail_on, exit_zero=delivery.exit_zero))


def report_of(result: "Result") -> "Report":
    """What reports are made from."""
    from goleaklint.reports.report import Report

    return Report(
        findings=result.outcome.findings,
        notifications=result.notifications,
        rules=result.rules,
        sources=result.sources,
        cwd=Path.cwd(),
        suppressed=result.outcome.suppressed,
        statistics=result.statistics,
        known=result.outcome.known,
        compared=result.compared,
        fingerprints=result.fingerprints,
    )


def _since(revision: str | None, branch: str | None) -> "Since | None":
    from goleaklint.pipeline.since import Since

    if revision is not None and branch is not None:
        raise click.UsageError("--new-from-rev and --new-from-merge-base are one too many")
    if revision is not None:
        return Since(revision)
    return None if branch is None else Since(branch, merge_base=True)


def _timings(result: "Result") -> None:
    from goleaklint.reports import tables

    click.echo(tables.timings(result.timings), nl=False, err=True)
    click.echo("of the analysis, added up over all processes:", err=True)
    click.echo(tables.timings(result.work), nl=False, err=True)
