"""All that the rules found in, what the user is shown out: the steps between, in their order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from goleaklint.findings.duplicates import merged
from goleaklint.findings.order import in_order, report_order
from goleaklint.findings.precedence import one_per_defect
from goleaklint.findings.reported import touches, touching
from goleaklint.findings.selection import Choice, selected
from goleaklint.findings.suppressions import suppress
from goleaklint.findings.unexplained import unexplained
from goleaklint.findings.unused import malformed, unused
from goleaklint.model import Finding, RuleInfo, Suppression
from goleaklint.syntax.directives import DirectiveMistake


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is left to report, in report order, and what was suppressed by which comment, in the same order.

    `known` are findings that are left out because they are nothing new (`baseline.py`).
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[tuple[Finding, Suppression], ...]
    known: tuple[Finding, ...] = ()

    @property
    def every_finding(self) -> tuple[Finding, ...]:
        """The findings, the suppressed ones and the known ones, in the order in which reports hold fingerprints."""
        return (*self.findings, *(finding for finding, _ in self.suppressed), *self.known)


def finish(
    found: Sequence[Finding],
    suppressions: Sequence[Suppression],
    mistakes: Iterable[DirectiveMistake],
    choice: Choice,
    rules: Mapping[str, RuleInfo],
    is_reported: Callable[[str], bool],
) -> Outcome:
    """What of `found` the user is to see, with what there is to say about the suppressions themselves.

    `found` has to hold hidden findings too (notes, low confidence), so that comments which suppress them count as used.
    Precedence comes after selection, so that a hidden finding never hides a visible one; suppression comes after
    precedence, so that suppressing a defect does not bring up its weaker name. `rules` holds every rule there is, by
    id, whether it ran or not, those of `tool_rules` too. `is_reported` answers for paths as they stand in spans.
    """
    kept = selected(found, choice, rules)
    kept = one_per_defect(kept)
    kept = merged(kept)
    kept, suppressed = suppress(kept, suppressions, rules)
    kept += _about_suppressions(found, suppressions, mistakes, choice, rules)
    kept = touching(kept, is_reported)
    pairs = [pair for pair in suppressed if touches(pair[0], is_reported)]
    return Outcome(tuple(in_order(kept)), tuple(sorted(pairs, key=lambda pair: report_order(pair[0]))))


def _about_suppressions(
    found: Sequence[Finding],
    suppressions: Sequence[Suppression],
    mistakes: Iterable[DirectiveMistake],
    choice: Choice,
    rules: Mapping[str, RuleInfo],
) -> list[Finding]:
    """GL902 and GL903; only a comment for the whole file can suppress them, else each would excuse itself."""
    about = [*unused(suppressions, found, choice, rules), *malformed(mistakes), *unexplained(suppressions)]
    whole_file = [suppression for suppression in suppressions if suppression.whole_file]
    kept, _ = suppress(selected(about, choice, rules), whole_file, rules)
    return kept
