"""`goleaklint init`: the files that set goleaklint up in a repository, written where they are absent."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from goleaklint.cli.failures import UsageFailure, explained

if TYPE_CHECKING:
    from goleaklint.cli.starting import Start


NEXT = """\

next     pre-commit install           runs the hook on every commit
         goleaklint baseline write    keeps what is found today out of later reports
"""


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def init(dry_run: bool) -> None:
    """Set goleaklint up in the repository around this directory: configuration, pre-commit hook, GitHub workflow.

    What is there already is left as it is.
    """
    from goleaklint.cli.starting import NowhereError, starts

    with explained():
        try:
            planned = list(starts(Path.cwd()))
        except NowhereError as error:
            raise UsageFailure(str(error)) from error
        for start in planned:
            if start.text and not dry_run:
                _write(start)
            _tell(start, dry_run=dry_run)
    if not dry_run and any(start.text for start in planned):
        click.echo(NEXT, nl=False)


def _write(start: "Start") -> None:
    """Write a file, new or with an addition. A new one never replaces what has come into being since we looked."""
    start.path.parent.mkdir(parents=True, exist_ok=True)
    with start.path.open("w" if start.added_to else "x", encoding="utf-8", newline="") as file:
        file.write(start.text)


def _tell(start: "Start", *, dry_run: bool) -> None:
    if not start.text:
        click.echo(f"left     {start.shown}: {start.reason}")
        return
    verb = "add to" if start.added_to else "write"
    done = {"write": "wrote", "add to": "added to"}[verb]
    click.echo(f"would {verb} {start.shown}:" if dry_run else f"{done:<8} {start.shown}")
    if dry_run:
        lines = (start.added_to or start.text).splitlines()
        click.echo("".join(f"  | {line}".rstrip() + "\n" for line in lines))
