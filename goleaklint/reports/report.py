"""What every report is made from: the findings in order, what the tool could not do, and where the source text is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from goleaklint.files.text import SourceText
from goleaklint.model import Finding, Notification, RuleInfo, Suppression
from goleaklint.version import __version__


@dataclass(frozen=True, slots=True)
class Report:
    """One run's outcome.

    `findings` stand in report order. `rules` holds every rule that ran, by id. `sources` gives the text for a path as a
    span has it, and raises OSError for a file that has vanished (there is then no snippet). Relative paths are relative
    to `cwd`.

    `known` are findings that were left out as nothing new, where the run was `compared` with a baseline or a revision.
    `fingerprints` are those of `findings`, of the suppressed ones and of the known ones, where they are known already.
    """

    findings: tuple[Finding, ...]
    notifications: tuple[Notification, ...]
    rules: Mapping[str, RuleInfo]
    sources: Callable[[str], SourceText]
    cwd: Path
    suppressed: tuple[tuple[Finding, Suppression], ...] = ()
    tool_version: str = __version__
    statistics: Mapping[str, int] = field(default_factory=dict)
    known: tuple[Finding, ...] = ()
    compared: bool = False
    fingerprints: tuple[str, ...] = ()

    @property
    def every_finding(self) -> tuple[Finding, ...]:
        """The findings, the suppressed ones and the known ones: what fingerprints number, that none renames another."""
        return (*self.findings, *(finding for finding, _ in self.suppressed), *self.known)
