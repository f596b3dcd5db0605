"""`goleaklint config`: what the configuration says, what is wrong in it, and what could be in it."""

from pathlib import Path

import click

from goleaklint.cli.failures import explained
from goleaklint.cli.known_rules import rule_names

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def config() -> None:
    """Show, check and describe goleaklint.toml."""


@config.command()
@click.option("--config", "file", type=_FILE, help="Another configuration file.")
def show(file: Path | None) -> None:
    """Show the settings that hold in this directory, each with the line of the file that says so."""
    from goleaklint.config.shown import settings_shown

    with explained():
        click.echo(settings_shown(_found(file), rule_names()), nl=False)


@config.command()
@click.option("--config", "file", type=_FILE, help="Another configuration file.")
def verify(file: Path | None) -> None:
    """Name every mistake in the configuration file and in the packs it names; exit with 2 if there is one."""
    from goleaklint.config.shown import mistakes_in
    from goleaklint.toml_source import MistakesError, shown_path

    with explained():
        found = _found(file)
        if found is None:
            click.echo("There is no configuration file here; the defaults hold.")
            return
        mistakes = mistakes_in(found, rule_names())
        if mistakes:
            raise MistakesError(mistakes)
        click.echo(f"{shown_path(found)}: no mistakes")


@config.command()
@click.option("--format", "format_", type=click.Choice(["json", "markdown"]), default="json", show_default=True)
def schema(format_: str) -> None:
    """Print the JSON schema of goleaklint.toml; as Markdown: all that is to be said of its keys."""
    from goleaklint.config.pages import page
    from goleaklint.config.schema import schema as json_schema

    with explained():
        click.echo(json_schema() if format_ == "json" else page(), nl=False)


def _found(file: Path | None) -> Path | None:
    from goleaklint.config import find_config

    return find_config(Path.cwd()) if file is None else file
