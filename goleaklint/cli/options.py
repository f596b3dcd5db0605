"""Options that several commands share: what is analysed, and what is made of the findings."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goleaklint.cli.completing import complete_paths, complete_rules
from goleaklint.cli.known_rules import rule_names

if TYPE_CHECKING:
    from goleaklint.config import Config
    from goleaklint.pipeline.run import Request

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown")

Decorator = Callable[[Callable[..., None]], Callable[..., None]]

_SELECTION: tuple[Decorator, ...] = (
    click.argument("patterns", nargs=-1, shell_complete=complete_paths),
    click.option(
        "--select",
        multiple=True,
        metavar="RULES",
        shell_complete=complete_rules,
        help="Only these rules: ids, starts of ids, or names.",
    ),
    click.option("--ignore", multiple=True, metavar="RULES", shell_complete=complete_rules, help="Not these rules."),
    click.option("--tests/--no-tests", default=None, help="Read _test.go files, too."),
    click.option("--pedantic/--no-pedantic", default=None, help="Show notes and what is of low confidence, too."),
    click.option(
        "--confidence",
        type=click.Choice(["high", "medium", "low"]),
        help="The lowest confidence to show.  [default: medium]",
    ),
    click.option("--go-version", metavar="1.N", help="The Go version, whatever go.mod says."),
    click.option("--modules", type=click.Choice(["nearest", "all"]), help="Whether ... enters nested modules."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Do not read these files; repeatable."),
    click.option("--force-exclude", is_flag=True, help="Exclude files that are named as arguments, too."),
    click.option(
        "--pack",
        "packs",
        multiple=True,
        metavar="FILE",
        shell_complete=complete_paths,
        help="Facts on one more library; repeatable.",
    ),
    click.option(
        "--config", "config_file", type=click.Path(dir_okay=False, path_type=Path), help="The configuration file."
    ),
    click.option("--no-config", is_flag=True, help="Read no configuration file."),
    click.option("--stdin-filename", default="", metavar="PATH", help="The file that standard input (-) stands for."),
    click.option(
        "-j",
        "--jobs",
        type=click.IntRange(0),
        default=0,
        metavar="N",
        help="Processes.  [default: one for each core]",
    ),
)

_DELIVERY: tuple[Decorator, ...] = (
    click.option("--format", "format_", type=click.Choice(FORMATS), help="What to print.  [default: text]"),
    click.option(
        "--output", "outputs", multiple=True, metavar="FMT=PATH", help="Write a report to a file; repeatable."
    ),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True),
    click.option("--sarif-suppressed", is_flag=True, help="Write suppressed findings to SARIF, marked as such."),
    click.option(
        "--sarif-category",
        default="",
        metavar="NAME",
        help="What GitHub tells analyses apart by.  [default: the module]",
    ),
    click.option("--statistics", is_flag=True, help="Count files by what was done with them, on standard error."),
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning", "note", "never"]),
        help="The least severity that makes the exit code 1.  [default: note]",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings."),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be analysed, and with which settings, as written on the command line."""

    patterns: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    tests: bool | None
    pedantic: bool | None
    confidence: str | None
    go_version: str | None
    modules: str | None
    exclude: tuple[str, ...]
    force_exclude: bool
    packs: tuple[str, ...]
    config_file: Path | None
    no_config: bool
    stdin_filename: str
    jobs: int

    def config(self, *, fail_on: str | None = None, baseline: str | None = None) -> "Config":
        """The settings: the configuration file's, with the command line's word in front. Raises MistakesError."""
        from goleaklint.config import Config, FailOn, Modules, Overrides, apply_overrides, load_config
        from goleaklint.model import Confidence

        overrides = Overrides(
            select=_split(self.select),
            ignore=_split(self.ignore),
            exclude=self.exclude,
            packs=self.packs,
            tests=self.tests,
            go_version=self.go_version,
            pedantic=self.pedantic,
            modules=None if self.modules is None else Modules(self.modules),
            fail_on=None if fail_on is None else FailOn(fail_on),
            confidence=None if self.confidence is None else Confidence(self.confidence),
            baseline=baseline,
        )
        names, cwd = rule_names(), Path.cwd()
        config = Config() if self.no_config else load_config(cwd, names, file=self.config_file)
        return apply_overrides(config, overrides, names, cwd)

    def request(self, config: "Config") -> "Request":
        """What to run. Standard input is read where it is one of the patterns."""
        from goleaklint.files.patterns import StandardInput
        from goleaklint.pipeline.run import Request

        stdin = StandardInput(sys.stdin.buffer.read(), self.stdin_filename) if "-" in self.patterns else None
        return Request(self.patterns, Path.cwd(), config, self.jobs, self.force_exclude, stdin)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is to be made of findings, as written on the command line."""

    format_: str | None
    outputs: tuple[str, ...]
    color: str
    sarif_suppressed: bool
    sarif_category: str
    statistics: bool
    fail_on: str | None
    exit_zero: bool


def selection_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command PATTERNS and all options on what is analysed; they come as its argument `selection`."""
    return _gathered(command, _SELECTION, "selection", Selection)


def delivery_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command all options on reports and exit codes; they come as its argument `delivery`."""
    return _gathered(command, _DELIVERY, "delivery", Delivery)


def _gathered(
    command: Callable[..., None], options: tuple[Decorator, ...], name: str, kind: type[Selection] | type[Delivery]
) -> Callable[..., None]:
    """The command with options whose values reach it as one value; the other options pass by."""
    fields = frozenset(kind.__slots__)

    @wraps(command)
    def called(**values: object) -> None:
        own = {key: value for key, value in values.items() if key in fields}
        others = {key: value for key, value in values.items() if key not in fields}
        command(**others, **{name: kind(**own)})  # type: ignore[arg-type]

    decorated: Callable[..., None] = called
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def _split(values: tuple[str, ...]) -> tuple[str, ...]:
    """`--select GL1,GL202 --select GL5` names three."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())
