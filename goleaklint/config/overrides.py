"""What the command line says comes in beside a Config; the Config with the command line's word in it goes out."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from goleaklint.config.globs import PathGlob, glob_complaint
from goleaklint.config.loading import go_version_complaint
from goleaklint.config.rule_names import RuleNames
from goleaklint.config.settings import Config, FailOn, Modules
from goleaklint.model import Confidence
from goleaklint.toml_source import Mistake, MistakesError, quoted


@dataclass(frozen=True, slots=True)
class Overrides:
    """The options as written; None and () stand for an option that was not given. Paths count from `cwd`."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    tests: bool | None = None
    go_version: str | None = None
    pedantic: bool | None = None
    modules: Modules | None = None
    fail_on: FailOn | None = None
    confidence: Confidence | None = None
    baseline: str | None = None


def apply_overrides(config: Config, options: Overrides, rules: RuleNames, cwd: Path) -> Config:
    """The settings with the command line's in their place.

    `--select` sets aside both `select` and `ignore` of the file; `--ignore`, `--exclude` and `--pack` add to it: each
    can only take away rules and files, or bring in facts. Raises MistakesError, whose mistakes have the option's name
    in the place of a path.
    """
    mistakes = list(_mistakes(options, rules, cwd))
    if mistakes:
        raise MistakesError(mistakes)
    ignore = tuple(rules.resolve(written) or "" for written in options.ignore)
    return replace(
        config,
        select=tuple(rules.resolve(written) or "" for written in options.select) or config.select,
        ignore=ignore if options.select else config.ignore + ignore,
        exclude=config.exclude + tuple(PathGlob(pattern, str(cwd)) for pattern in options.exclude),
        packs=config.packs + tuple(os.path.normpath(cwd / pack) for pack in options.packs),
        tests=config.tests if options.tests is None else options.tests,
        go_version=config.go_version if options.go_version is None else options.go_version,
        pedantic=config.pedantic if options.pedantic is None else options.pedantic,
        modules=options.modules or config.modules,
        fail_on=options.fail_on or config.fail_on,
        confidence=options.confidence or config.confidence,
        baseline=config.baseline if options.baseline is None else _path(options.baseline, cwd),
    )


def _path(written: str, cwd: Path) -> str:
    """An absolute path; "" says that no file is meant."""
    return os.path.normpath(cwd / written) if written else ""


def _mistakes(options: Overrides, rules: RuleNames, cwd: Path) -> Iterator[Mistake]:
    yield from _unknown_rules("--select", options.select, rules)
    yield from _unknown_rules("--ignore", options.ignore, rules)
    for pattern in options.exclude:
        if complaint := glob_complaint(pattern):
            yield Mistake("--exclude", 0, f"the pattern {quoted(pattern)} {complaint}")
    for pack in options.packs:
        if not (cwd / pack).is_file():
            yield Mistake("--pack", 0, f"there is no file {quoted(pack)}")
    if options.go_version is not None and (complaint := go_version_complaint(options.go_version)):
        yield Mistake("--go-version", 0, complaint)


def _unknown_rules(option: str, written: Iterable[str], rules: RuleNames) -> Iterator[Mistake]:
    for word in written:
        if rules.resolve(word) is None:
            yield Mistake(option, 0, rules.complaint(word))
