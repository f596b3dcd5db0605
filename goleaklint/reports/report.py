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
    """

    findings: tuple[Finding, ...]
    notifications: tuple[Notification, ...]
    rules: Mapping[str, RuleInfo]
    sources: Callable[[str], SourceText]
    cwd: Path
    suppressed: tuple[tuple[Finding, Suppression], ...] = ()
    tool_version: str = __version__
    statistics: Mapping[str, int] = field(default_factory=dict)
