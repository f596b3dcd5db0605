"""A report and what the user wants of it in; files, standard output and the exit code out."""

import sys
from typing import TYPE_CHECKING

import click

from goleaklint.cli.failures import explained
from goleaklint.cli.terminal import wants_color, width

if TYPE_CHECKING:
    from goleaklint.cli.options import Delivery
    from goleaklint.config import FailOn
    from goleaklint.reports.outputs import Output
    from goleaklint.reports.report import Report


def outputs_of(delivery: "Delivery") -> "tuple[Output, ...]":
    """The reports to write; without any wish, text to standard output. Raises OutputError."""
    from goleaklint.reports import outputs as reports

    wanted = reports.parse(delivery.outputs)
    to_terminal = any(output.path == reports.STDOUT for output in wanted)
    if delivery.format_ is not None and to_terminal:
        raise reports.OutputError(f"--format {delivery.format_} and an --output to standard output are one too many")
    if delivery.format_ is not None or not to_terminal:
        return (reports.Output(delivery.format_ or "text"), *wanted)
    return wanted


def deliver(report: "Report", wanted: "tuple[Output, ...]", delivery: "Delivery", hints: tuple[str, ...] = ()) -> None:
    """Write the reports; notifications, hints and statistics go to standard error, whatever the format."""
    from goleaklint.reports import outputs as reports
    from goleaklint.reports import tables, text

    color = delivery.color
    look = reports.Look(
        color=wants_color(color, sys.stdout),
        width=width(sys.stdout),
        suppressed=delivery.sarif_suppressed,
        category=delivery.sarif_category,
    )
    for output in wanted:
        with explained():  # that nobody reads one report keeps no other from being written
            reports.deliver(output, report, look)
    said = text.notifications(report, color=wants_color(color, sys.stderr), width=width(sys.stderr))
    if said:
        click.echo(said, nl=False, err=True)
    for hint in hints:
        click.echo(f"goleaklint: {hint}", err=True)
    if delivery.statistics:
        click.echo(tables.statistics(report.statistics), nl=False, err=True)


def exit_code(report: "Report", fail_on: "FailOn", *, exit_zero: bool) -> int:
    """1 if a finding is severe enough to fail, else 0."""
    return int(not exit_zero and any(fail_on.fails(finding.severity) for finding in report.findings))
