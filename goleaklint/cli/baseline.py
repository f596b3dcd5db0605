"""`goleaklint baseline`: what is found today in, a file that keeps it out of later reports out."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goleaklint.cli.completing import complete_paths
from goleaklint.cli.failures import UsageFailure, explained
from goleaklint.cli.options import Selection, selection_options
from goleaklint.cli.terminal import progress

if TYPE_CHECKING:
    from goleaklint.config import Config
    from goleaklint.findings.baseline import Entry
    from goleaklint.pipeline.run import Result

DEFAULT_FILE = "goleaklint-baseline.json"

_file = click.option(
    "--file",
    metavar="FILE",
    shell_complete=complete_paths,
    help=f"The baseline.  [default: the configuration's, else {DEFAULT_FILE}]",
)


@click.group()
def baseline() -> None:
    """Keep findings of today out of later reports: `goleaklint check --baseline FILE`."""


@baseline.command(short_help="Write what is found today to the baseline.")
@selection_options
@_file
def write(selection: Selection, file: str | None) -> None:
    """Write all findings in the packages that PATTERNS name to the baseline."""
    from goleaklint.findings.baseline import baseline_text, read_baseline

    with explained():
        config, target = _target(selection, file)
        if target.exists():
            read_baseline(target)  # what is no baseline is not replaced by one
        result = _run(selection, config)
        entries = _entries(result, target)
        _write(target, baseline_text(entries))
    click.echo(f"goleaklint: {_count(len(entries))} in {_shown(target)}", err=True)
    if config.baseline != str(target):
        click.echo(f"goleaklint: `goleaklint check --baseline {_shown(target)}` leaves them out", err=True)


@baseline.command(short_help="Drop from the baseline what is gone.")
@selection_options
@_file
@click.option("--add", is_flag=True, help="Add what is new, too.")
def update(selection: Selection, file: str | None, add: bool) -> None:
    """Drop from the baseline what is no longer found; entries of packages that were not looked at stay."""
    from goleaklint.findings.baseline import baseline_text, read_baseline, updated

    with explained():
        config, target = _target(selection, file)
        old = read_baseline(target)
        result = _run(selection, config)
        change = updated(old, _entries(result, target), _was_looked_at(result, target), add=add)
        _write(target, baseline_text(change.entries))
    kept = len(change.entries) - change.added
    said = f"{_count(kept)} kept, {change.gone} dropped, {change.added} added in {_shown(target)}"
    click.echo(f"goleaklint: {said}", err=True)


def gone_hint(result: "Result", file: str) -> tuple[str, ...]:
    """What to say of the entries of a baseline that the run would have found, and did not; nothing of none."""
    from goleaklint.findings.baseline import read_baseline

    target = Path(file)
    was_looked_at = _was_looked_at(result, target)
    found = frozenset(result.fingerprints)
    gone = sum(each.fingerprint not in found and was_looked_at(each) for each in read_baseline(target))
    which = f"{_count(gone)} of the baseline {'is' if gone == 1 else 'are'} gone"
    return (f"{which}; `goleaklint baseline update` drops {'it' if gone == 1 else 'them'}",) if gone else ()


def _target(selection: Selection, file: str | None) -> "tuple[Config, Path]":
    """The configuration, and the baseline's path."""
    config = selection.config()
    target = Path(os.path.abspath(file)) if file is not None else Path(config.baseline or Path.cwd() / DEFAULT_FILE)  # noqa: PTH100 - links stay
    if target.is_symlink():
        raise UsageFailure(f"{_shown(target)} is a symbolic link; name the file itself")
    return config, target


def _run(selection: Selection, config: "Config") -> "Result":
    """What is found without the baseline."""
    from goleaklint.pipeline.run import run

    progress("goleaklint: reading Go files ...")
    result = run(selection.request(replace(config, baseline="")))
    progress("")
    return result


def _entries(result: "Result", target: Path) -> "tuple[Entry, ...]":
    from goleaklint.findings.baseline import entries_of

    findings = result.outcome.findings
    return entries_of(findings, result.fingerprints[: len(findings)], lambda path: _from(target, path))


def _was_looked_at(result: "Result", target: Path) -> "Callable[[Entry], bool]":
    """Reports whether the run would have found an entry, if it were still there."""
    paths = {_from(target, path) for path in result.paths}

    def was_looked_at(entry: "Entry") -> bool:
        return entry.rule in result.rules and (entry.path in paths or not (target.parent / entry.path).exists())

    return was_looked_at


def _from(target: Path, path: str) -> str:
    """A path as the baseline has it: from the baseline's own directory on."""
    try:
        return Path(os.path.relpath(path, target.parent)).as_posix()
    except ValueError:  # another drive
        return Path(path).as_posix()


def _write(target: Path, text: str) -> None:
    from goleaklint.reports.outputs import Output, write

    write(Output("json", str(target)), text)


def _shown(path: Path) -> str:
    cwd = Path.cwd()
    return (path.relative_to(cwd) if path.is_relative_to(cwd) else path).as_posix()


def _count(number: int) -> str:
    return f"{number} finding{'' if number == 1 else 's'}"
