"""The commands by name. What a command needs is imported when it runs, so that `--help` stays instant."""

import importlib

import click

from goleaklint.version import __version__

COMMANDS = {
    "baseline": ("goleaklint.cli.baseline", "Keep findings of today out of later reports."),
    "check": ("goleaklint.cli.check", "Look for leaks in Go packages."),
    "completion": ("goleaklint.cli.completion", "Print a shell's completion script."),
    "config": ("goleaklint.cli.config", "Show, check and describe goleaklint.toml."),
    "graph": ("goleaklint.cli.graph", "Draw who calls whom."),
    "init": ("goleaklint.cli.init", "Set goleaklint up in a repository."),
    "merge": ("goleaklint.cli.merge", "Join reports of several runs into one."),
    "rule": ("goleaklint.cli.rules", "Explain a rule."),
    "rules": ("goleaklint.cli.rules", "List all rules."),
    "show": ("goleaklint.cli.show", "Show what a stage makes of a file."),
}


MEANT = {"explain": "rule", "lint": "check", "run": "check"}
"""What other tools call a command, or a newcomer may, and what it is called here."""


class _LazyGroup(click.Group):
    """Knows its commands by name and one line of help; their modules are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        written = args[0]
        if written not in COMMANDS and not written.startswith("-") and not ctx.resilient_parsing:
            ctx.fail(f"No such command {written!r}.{_meant(written)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


def _meant(written: str) -> str:
    """` Did you mean ...?` where a command is near to what was written, or goes by that name elsewhere."""
    from difflib import get_close_matches  # only a mistake needs it

    near = [MEANT[written]] if written in MEANT else get_close_matches(written, COMMANDS, n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="goleaklint %(version)s")
def goleaklint() -> None:
    """Find leaks in Go source: goroutines that never end, resources never given back, memory never let go.

    Start with `goleaklint check ./...` in a Go module. No Go toolchain is needed.
    """
