"""Findings in, those the user asked for out: select, ignore, rules ignored in some paths, and `--pedantic`."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from goleaklint.model import Confidence, Finding, RuleInfo, Severity

_CONFIDENCES = tuple(Confidence)


class Choice(Protocol):
    """What the user wants to see, as these steps ask for it; the settings of a run answer (`config.Config`).

    `select` holds ids and starts of ids; it is empty where the user named none. `confidence` is the lowest that is
    shown; None where the user did not say.
    """

    @property
    def select(self) -> tuple[str, ...]: ...

    @property
    def pedantic(self) -> bool: ...

    @property
    def confidence(self) -> Confidence | None: ...

    def selects(self, rule: str) -> bool:
        """Reports whether findings of the rule of this id are wanted."""
        ...

    def ignores_at(self, rule: str, path: str) -> bool:
        """Reports whether findings of this rule are to be left out in the file at `path`, as it stands in spans."""
        ...


def selected(findings: Sequence[Finding], choice: Choice, rules: Mapping[str, RuleInfo]) -> list[Finding]:
    """The findings the user wants.

    Without `pedantic`, low confidence (unless `confidence` says otherwise) and notes stay hidden; but a rule that is a
    note by nature shows its notes where it was selected by its very id: whoever asks for it by name wants to see it.
    `rules` holds every rule by id.
    """
    return [
        finding
        for finding in findings
        if applies(finding.rule, finding.span.path, choice) and not _is_hidden(finding, choice, rules)
    ]


def applies(rule: str, path: str, choice: Choice) -> bool:
    """Reports whether the user wants findings of a rule in the file at `path` at all."""
    return choice.selects(rule) and not choice.ignores_at(rule, path)


def _is_hidden(finding: Finding, choice: Choice, rules: Mapping[str, RuleInfo]) -> bool:
    lowest = choice.confidence or (Confidence.LOW if choice.pedantic else Confidence.MEDIUM)
    if _CONFIDENCES.index(finding.confidence) > _CONFIDENCES.index(lowest):
        return True
    if choice.pedantic:
        return False
    by_nature = finding.rule in rules and rules[finding.rule].severity == Severity.NOTE
    return finding.severity == Severity.NOTE and not (by_nature and finding.rule in choice.select)
