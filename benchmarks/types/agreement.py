"""The oracle's records and goleaklint's answers in; verdicts on a drawn sample, and their counts, out."""

import enum
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .records import BUILTIN, UNKNOWN, Answers, Call, Expr, File, Identity, Place

NOT_VISITED = "not visited"
NOT_ASKED = "file not read"
NO_CALLEE = "callee unknown"

Asked = TypeVar("Asked", Expr, Call)


class Outcome(enum.Enum):
    """How an answer compares with the oracle's. No answer at all is an unknown one."""

    SAME = enum.auto()
    DIFFERENT = enum.auto()
    UNKNOWN = enum.auto()


@dataclass(frozen=True, slots=True)
class Drawn(Generic[Asked]):
    """A question: an expression or a call of the oracle's, and the file it stands in."""

    file: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class Verdict:
    """`wanted` is the oracle's answer, `given` ours or the reason for there being none; `form` the form of syntax."""

    file: str
    place: Place
    origin: str
    form: str
    outcome: Outcome
    wanted: str
    given: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many questions had which outcome."""

    same: int
    different: int
    unknown: int

    @property
    def total(self) -> int:
        return self.same + self.different + self.unknown

    @property
    def known_share(self) -> float | None:
        """Of all questions, the part that was answered; None where none was asked."""
        return (self.same + self.different) / self.total if self.total else None

    @property
    def right_share(self) -> float | None:
        """Of the questions that were answered, the part answered rightly; None where none was."""
        known = self.same + self.different
        return self.same / known if known else None


def expressions(files: Iterable[File]) -> list[Drawn[Expr]]:
    """All expressions that have a type, in an order that does not depend on the oracle's."""
    ordered = sorted(files, key=lambda each: each.file)
    return [Drawn(each.file, expr) for each in ordered for expr in each.exprs if expr.kind != BUILTIN]


def calls(files: Iterable[File]) -> list[Drawn[Call]]:
    """All calls whose callee is known to the oracle, in an order that does not depend on the oracle's."""
    ordered = sorted(files, key=lambda each: each.file)
    return [Drawn(each.file, call) for each in ordered for call in each.calls]


def draw(population: Sequence[Drawn[Asked]], count: int, seed: int) -> list[Drawn[Asked]]:
    """`count` of the population by chance, the same ones for the same seed; all of it if `count` is 0 or too large."""
    if not 0 < count < len(population):
        return list(population)
    chosen = random.Random(seed).sample(range(len(population)), count)  # noqa: S311 - nothing is kept secret by it
    return [population[number] for number in sorted(chosen)]


def judge_expressions(drawn: Iterable[Drawn[Expr]], answers: Mapping[str, Answers]) -> list[Verdict]:
    """A verdict on each expression."""
    return [_judge_expression(each.file, each.asked, answers.get(each.file)) for each in drawn]


def _judge_expression(file: str, asked: Expr, answers: Answers | None) -> Verdict:
    place = asked.start, asked.end
    given = UNKNOWN + NOT_ASKED if answers is None else answers.exprs.get(place, UNKNOWN + NOT_VISITED)
    if given.startswith(UNKNOWN):
        outcome, given = Outcome.UNKNOWN, given.removeprefix(UNKNOWN)
    else:
        outcome = Outcome.SAME if given == asked.type else Outcome.DIFFERENT
    return Verdict(file, place, asked.origin, asked.syntax or asked.kind, outcome, asked.type, given)


def judge_calls(drawn: Iterable[Drawn[Call]], answers: Mapping[str, Answers]) -> list[Verdict]:
    """A verdict on each call."""
    return [_judge_call(each.file, each.asked, answers.get(each.file)) for each in drawn]


def _judge_call(file: str, asked: Call, answers: Answers | None) -> Verdict:
    place = asked.start, asked.end
    form = "method" if asked.receiver else "function"
    wanted = callee_string(asked.identity)
    if answers is None:
        return Verdict(file, place, asked.origin, form, Outcome.UNKNOWN, wanted, NOT_ASKED)
    given = answers.calls.get(place)
    if given is None:
        reason = NO_CALLEE if place in answers.calls else NOT_VISITED
        return Verdict(file, place, asked.origin, form, Outcome.UNKNOWN, wanted, reason)
    outcome = Outcome.SAME if given == asked.identity else Outcome.DIFFERENT
    return Verdict(file, place, asked.origin, form, outcome, wanted, callee_string(given))


def callee_string(callee: Identity) -> str:
    """`net/http.Get`, `(*os.File).Close`, `(io.Reader).Read`."""
    package, receiver, name = callee
    qualifier = f"{package}." if package else ""
    if not receiver:
        return qualifier + name
    pointer, inner = ("*", receiver[2:-1]) if receiver.startswith("(*") else ("", receiver)
    return f"({pointer}{qualifier}{inner}).{name}"


def tally(verdicts: Iterable[Verdict], origins: Sequence[str] = ()) -> Tally:
    """Counts of the verdicts whose origin is one of `origins`, or of all if there are none."""
    counts = Counter(each.outcome for each in verdicts if not origins or each.origin in origins)
    return Tally(counts[Outcome.SAME], counts[Outcome.DIFFERENT], counts[Outcome.UNKNOWN])
