"""Labels and findings in; out comes which programs and stacks are hit, and what is reported beside the point."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.reported import Place, Reported

from .labels import Leak, Program

RULES = ("GL1", "GL2")
"""Rules of these families are about goroutines, channels and locks; only they can hit."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found in one program: how many of its leaked stacks are hit. One that leaks is hit by at least one."""

    name: str
    suite: str
    hits: tuple[Leak, ...]
    misses: tuple[Leak, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The outcomes of the programs that leak, and the findings that lie near no leaked goroutine."""

    outcomes: tuple[Outcome, ...]
    findings: int
    off_target: tuple[Reported, ...]

    @property
    def hit(self) -> int:
        """How many programs are hit."""
        return sum(bool(each.hits) for each in self.outcomes)


def score(programs: Mapping[str, Program], findings: Sequence[Reported]) -> Score:
    """Hold findings in the suite's directory against the truth. A line beside the right one is right, too."""
    fitting = [each for each in findings if each.rule.startswith(RULES)]
    touched = set(_around(place for each in fitting for place in (each.at, *each.steps)))
    leaking = {name: program for name, program in programs.items() if program.leaks}
    truth = set(_around(at for program in leaking.values() for leak in program.leaks for at in leak.places))
    outcomes = tuple(_outcome(name, program, touched) for name, program in leaking.items())
    return Score(outcomes, len(findings), tuple(sorted(each for each in findings if each.at not in truth)))


def _around(places: Iterable[Place]) -> Iterator[Place]:
    for file, line in places:
        yield from ((file, line - 1), (file, line), (file, line + 1))


def _outcome(name: str, program: Program, touched: set[Place]) -> Outcome:
    hits = tuple(leak for leak in program.leaks if leak.spot in touched)
    misses = tuple(leak for leak in program.leaks if leak.spot not in touched)
    return Outcome(name, program.suite, hits, misses)


def summary(found: Score) -> Iterator[str]:
    """The lines to print: programs and stacks that are hit, by suite and by what the goroutines wait for."""
    suites = Counter(each.suite for each in found.outcomes)
    hit = Counter(each.suite for each in found.outcomes if each.hits)
    by_suite = ", ".join(f"{name} {hit[name]} of {count}" for name, count in suites.items())
    yield f"programs      {found.hit} of {len(found.outcomes)} ({by_suite})"
    stacks = sum(len(each.hits) + len(each.misses) for each in found.outcomes)
    yield f"leaked stacks {sum(len(each.hits) for each in found.outcomes)} of {stacks}"
    yield f"off target    {len(found.off_target)} of {found.findings} findings"


def details(found: Score) -> Iterator[str]:
    """Program by program, reason by reason, and each finding that is off target."""
    for each in found.outcomes:
        stacks = len(each.hits) + len(each.misses)
        missed = "; ".join(f"{leak.reason} at {_shown(leak.spot)}" for leak in each.misses)
        line = (
            f"{'hit' if each.hits else '-':4}{each.name:32} {len(each.hits)} of {stacks}  {missed and f'not: {missed}'}"
        )
        yield line.rstrip()
    reasons = Counter(leak.reason for each in found.outcomes for leak in (*each.hits, *each.misses))
    hit = Counter(leak.reason for each in found.outcomes for leak in each.hits)
    yield from (f"{reason:32} {hit[reason]} of {count} stacks" for reason, count in sorted(reasons.items()))
    yield from (f"off target: {_shown(each.at)} {each.rule}" for each in found.off_target)


def _shown(place: Place | None) -> str:
    return f"{place[0]}:{place[1]}" if place else "?"
