"""Rules in, SARIF descriptors out: what a viewer shows of a rule, and of the tool's own notifications."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sarif_om as sarif

from goleaklint.model import Confidence, RuleInfo, Severity
from goleaklint.reports.sarif_text import pascal_case, plain_text, shortened, unwrapped

PROJECT_URI = "https://github.com/goleaklint/goleaklint"

# GitHub refuses longer ones.
_MAX_DESCRIPTION = 1024
_MAX_NAME = 255

# The message's id under which a result gives its function and its message as arguments.
MESSAGE_ID = "default"
_MESSAGE_FORMAT = "In '{0}': '{1}'."

# The first digit of a rule's id says what leaks.
_FAMILIES: Mapping[str, tuple[str, ...]] = {
    "1": ("concurrency", "goroutine-leak"),
    "2": ("concurrency", "goroutine-leak"),
    "3": ("concurrency", "memory-leak"),
    "4": ("resource-leak",),
    "5": ("memory-leak", "resource-leak"),
    "6": ("resource-leak", "goroutine-leak"),
    "7": ("memory-leak",),
    "9": ("suppression",),
}

_PRECISION: Mapping[Confidence, str] = {
    Confidence.HIGH: "high",
    Confidence.MEDIUM: "medium",
    Confidence.LOW: "low",
}

_PROBLEM_SEVERITY: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "recommendation",
}


# Rules whose leak somebody outside can bring about again and again, with the CVSS 3.1 base score of doing so. GitHub
# shows their findings as security alerts, and has one score for a rule. Where only some findings of a rule can be
# reached from outside there is no score: a response body (GL403) is mostly that of a request nobody outside asked for.
# The two scores: AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N with A:L, where what is held goes when the attacker does, or A:H.
_HELD, _LOST = "5.3", "7.5"
_SECURITY_SEVERITY: Mapping[str, str] = {
    "GL103": _HELD,  # a peer that falls silent holds a goroutine and a connection for as long as it stays connected
    "GL104": _HELD,  # who sends fast enough decides how many goroutines there are
    "GL106": _LOST,  # every request leaves a goroutine behind that outlives it, until memory is used up
    "GL108": _HELD,  # a client that sends its request slowly, or not at all, holds a goroutine
}
_SECURITY_TAGS = ("security", "external/cwe/cwe-400")


@dataclass(frozen=True, slots=True)
class NotificationKind:
    """What the tool says about itself. `remedy` tells what the user can do."""

    id: str
    name: str
    summary: str
    remedy: str
    severity: Severity


FILE_NOT_ANALYSED = NotificationKind(
    "GL900",
    "file-not-analysed",
    "A file, or a part of it, could not be analysed.",
    "Leaks in this file are not reported. Make it readable, valid UTF-8 and valid Go, or exclude it.",
    Severity.WARNING,
)
RULE_CRASHED = NotificationKind(
    "GL901",
    "rule-crashed",
    "A rule failed on a function; the other rules and functions were analysed.",
    "Leaks of this kind in this function are not reported. Please report the crash with the function's source.",
    Severity.WARNING,
)
REPORT_TRIMMED = NotificationKind(
    "GL904",
    "report-trimmed",
    "The report holds more than GitHub code scanning accepts and was cut.",
    "The most severe findings are kept. Analyse parts of the repository in runs of their own, or mend some findings.",
    Severity.WARNING,
)
NOTIFICATION_KINDS = (FILE_NOT_ANALYSED, RULE_CRASHED, REPORT_TRIMMED)


def rule_descriptors(rules: Iterable[RuleInfo]) -> list[sarif.ReportingDescriptor]:
    """One descriptor per rule, in the order given."""
    return [_rule_descriptor(rule) for rule in rules]


def notification_descriptors() -> list[sarif.ReportingDescriptor]:
    """One descriptor per kind of notification, in the order of `NOTIFICATION_KINDS`. GitHub wants them like rules."""
    return [_notification_descriptor(kind) for kind in NOTIFICATION_KINDS]


def _rule_descriptor(rule: RuleInfo) -> sarif.ReportingDescriptor:
    summary = shortened(plain_text(rule.summary), _MAX_DESCRIPTION)
    full = " ".join(plain_text(f"{rule.summary}\n\n{rule.why}").split())
    documentation = _documentation(rule)
    return sarif.ReportingDescriptor(
        id=rule.id,
        name=pascal_case(rule.name)[:_MAX_NAME],
        short_description=sarif.MultiformatMessageString(text=summary),
        full_description=sarif.MultiformatMessageString(text=shortened(full, _MAX_DESCRIPTION)),
        help=sarif.MultiformatMessageString(text=plain_text(documentation), markdown=unwrapped(documentation)),
        help_uri=f"{PROJECT_URI}/blob/main/rules/README.md#{rule.id.lower()}",
        default_configuration=sarif.ReportingConfiguration(level=rule.severity.value),
        message_strings={MESSAGE_ID: sarif.MultiformatMessageString(text=_MESSAGE_FORMAT)},
        properties=_properties(rule),
    )


def _properties(rule: RuleInfo) -> dict[str, str | list[str] | None]:
    score = _SECURITY_SEVERITY.get(rule.id)
    return {
        "tags": ["go", "leak", *_FAMILIES.get(rule.id[2:3], ()), *(_SECURITY_TAGS if score else ())],
        "precision": _PRECISION[rule.confidence],
        "problem.severity": _PROBLEM_SEVERITY[rule.severity],
        "security-severity": score,
    }


def _documentation(rule: RuleInfo) -> str:
    sections = (
        ("Why it leaks", rule.why),
        ("Leaks", rule.leaks),
        ("Fixed", rule.fixed),
        ("Not seen", rule.not_seen),
    )
    parts = [rule.summary, *(f"## {heading}\n\n{text.strip()}" for heading, text in sections if text.strip())]
    return "\n\n".join(parts)


def _notification_descriptor(kind: NotificationKind) -> sarif.ReportingDescriptor:
    text = f"{kind.summary} {kind.remedy}"
    return sarif.ReportingDescriptor(
        id=kind.id,
        name=pascal_case(kind.name),
        short_description=sarif.MultiformatMessageString(text=kind.summary),
        full_description=sarif.MultiformatMessageString(text=text),
        help=sarif.MultiformatMessageString(text=text, markdown=text),
        help_uri=f"{PROJECT_URI}/blob/main/rules/README.md#{kind.id.lower()}",
        default_configuration=sarif.ReportingConfiguration(level=kind.severity.value),
    )
