"""`goleaklint check`: options in, reports and an exit code out."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goleaklint.cli.failures import explained
from goleaklint.cli.terminal import progress, wants_color, width

if TYPE_CHECKING:
    from goleaklint.config import Config
    from goleaklint.pipeline.run import Result
    from goleaklint.reports.outputs import Output
    from goleaklint.reports.report import Report

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown")

EPILOG = """\b
Exit codes:
  0  nothing found
  1  findings
  2  wrong usage or configuration
  3  the tool could not do its work (nothing to read, or an internal failure)
"""


@click.command(epilog=EPILOG)
@click.argument("patterns", nargs=-1)
@click.option("--format", "format_", type=click.Choice(FORMATS), help="What to print.  [default: text]")
@click.option("--output", "outputs", multiple=True, metavar="FMT=PATH", help="Write a report to a file; repeatable.")
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules: ids, starts of ids, or names.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Not these rules.")
@click.option("--tests/--no-tests", default=None, help="Read _test.go files, too.")
@click.option("--pedantic/--no-pedantic", default=None, help="Show notes and what is of low confidence, too.")
@click.option("--go-version", metavar="1.N", help="The Go version, whatever go.mod says.")
@click.option("--modules", type=click.Choice(["nearest", "all"]), help="Whether ... enters nested modules.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="Do not read these files; repeatable.")
@click.option("--force-exclude", is_flag=True, help="Exclude files that are named as arguments, too.")
@click.option("--pack", "packs", multiple=True, metavar="FILE", help="Facts on one more library; repeatable.")
@click.option(
    "--config", "config_file", type=click.Path(dir_okay=False, path_type=Path), help="The configuration file."
)
@click.option("--no-config", is_flag=True, help="Read no configuration file.")
@click.option("--stdin-filename", default="", metavar="PATH", help="The file that standard input (-) stands for.")
@click.option("-j", "--jobs", type=click.IntRange(0), default=0, help="Processes.  [default: one for each core]")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.option("--sarif-suppressed", is_flag=True, help="Write suppressed findings to SARIF, marked as such.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option("--statistics", is_flag=True, help="Count files by what was done with them, on standard error.")
@click.option("--timings", is_flag=True, help="Say where the time went, on standard error.")
def check(
    patterns: tuple[str, ...],
    format_: str | None,
    outputs: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    tests: bool | None,
    pedantic: bool | None,
    go_version: str | None,
    modules: str | None,
    exclude: tuple[str, ...],
    force_exclude: bool,
    packs: tuple[str, ...],
    config_file: Path | None,
    no_config: bool,
    stdin_filename: str,
    jobs: int,
    color: str,
    sarif_suppressed: bool,
    exit_zero: bool,
    statistics: bool,
    timings: bool,
) -> None:
    """Look for leaks in the packages that PATTERNS name, as Go commands take them. Without any: `./...`.

    A pattern is a directory, a directory with /... for all below it, a file, or - for standard input.
    """
    from goleaklint.config import Modules, Overrides
    from goleaklint.files.patterns import StandardInput
    from goleaklint.pipeline.run import Request, run

    overrides = Overrides(
        select=_split(select),
        ignore=_split(ignore),
        exclude=exclude,
        packs=packs,
        tests=tests,
        go_version=go_version,
        pedantic=pedantic,
        modules=None if modules is None else Modules(modules),
    )
    with explained():
        wanted = _outputs(format_, outputs)
        config = _config(overrides, config_file, no_config=no_config)
        stdin = StandardInput(sys.stdin.buffer.read(), stdin_filename) if "-" in patterns else None
        progress("goleaklint: reading Go files ...")
        result = run(Request(patterns, Path.cwd(), config, jobs, force_exclude, stdin))
        progress("")
        _deliver(result, wanted, color, sarif_suppressed=sarif_suppressed)
        _account(result, statistics=statistics, timings=timings)
    sys.exit(1 if result.outcome.findings and not exit_zero else 0)


def _split(values: Iterable[str]) -> tuple[str, ...]:
    """`--select GL1,GL202 --select GL5` names three."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _outputs(format_: str | None, outputs: tuple[str, ...]) -> "tuple[Output, ...]":
    """The reports to write; without any wish, text to standard output."""
    from goleaklint.reports import outputs as reports

    wanted = reports.parse(outputs)
    to_terminal = any(output.path == reports.STDOUT for output in wanted)
    if format_ is not None and to_terminal:
        raise reports.OutputError(f"--format {format_} and an --output to standard output are one too many")
    if format_ is not None or not to_terminal:
        return (reports.Output(format_ or "text"), *wanted)
    return wanted


def _config(overrides: "object", file: Path | None, *, no_config: bool) -> "Config":
    """The settings: the configuration file's, with the command line's word in front."""
    from goleaklint.config import Config, Overrides, RuleNames, apply_overrides, load_config
    from goleaklint.findings.tool_rules import TOOL_RULES
    from goleaklint.rules._registry import load_rules

    if not isinstance(overrides, Overrides):
        raise TypeError(f"{overrides!r} are no overrides")
    known = [rule.info for rule in load_rules().values()] + list(TOOL_RULES.values())
    names = RuleNames({info.id: info.name for info in known})
    cwd = Path.cwd()
    config = Config() if no_config else load_config(cwd, names, file=file)
    return apply_overrides(config, overrides, names, cwd)


def _deliver(result: "Result", wanted: "tuple[Output, ...]", color: str, *, sarif_suppressed: bool) -> None:
    """Write the reports; notifications and hints go to standard error, whatever the format."""
    from goleaklint.reports import outputs as reports
    from goleaklint.reports import text

    report = _report(result)
    look = reports.Look(color=wants_color(color, sys.stdout), width=width(sys.stdout), suppressed=sarif_suppressed)
    for output in wanted:
        with explained():  # that nobody reads one report keeps no other from being written
            reports.deliver(output, report, look)
    said = text.notifications(report, color=wants_color(color, sys.stderr), width=width(sys.stderr))
    if said:
        click.echo(said, nl=False, err=True)
    for hint in result.hints:
        click.echo(f"goleaklint: {hint}", err=True)


def _report(result: "Result") -> "Report":
    from goleaklint.reports.report import Report

    return Report(
        findings=result.outcome.findings,
        notifications=result.notifications,
        rules=result.rules,
        sources=result.sources,
        cwd=Path.cwd(),
        suppressed=result.outcome.suppressed,
        statistics=result.statistics,
    )


def _account(result: "Result", *, statistics: bool, timings: bool) -> None:
    from goleaklint.reports import tables

    if statistics:
        click.echo(tables.statistics(result.statistics), nl=False, err=True)
    if timings:
        click.echo(tables.timings(result.timings), nl=False, err=True)
        click.echo("of the analysis, added up over all processes:", err=True)
        click.echo(tables.timings(result.work), nl=False, err=True)
