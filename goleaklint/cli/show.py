"""`goleaklint show`: what one stage makes of a file, for whoever wants to know why something is or is not found."""

from pathlib import Path

import click

from goleaklint.cli.completing import complete_paths
from goleaklint.cli.failures import explained

STAGES = ("files", "syntax", "index", "names", "types", "flow", "calls", "summary")


@click.command()
@click.argument("target", metavar="FILE[:FUNC]", shell_complete=complete_paths)
@click.option("--stage", type=click.Choice(STAGES), required=True, help="Which stage's work to show.")
@click.option("--format", "format_", type=click.Choice(["text", "mermaid"]), default="text", show_default=True)
def show(target: str, stage: str, format_: str) -> None:
    """Show what a stage makes of a Go file, or of one function in it.

    \b
    files   module, package, build constraint, whether generated
    syntax  the syntax of the function or file as goleaklint reads it
    index   what the file declares and imports
    names   what each name in the function refers to
    types   the type of each expression in the function
    flow    the function's control-flow graph (--format mermaid draws it)
    calls   who calls the function and whom it calls (--format mermaid draws it)
    summary what a call of the function does, as callers see it
    """
    from goleaklint.pipeline.show import show_stage

    with explained():
        click.echo(show_stage(stage, target, Path.cwd(), mermaid=format_ == "mermaid"), nl=False)
