"""`goleaklint rule` and `goleaklint rules`: what the rules say of themselves."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from goleaklint.cli.completing import complete_rules
from goleaklint.cli.failures import UsageFailure, explained
from goleaklint.cli.terminal import wants_color, width

if TYPE_CHECKING:
    from goleaklint.model import RuleInfo

PAGES = click.Choice(["text", "markdown", "json"])


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="RULE...", shell_complete=complete_rules)
@click.option("--format", "format_", type=PAGES, default="text", show_default=True)
def rule(names: tuple[str, ...], format_: str) -> None:
    """Explain a rule, named by its id or its name: why it leaks, an example, how to mend it, what is not seen."""
    from goleaklint.config import RuleNames
    from goleaklint.reports import rule_pages

    known = _all_rules()
    rule_names = RuleNames({info.id: info.name for info in known.values()})
    found = [info for name in names for info in known.values() if name.upper() == info.id or name == info.name]
    unknown = [name for name in names if not any(name.upper() == info.id or name == info.name for info in found)]
    if unknown:
        raise UsageFailure("\n".join(rule_names.complaint(name) for name in unknown))
    for info in found:
        if format_ == "text":
            page = rule_pages.rule_text(info, color=wants_color("auto", sys.stdout), width=width(sys.stdout))
        else:
            page = rule_pages.rule_json(info) if format_ == "json" else rule_pages.rule_markdown(info)
        with explained():
            click.echo(page, nl=False)


@click.command()
@click.argument("names", nargs=-1, metavar="[RULES]...", shell_complete=complete_rules)
@click.option("--format", "format_", type=PAGES, default="text", show_default=True)
def rules(names: tuple[str, ...], format_: str) -> None:
    """List all rules, by family, or those that RULES name: ids, starts of ids, names. As Markdown: the catalogue."""
    from goleaklint.reports import rule_pages

    known = _named(names, _all_rules())
    if format_ == "text":
        page = rule_pages.catalogue_text(known, color=wants_color("auto", sys.stdout), width=width(sys.stdout))
    else:
        page = rule_pages.catalogue_json(known) if format_ == "json" else rule_pages.catalogue_markdown(known)
    with explained():
        click.echo(page, nl=False)


def _named(written: tuple[str, ...], known: "Mapping[str, RuleInfo]") -> "list[RuleInfo]":
    """The rules that are meant; all of them where none is named."""
    from goleaklint.config import RuleNames

    names = RuleNames({info.id: info.name for info in known.values()})
    meant = {word: names.resolve(word) for word in written}
    if None in meant.values():
        raise UsageFailure("\n".join(names.complaint(word) for word, start in meant.items() if start is None))
    starts = tuple(start for start in meant.values() if start is not None)
    return [info for info in known.values() if not written or info.id.startswith(starts)]


def _all_rules() -> "Mapping[str, RuleInfo]":
    from goleaklint.findings.tool_rules import TOOL_RULES
    from goleaklint.rules._registry import load_rules

    with explained():
        return {rule_id: each.info for rule_id, each in load_rules().items()} | dict(TOOL_RULES)
