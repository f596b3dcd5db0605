"""Folders of Go fixtures in; out comes what is to be run in them, and what has to be seen then.

The convention is written down in testdata/README.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from expect import Mark, marks

PROFILED = re.compile(r"GL2\d\d")
"""Rules whose leaks Go's goroutineleak profile sees."""

COUNTED = re.compile(r"GL10[1-7]")
"""Rules whose leaks are seen by counting goroutines."""

_FUNCTION = re.compile(r"func (?:\((?:\w+ )?\*?(?P<type>\w+)(?:\[[^]]*\])?\) )?(?P<name>\w+)(?P<rest>.*)")
_STEERING = re.compile(r"//\s*(run by|not run:|counted:)\s*(.*)")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one file from `first` to `last`; `file` is its name without a directory."""

    file: str
    first: int
    last: int

    def __contains__(self, place: tuple[str, int]) -> bool:
        return place[0] == self.file and self.first <= place[1] <= self.last


@dataclass(frozen=True, slots=True)
class Function:
    """A declared function: where it is, the marks in it, and what the comment above it says of running it."""

    folder: str
    receiver: str
    name: str
    lines: Lines
    plain: bool
    """It has neither receiver nor parameters nor results, so that it can be called as it is."""
    marks: tuple[Mark, ...]
    steering: tuple[tuple[str, str], ...]

    @property
    def full_name(self) -> str:
        return f"{self.receiver}.{self.name}" if self.receiver else self.name

    @property
    def is_ok(self) -> bool:
        """Reports whether the name says that nothing leaks."""
        return self.name.startswith("ok") or self.receiver.startswith("ok")

    def said(self, word: str) -> str | None:
        """What a steering comment says after its first word; None if there is no such comment."""
        return next((text.strip() for key, text in self.steering if key.rstrip(":") == word), None)


@dataclass(frozen=True, slots=True)
class Fixture:
    """What one scenario is held against. `rules` are judged one by one; nothing may leak unless `leaks`.

    `scenario` is the function to call, "" if there is none. `lines` are those of the fixture, `scenario_lines` those
    of its scenario. `not_run` is the reason why it cannot be run, None if it can.
    """

    folder: str
    name: str
    rules: tuple[str, ...]
    leaks: bool
    lines: tuple[Lines, ...]
    scenario: str
    scenario_lines: Lines | None
    not_run: str | None
    counted: bool

    @property
    def id(self) -> str:
        return f"{self.folder}/{self.name}"


def is_run(rule: str) -> bool:
    """Reports whether the fixtures of a rule are run."""
    return bool(PROFILED.fullmatch(rule) or COUNTED.fullmatch(rule))


def functions(file: Path) -> Iterator[Function]:
    """The functions that a gofmt-clean file declares."""
    lines = file.read_text(encoding="utf-8").splitlines()
    marked = list(marks(file))
    for at, line in enumerate(lines):
        head = _FUNCTION.match(line)
        if head is None:
            continue
        extent = Lines(file.name, at + 1, _end(lines, at) + 1)
        inside = tuple(mark for mark in marked if (file.name, mark.line) in extent)
        plain = not head["type"] and head["rest"].startswith("() {")
        name, receiver = head["name"], head["type"] or ""
        yield Function(file.parent.name, receiver, name, extent, plain, inside, tuple(_steering(lines[:at])))


def _end(lines: Sequence[str], start: int) -> int:
    """The index of the line on which the function that begins at `start` ends."""
    code = lines[start].partition(" // ")[0]
    if code.endswith("}") and code.count("{") == code.count("}"):
        return start
    return next((at for at in range(start + 1, len(lines)) if lines[at].startswith("}")), len(lines) - 1)


def _steering(before: Sequence[str]) -> Iterator[tuple[str, str]]:
    for line in reversed(before):
        if not line.startswith("//"):
            return
        found = _STEERING.match(line)
        if found is not None:
            yield found[1], found[2]


def fixtures(folder: Path) -> list[Fixture]:
    """The fixtures of a folder, in the order of their files and lines."""
    declared = [each for file in sorted(folder.glob("*.go")) for each in functions(file)]
    units: dict[str, list[Function]] = {}
    for each in declared:
        if each.is_ok or each.name.startswith("leak") or _judged(each.marks):
            units.setdefault(each.receiver if each.receiver.startswith("ok") else each.full_name, []).append(each)
    return [_fixture(name, unit, declared) for name, unit in units.items()]


def _judged(found: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in found if is_run(mark.rule)]


def _fixture(name: str, unit: Sequence[Function], declared: Sequence[Function]) -> Fixture:
    folder = unit[0].folder
    found = _judged(mark for each in unit for mark in each.marks)
    leaking = sorted({mark.rule for mark in found if mark.kind != "wrong"})
    leaks = bool(leaking) or unit[0].name.startswith("leak")
    scenario = _scenario(unit[0], declared)
    reasons = [said for each in unit if (said := each.said("not run")) is not None]
    return Fixture(
        folder,
        name,
        tuple(leaking or sorted({mark.rule for mark in found}) or [folder]),
        leaks,
        tuple(each.lines for each in unit),
        scenario.name if scenario else "",
        scenario.lines if scenario else None,
        reasons[0] if reasons else None,
        any(each.said("counted") for each in unit),
    )


def _scenario(fixture: Function, declared: Iterable[Function]) -> Function | None:
    by_name = {each.name: each for each in declared if each.plain}
    other = fixture.said("run by")
    wanted = _scenario_names(fixture) if other is None else [f"run{_upper(other)}", other]
    if fixture.plain and fixture.name.startswith(("leak", "ok")):
        wanted.append(fixture.name)
    return next((by_name[name] for name in wanted if name in by_name), None)


def _scenario_names(fixture: Function) -> list[str]:
    if not fixture.receiver:
        return [f"run{_upper(fixture.name)}"]
    whole = f"run{_upper(fixture.receiver)}"
    return [whole + _upper(fixture.name), whole]


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]
