"""`goleaklint merge`: the reports of several runs in, one report out."""

import sys
from pathlib import Path

import click

from goleaklint.cli.completing import complete_paths
from goleaklint.cli.delivering import deliver, exit_code, outputs_of
from goleaklint.cli.failures import explained
from goleaklint.cli.known_rules import rule_names
from goleaklint.cli.options import Delivery, delivery_options


@click.command()
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...", shell_complete=complete_paths)
@delivery_options
def merge(reports: tuple[str, ...], delivery: Delivery) -> None:
    """Join JSON and SARIF reports of goleaklint, such as those of `check --shard`, into one.

    To be run where the checks were, so that the report can quote the source. Exits as `check` does, by --fail-on or the
    `fail-on` of goleaklint.toml.
    """
    from goleaklint.config import FailOn, load_config
    from goleaklint.pipeline.merging import merge as merged

    with explained():
        wanted = outputs_of(delivery)
        cwd = Path.cwd()
        fail_on = FailOn(delivery.fail_on) if delivery.fail_on else load_config(cwd, rule_names()).fail_on
        report = merged(reports, cwd)
        deliver(report, wanted, delivery)
    sys.exit(exit_code(report, fail_on, exit_zero=delivery.exit_zero))
