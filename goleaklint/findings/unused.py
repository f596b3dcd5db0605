"""Suppressions and all that the rules found in, GL902 out: comments that suppress nothing, or do not work at all."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from goleaklint.findings.rule_names import denoted, suggestion
from goleaklint.findings.selection import Choice, applies
from goleaklint.findings.suppressions import covers
from goleaklint.findings.tool_rules import TOOL_RULES, UNUSED_SUPPRESSION
from goleaklint.model import Finding, RuleInfo, Span, Suppression
from goleaklint.syntax.directives import DirectiveMistake

# Findings hold no brackets or braces in their message; a glob in a comment may.
_PLAIN = str.maketrans("[]{}", "()()")


def unused(
    suppressions: Iterable[Suppression], found: Sequence[Finding], choice: Choice, rules: Mapping[str, RuleInfo]
) -> list[Finding]:
    """One finding for each comment of which a part suppresses nothing, or names no rule there is.

    `rules` holds every rule there is, by id, whether it ran or not, those about the tool itself too. `found` is
    everything the rules found, also what the user is not shown: a comment that suppresses a hidden note is in use.
    A rule that was not selected cannot tell, so nothing is said of it; nor of general comments (`//nolint`), nor of
    rules about the tool itself, whose findings are made after these.
    """
    by_path: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_path[finding.span.path].append(finding)
    by_comment: dict[Span, list[Suppression]] = {}
    for suppression in suppressions:
        if not suppression.general:
            by_comment.setdefault(suppression.span, []).append(suppression)
    results: list[Finding] = []
    for span, parts in by_comment.items():
        complaints = _complaints(parts, by_path.get(span.path, ()), choice, rules)
        if complaints:
            results.append(_finding(span, " ".join(complaints)))
    return results


def malformed(mistakes: Iterable[DirectiveMistake]) -> list[Finding]:
    """One finding for each comment that means to suppress something and does not."""
    return [_finding(mistake.span, f"This comment suppresses nothing: {mistake.message}.") for mistake in mistakes]


def _complaints(
    parts: Sequence[Suppression], found: Sequence[Finding], choice: Choice, rules: Mapping[str, RuleInfo]
) -> list[str]:
    hits = {finding.rule for finding in found if any(covers(part, finding, rules) for part in parts)}
    path, references = parts[0].span.path, parts[0].rules
    if not references:
        judged = not hits and all(applies(rule, path, choice) for rule in rules if rule not in TOOL_RULES)
        return ["This comment suppresses nothing: no rule finds anything here."] if judged else []
    meant = {reference: denoted(reference, rules) for reference in references}
    idle = [reference for reference, ids in meant.items() if ids and _is_idle(ids, hits, choice, path)]
    unknown = [reference for reference, ids in meant.items() if not ids]
    return [*_say_idle(idle, len(meant)), *_say_unknown(unknown, rules, has_reason=bool(parts[0].reason))]


def _is_idle(ids: frozenset[str], hits: set[str], choice: Choice, path: str) -> bool:
    if ids & hits:
        return False
    return all(rule not in TOOL_RULES and applies(rule, path, choice) for rule in ids)


def _say_idle(idle: Sequence[str], of: int) -> list[str]:
    if not idle:
        return []
    what = "This comment suppresses nothing" if len(idle) == of else "A part of this comment suppresses nothing"
    return [f"{what}: {_listed(idle)} {'finds' if len(idle) == 1 else 'find'} nothing here."]


def _say_unknown(unknown: Sequence[str], rules: Mapping[str, RuleInfo], *, has_reason: bool) -> list[str]:
    if not unknown:
        return []
    hint = "." if has_reason else "; the reason stands after two dashes."
    return [f"There is no such rule as {_listed(unknown)}{suggestion(unknown[0], rules) or hint}"]


def _listed(references: Sequence[str]) -> str:
    *most, last = references
    return f"{', '.join(most)} and {last}" if most else last


def _finding(span: Span, message: str) -> Finding:
    rule = UNUSED_SUPPRESSION
    mend = "Delete the comment, or correct what it names."
    message = message.translate(_PLAIN)
    return Finding(rule.id, message, span, rule.severity, rule.confidence, package="", function="", mend=mend)
