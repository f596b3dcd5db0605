"""`goleaklint completion`: what a shell has to read to complete commands and options."""

import click

from goleaklint.cli.failures import explained

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print a script that makes a shell complete goleaklint's commands and options.

    \b
    bash  eval "$(goleaklint completion bash)"    in ~/.bashrc
    zsh   eval "$(goleaklint completion zsh)"     in ~/.zshrc, after compinit
    fish  goleaklint completion fish | source     in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise TypeError(f"click does not know {shell}")
    with explained():
        click.echo(found(ctx.find_root().command, {}, "goleaklint", "_GOLEAKLINT_COMPLETE").source())
