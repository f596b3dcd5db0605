"""What passes between the processes of a run: directories to read, and what came of them."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from goleaklint.files.selection import GoFile, Module
from goleaklint.knowledge import Knowledge
from goleaklint.model import Finding, Notification, Suppression
from goleaklint.pipeline.crashes import Crash
from goleaklint.rules._api import Rule
from goleaklint.syntax.directives import DirectiveMistake


@dataclass(slots=True)
class Directory:
    """The files of one directory; `path` is absolute, `package` its import path."""

    path: str
    package: str
    module: Module | None
    files: list[GoFile]


@dataclass(slots=True)
class BatchResult:
    """What came of some directories.

    `files` counts them by what was done with them. `facts` are those of each directory, encoded, by the directory.
    `unknown` counts calls whose callee is not known, by the reason. `timings` are seconds.
    """

    findings: list[Finding] = field(default_factory=list)
    suppressions: list[Suppression] = field(default_factory=list)
    mistakes: list[DirectiveMistake] = field(default_factory=list)
    notifications: list[Notification] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)
    files: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    facts: dict[str, bytes] = field(default_factory=dict)
    timings: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, other: "BatchResult") -> None:
        self.findings += other.findings
        self.suppressions += other.suppressions
        self.mistakes += other.mistakes
        self.notifications += other.notifications
        self.crashes += other.crashes
        self.files += other.files
        self.counts += other.counts
        self.unknown += other.unknown
        self.facts.update(other.facts)
        for name, seconds in other.timings.items():
            self.timings[name] += seconds


@dataclass(frozen=True, slots=True)
class Stage:
    """What every worker needs: the rules to run, what is known of libraries, the Go version that was asked for."""

    rules: tuple[Rule, ...]
    knowledge: Knowledge
    go_version: str

    def words(self) -> tuple[bytes, ...]:
        """Texts of which a function must hold one for any rule to be able to find something in it."""
        return tuple(sorted({word for rule in self.rules for word in rule.words}))
