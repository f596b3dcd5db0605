"""Fixtures in; out comes what Go says of the goroutines that their scenarios leave behind, and what is wrong with that.

Nothing is written into the module of the fixtures: an overlay gives each package a list of its scenarios, and a
program that runs them.
"""

import functools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from go_fixtures import PROFILED, Fixture

MANY = 32
"""GL104 is about how many goroutines there are: so many may be there."""

_LAX = re.compile(r"GL205|GL2[1-9]\d")
"""Rules whose leak shows in somebody else: whoever takes the lock next, or waits for the group."""

_PROGRAM = Path(__file__).parents[1] / "go" / "scenario" / "main.go"
_PROGRAMS = "zz_scenario"
"""The directory in which the overlay puts the programs, one directory for each folder of fixtures."""

_AT_ONCE = 8
"""Scenarios sleep most of the time, so that more of them than there are cores can run."""


@dataclass(frozen=True, slots=True)
class Goroutine:
    """A goroutine in a dump: its number, what it is doing, and its lines in the package, the `go` statement last."""

    number: int
    state: str
    places: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What a scenario left behind: the goroutines that were not there before. `returned`: it came to its end itself.

    `failure` is what went wrong, "" if nothing did.
    """

    goroutines: tuple[Goroutine, ...] = ()
    returned: bool = False
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """A go command whose programs have a goroutineleak profile, and the environment it needs."""

    command: str
    environment: Mapping[str, str]


@functools.cache
def toolchain() -> Toolchain | None:
    """The go command on PATH; None if there is none, or it is older than 1.26."""
    command = shutil.which("go")
    if command is None:
        return None
    environment = {**os.environ, "GOFLAGS": "-mod=readonly", "GOWORK": "off", "GOTOOLCHAIN": "local"}
    environment |= {"GOPROXY": "off", "CGO_ENABLED": "0", "GOEXPERIMENT": ""}
    said = subprocess.run([command, "env", "GOVERSION"], env=environment, capture_output=True, text=True, check=True)
    version = re.match(r"(?:devel )?go1\.(\d+)", said.stdout)
    if version is None or int(version[1]) < 26:
        return None
    if int(version[1]) == 26:
        environment["GOEXPERIMENT"] = "goroutineleakprofile"
    return Toolchain(command, environment)


def run_all(module: Path, fixtures: Sequence[Fixture], work: Path, go: Toolchain) -> dict[str, Run]:
    """Run the scenarios of those fixtures that have one and can be run; the runs by the fixtures' ids."""
    wanted = [each for each in fixtures if each.scenario and each.not_run is None]
    failures = _build(module, wanted, work, go)
    asked = sorted({(each.folder, each.scenario) for each in wanted})

    def run(folder: str, scenario: str) -> Run:
        return Run(failure=failures[folder]) if folder in failures else _run(work / "bin" / folder, scenario)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        runs = dict(zip(asked, pool.map(run, *zip(*asked, strict=True)), strict=True)) if asked else {}
    return {each.id: runs[each.folder, each.scenario] for each in wanted}


def _build(module: Path, fixtures: Iterable[Fixture], work: Path, go: Toolchain) -> dict[str, str]:
    """Compile one program per folder into work/bin; what the compiler says of the folders where that fails."""
    folders: dict[str, set[str]] = {}
    for each in fixtures:
        folders.setdefault(each.folder, set()).add(each.scenario)
    overlay = work / "overlay.json"
    replaced = {
        at: str(file) for folder, names in folders.items() for at, file in _written(module, folder, names, work)
    }
    overlay.write_text(json.dumps({"Replace": replaced}), encoding="utf-8")

    def build(names: Iterable[str]) -> str:
        packages = [f"./{_PROGRAMS}/{name}" for name in names]
        words = [go.command, "build", "-trimpath", "-ldflags=-s -w", "-overlay", str(overlay), "-o", f"{work}/bin/"]
        done = subprocess.run(
            [*words, *packages], cwd=module, env=go.environment, capture_output=True, text=True, check=False
        )
        return done.stderr

    if folders:
        build(folders)
    # Where a file cannot even be parsed, go builds none of the packages: then one by one.
    failures = {name: build([name]) for name in folders if not (work / "bin" / name).exists()}
    return {name: said for name, said in failures.items() if not (work / "bin" / name).exists()}


def _written(module: Path, folder: str, scenarios: Iterable[str], work: Path) -> Iterator[tuple[str, Path]]:
    """Where the overlay puts the two files of a folder, and where they really are."""
    named = re.search(r"^package (\w+)", next((module / folder).glob("*.go")).read_text(encoding="utf-8"), re.MULTILINE)
    path = re.search(r"^module (\S+)", (module / "go.mod").read_text(encoding="utf-8"), re.MULTILINE)
    assert named is not None
    assert path is not None
    entries = "".join(f'\t"{name}": {name},\n' for name in sorted(scenarios))
    table = f"package {named[1]}\n\ntype Scenario func()\n\nvar Scenarios = map[string]Scenario{{\n{entries}}}\n"
    program = _PROGRAM.read_text(encoding="utf-8").replace("fixture.example/package", f"{path[1]}/{folder}")
    for at, text in (f"{folder}/zz_scenarios.go", table), (f"{_PROGRAMS}/{folder}/main.go", program):
        file = work / "overlay" / at
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        yield str(module / at), file


def _run(program: Path, scenario: str) -> Run:
    try:
        done = subprocess.run([program, scenario], capture_output=True, text=True, timeout=30, check=False)
    except subprocess.TimeoutExpired:
        return Run(failure="it does not end")
    if done.returncode or not done.stdout.endswith("=== end\n"):
        return Run(failure=f"it ends with {done.returncode}: {done.stderr[:2000]}")
    before, _, after = done.stdout.partition("=== after\n")
    known = {each.number for each in goroutines(before, program.name)}
    left = tuple(each for each in goroutines(after, program.name) if each.number not in known)
    return Run(left, "=== returned\n" in before)


def goroutines(dump: str, folder: str) -> Iterator[Goroutine]:
    """The goroutines in a dump of stacks; `folder` is the directory of the package whose lines are wanted."""
    for block in dump.split("\n\n"):
        head = re.search(r"^goroutine (\d+) .*?\[(.*)\]:$", block, re.MULTILINE)
        if head is not None:
            found = re.findall(rf"^\t\S*(?<!{_PROGRAMS})/{folder}/([^/\s]+):(\d+)", block, re.MULTILINE)
            yield Goroutine(int(head[1]), head[2], tuple((file, int(line)) for file, line in found))


def complaints(fixture: Fixture, run: Run) -> Iterator[str]:
    """Everything in which a run does not do what the fixture says."""
    if run.failure:
        yield f"{fixture.scenario} cannot be run: {run.failure}"
        return
    if not fixture.leaks and not run.returned:
        yield f"{fixture.scenario} does not return"
    for rule in fixture.rules:
        left = [each for each in run.goroutines if _counts(each, rule, fixture.counted)]
        enough = MANY if rule == "GL104" else 0
        if fixture.leaks and sum(_is_of(each, fixture, rule) for each in left) <= enough:
            others = f"; left behind elsewhere: {_told(left)}" if left else ""
            yield f"{rule}: nothing leaks when {fixture.scenario} is run{others}"
        elif not fixture.leaks and len(left) > enough:
            yield f"{rule}: {fixture.scenario} leaves behind {_told(left)}"


def _counts(goroutine: Goroutine, rule: str, counted: bool) -> bool:
    """Reports whether a goroutine is what the rule is about."""
    if rule == "GL107":
        return "locked to thread" in goroutine.state
    if PROFILED.fullmatch(rule) and not counted:
        return "(leaked)" in goroutine.state and bool(goroutine.places)
    return bool(goroutine.places)


def _is_of(goroutine: Goroutine, fixture: Fixture, rule: str) -> bool:
    """Reports whether a line of the fixture is in the goroutine's stack, or started it."""
    if rule == "GL107":
        return True
    lines = list(fixture.lines)
    if _LAX.fullmatch(rule) and fixture.scenario_lines is not None:
        lines.append(fixture.scenario_lines)
    return any(place in each for place in goroutine.places for each in lines)


def _told(left: Sequence[Goroutine]) -> str:
    told = [f"{at[0][0]}:{at[0][1]} [{each.state}]" if (at := each.places) else each.state for each in left]
    return ", ".join(told[:5]) + (f" and {len(told) - 5} more" if len(told) > 5 else "")
