"""Findings in, SARIF results out: message with links, places, the path of each goroutine, fixes and suppressions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import sarif_om as sarif

from goleaklint.model import Finding, Fix, Span, Step, StepKind, Suppression
from goleaklint.reports.escape import encodable
from goleaklint.reports.sarif_places import Places, exact_region
from goleaklint.reports.sarif_rules import MESSAGE_ID
from goleaklint.reports.sarif_text import harmless, message_text

# GitHub rejects a file with a longer path in it.
MAX_STEPS = 10_000
# A message with more links is not read; the code flow has all steps.
_MAX_RELATED = 10


@dataclass(frozen=True, slots=True)
class Reported:
    """A finding with its fingerprint; `suppression` is the comment that says to leave it out.

    `baseline_state` is SARIF's word for whether it is new, where the run was compared with a baseline; else empty.
    """

    finding: Finding
    fingerprint: str
    suppression: Suppression | None = None
    baseline_state: str = ""


def result(reported: Reported, places: Places, rule_index: int, *, with_suppressions: bool) -> sarif.Result:
    """The result for a finding. Either all results of a run say whether they are suppressed or none does."""
    finding = reported.finding
    related = _related(finding)
    return sarif.Result(
        rule_id=finding.rule,
        rule_index=rule_index,
        kind="fail",
        level=finding.severity.value,
        message=_message(finding, related),
        locations=[_location(finding, places)],
        related_locations=_related_locations(related, places) or None,
        code_flows=_code_flows(finding, places) or None,
        fixes=[_fix(fix, places) for fix in finding.fixes if fix.edits] or None,
        partial_fingerprints=_fingerprints(reported, places),
        suppressions=_suppressions(reported.suppression, places) if with_suppressions else None,
        baseline_state=reported.baseline_state or None,
        properties={
            "confidence": finding.confidence.value,
            "package": encodable(finding.package) or None,
            "resource": encodable(finding.resource) or None,
        },
    )


def longest_path(steps: Sequence[Step]) -> Sequence[Step]:
    """The steps, without those in the middle where there are more than GitHub takes: a leak shows at both ends."""
    if len(steps) <= MAX_STEPS:
        return steps
    half = MAX_STEPS // 2
    return (*steps[:half], *steps[-half:])


def _message(finding: Finding, related: Sequence[Step]) -> sarif.Message:
    said = message_text(finding.message)
    links = ", ".join(_link(number, step, finding.span) for number, step in enumerate(related, 1))
    mend = message_text(finding.mend[:1].upper() + finding.mend[1:])  # begins with a verb, never with a name
    sentences = (said, mend, f"See {links}." if links else "")
    return sarif.Message(
        text=" ".join(sentence for sentence in sentences if sentence),
        id=MESSAGE_ID,
        arguments=[harmless(finding.function or finding.package), said.removesuffix(".")],
    )


def _link(number: int, step: Step, primary: Span) -> str:
    line = step.span.line
    if step.span.path == primary.path:
        return f"[line {line}]({number})"
    name = step.span.path.rsplit("/", 1)[-1]
    return f"[{harmless(name)}:{line}]({number})"


def _related(finding: Finding) -> list[Step]:
    """The steps worth a link: each line once, without the finding's own."""
    lines: dict[tuple[str, int], Step] = {}
    for step in finding.steps:
        lines.setdefault((step.span.path, step.span.line), step)
    lines.pop((finding.span.path, finding.span.line), None)
    return list(lines.values())[:_MAX_RELATED]


def _related_locations(related: Iterable[Step], places: Places) -> list[sarif.Location]:
    return [
        sarif.Location(
            id=number,
            physical_location=places.step(step.span),
            message=sarif.Message(text=message_text(step.message)),
        )
        for number, step in enumerate(related, 1)
    ]


def _location(finding: Finding, places: Places) -> sarif.Location:
    name = encodable(finding.function)
    logical = sarif.LogicalLocation(
        name=name, fully_qualified_name=encodable(f"{finding.package}.{finding.function}"), kind="function"
    )
    return sarif.Location(physical_location=places.primary(finding.span), logical_locations=[logical] if name else None)


def _code_flows(finding: Finding, places: Places) -> list[sarif.CodeFlow]:
    """One flow with a thread flow per goroutine; the steps' order across goroutines is in their execution order."""
    if not finding.steps:
        return []
    ordered = list(enumerate(longest_path(finding.steps), 1))
    # Sorting is stable: within a goroutine the steps keep their order.
    by_thread = groupby(sorted(ordered, key=lambda item: item[1].thread), key=lambda item: item[1].thread)
    flows = [_thread_flow(thread, list(steps), places) for thread, steps in by_thread]
    return [sarif.CodeFlow(thread_flows=flows)]


def _thread_flow(thread: int, steps: Sequence[tuple[int, Step]], places: Places) -> sarif.ThreadFlow:
    levels = _nesting_levels([step for _, step in steps])
    return sarif.ThreadFlow(
        id=f"goroutine-{thread}",
        message=sarif.Message(text="The reported function." if thread == 0 else f"Goroutine {thread}."),
        locations=[
            sarif.ThreadFlowLocation(
                location=sarif.Location(
                    physical_location=places.step(step.span),
                    message=sarif.Message(text=message_text(step.message)),
                ),
                kinds=["acquire", "resource"] if step.kind is StepKind.ACQUIRE else [step.kind.value],
                importance="essential" if step.kind is StepKind.BLOCKED else "important",
                execution_order=order,
                nesting_level=level,
            )
            for (order, step), level in zip(steps, levels, strict=True)
        ],
    )


def _nesting_levels(steps: Iterable[Step]) -> Iterator[int]:
    """How many calls deep each step is: a call is entered by the step after it, and left after an exit."""
    level = 0
    for step in steps:
        yield level
        if step.kind is StepKind.CALL:
            level += 1
        elif step.kind is StepKind.EXIT:
            level = max(0, level - 1)


def _fix(fix: Fix, places: Places) -> sarif.Fix:
    edits = sorted(fix.edits, key=lambda edit: edit.span)
    changes = [
        sarif.ArtifactChange(
            artifact_location=places.artifact(path),
            replacements=[
                sarif.Replacement(
                    deleted_region=exact_region(edit.span),
                    inserted_content=sarif.ArtifactContent(text=edit.text) if edit.text else None,
                )
                for edit in of_file
            ],
        )
        for path, of_file in groupby(edits, key=lambda edit: edit.span.path)
    ]
    description = sarif.Message(text=message_text(fix.description)) if fix.description else None
    return sarif.Fix(artifact_changes=changes, description=description, properties={"safe": fix.safe})


def _fingerprints(reported: Reported, places: Places) -> dict[str, str | None]:
    return {
        "primaryLocationLineHash": places.line_hash(reported.finding.span),
        "goleaklint/v1": reported.fingerprint,
    }


def _suppressions(suppression: Suppression | None, places: Places) -> list[sarif.Suppression]:
    if suppression is None:
        return []
    return [
        sarif.Suppression(
            kind="inSource",
            state="accepted",
            justification=encodable(suppression.reason) or None,
            location=sarif.Location(physical_location=places.step(suppression.span)),
        )
    ]
