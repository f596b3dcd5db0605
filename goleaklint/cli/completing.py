"""What was typed so far comes in; what a shell is to offer goes out: files, and rules by id and name."""

from typing import TYPE_CHECKING

import click

from goleaklint.cli.known_rules import rule_names

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_paths(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Files and directories, as the shell itself completes them."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def complete_rules(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """Rules by id, each with its name, or by name; of several with commas between them the last one."""
    from click.shell_completion import CompletionItem

    done, comma, start = incomplete.rpartition(",")
    known = rule_names().by_id
    ids = {rule: name for rule, name in known.items() if rule.startswith(start.upper())}
    names = {name: rule for rule, name in known.items() if start and name.startswith(start.lower())}
    return [CompletionItem(f"{done}{comma}{word}", help=other) for word, other in (ids | names).items()]
