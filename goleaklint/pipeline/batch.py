"""What passes between the processes of a run: directories to read, and what came of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from goleaklint.files.selection import GoFile, Module
from goleaklint.index.hints import Called, called, is_within
from goleaklint.index.package import assumed_name
from goleaklint.index.std import is_std
from goleaklint.index.symbols import UNIVERSE_FUNCS
from goleaklint.knowledge import Knowledge
from goleaklint.model import Finding, Notification, Suppression
from goleaklint.pipeline.crashes import Crash
from goleaklint.rules._api import Rule
from goleaklint.syntax import ast
from goleaklint.syntax.directives import DirectiveMistake


@dataclass(slots=True)
class Directory:
    """The files of one directory; `path` is absolute, `package` its import path.

    What is not to be `checked` is read for what others use of it: another run reports what is found in it.
    """

    path: str
    package: str
    module: Module | None
    files: list[GoFile]
    checked: bool = True


@dataclass(slots=True)
class BatchResult:
    """What came of some directories.

    `files` counts them by what was done with them. `facts` are those of each directory, encoded, by the directory.
    `unknown` counts calls whose callee is not known, by the reason. `timings` are seconds. `imports` are all import
    paths; `makers` and `endings` are the names of functions that may return a resource, and that may never return.
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
    imports: set[str] = field(default_factory=set)
    makers: set[str] = field(default_factory=set)
    endings: set[str] = field(default_factory=set)
    timings: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def names(self) -> "BatchResult":
        """Only what others use: no findings, notifications or counts."""
        return BatchResult(
            facts=self.facts, imports=self.imports, makers=self.makers, endings=self.endings, timings=self.timings
        )

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
        self.imports |= other.imports
        self.makers |= other.makers
        self.endings |= other.endings
        for name, seconds in other.timings.items():
            self.timings[name] += seconds


@dataclass(frozen=True)
class Stage:
    """What every worker needs: the rules to run, what is known of libraries, the Go version that was asked for.

    `makers` are names of functions under analysis that may return a resource; they are known once all files are read.
    """

    rules: tuple[Rule, ...]
    knowledge: Knowledge
    go_version: str
    makers: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> tuple[bytes, ...]:
        """Texts of which a function must hold one for any rule to be able to find something in it."""
        return tuple(sorted({word for rule in self.rules for word in rule.words}))

    @cached_property
    def resource_types(self) -> frozenset[str]:
        """The bare names of the types of all resources that a rule asks for."""
        resources = self.knowledge.resources() if self._wants_resources else ()
        return frozenset(each.type.name for each in resources)

    @cached_property
    def acquiring(self) -> frozenset[bytes]:
        """The bare names of all functions of which a call may acquire a resource."""
        if not self._wants_resources:
            return frozenset()
        names = {name.name for each in self.knowledge.resources() for name in each.acquire}
        return _encoded(names | self.makers)

    def acquisitions(self, data: bytes, file: ast.File) -> list[int]:
        """Where in the text of a file a resource may be acquired, in order."""
        if not self.acquiring:
            return []
        std = {spec.name or assumed_name(spec.path): spec.path for spec in file.imports if is_std(spec.path)}
        return [each.start for each in called(data, self.acquiring) if self._may_acquire(each, std)]

    def _may_acquire(self, call: Called, std: Mapping[str, str]) -> bool:
        """Reports whether a call may acquire something, as far as its names tell. `std` are packages of Go itself, by
        the name that the file knows them by: packs know all of their functions that do, so `errors.New` is none."""
        if not call.before:
            return call.before is None or call.name not in UNIVERSE_FUNCS
        path = std.get(call.before)
        return path is None or bool(self.knowledge.resources_acquired_by(path, call.name))

    def may_find_in(self, decl: ast.FuncDecl, data: bytes, acquisitions: Sequence[int]) -> bool:
        """Reports whether some rule may find something in a function of that file."""
        start, end = decl.body_start, decl.body_end
        return is_within(acquisitions, start, end) or any(data.find(word, start, end) >= 0 for word in self.words)

    @property
    def _wants_resources(self) -> bool:
        return any(rule.resources for rule in self.rules)


def _encoded(names: Iterable[str]) -> frozenset[bytes]:
    return frozenset(name.encode() for name in names)
