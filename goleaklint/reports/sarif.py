"""A report in, one SARIF 2.1.0 log with one run out, as GitHub code scanning and the SARIF validators want it.

The text depends on sources, settings and repository only: it holds no times, no machine paths and no arguments.
"""

import os
import re
import zlib
from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

import sarif_om as sarif

from goleaklint.model import Confidence, Notification, Severity
from goleaklint.reports.escape import encodable
from goleaklint.reports.fingerprints import fingerprints
from goleaklint.reports.provenance import Provenance, analysed_part, read_provenance
from goleaklint.reports.report import Report
from goleaklint.reports.sarif_json import to_json
from goleaklint.reports.sarif_places import SOURCE_ROOT, Places
from goleaklint.reports.sarif_results import MAX_STEPS, Reported, result
from goleaklint.reports.sarif_rules import (
    NOTIFICATION_KINDS,
    PROJECT_URI,
    REPORT_TRIMMED,
    notification_descriptors,
    rule_descriptors,
)
from goleaklint.reports.sarif_text import message_text

SCHEMA_URI = "https://json.schemastore.org/sarif-2.1.0.json"

# GitHub rejects a file with more results in a run, and one that is larger when it is packed.
MAX_RESULTS = 25_000
MAX_PACKED_BYTES = 10_000_000

_SEVERITIES = tuple(Severity)
_CONFIDENCES = tuple(Confidence)
_SEMANTIC_VERSION = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?")


def render(report: Report, *, include_suppressed: bool = False, category: str = "") -> str:
    """The SARIF text of a report, with a newline at its end.

    Of one commit GitHub keeps one analysis for each `category`; without one it is named after the module.

    Suppressed findings are left out unless asked for: GitHub shows them as if they were not suppressed.
    """
    provenance = read_provenance(report.cwd)
    everything = _reported(report)
    wanted = [one for one in everything if include_suppressed or one.suppression is None]
    most = MAX_RESULTS
    while True:
        kept = _most_severe(wanted, most)
        text = _text(report, kept, len(wanted), provenance, category, include_suppressed=include_suppressed)
        size = _packed_size(text)
        if size <= MAX_PACKED_BYTES or not kept:
            return text
        # What is not results counts, too, so a tenth less than their share; at least one goes each round.
        most = min(len(kept) - 1, len(kept) * MAX_PACKED_BYTES * 9 // (size * 10))


def _text(
    report: Report,
    kept: Sequence[Reported],
    wanted: int,
    provenance: Provenance,
    category: str,
    *,
    include_suppressed: bool,
) -> str:
    """The SARIF text with the results that are kept out of as many as are wanted."""
    # Places lists the files that it was asked for: those of the results that are kept.
    places = Places(report.sources, report.cwd, provenance.root)
    notifications = (*report.notifications, *_trimmed(wanted - len(kept), kept))
    rules = sorted(report.rules)
    index = {rule: at for at, rule in enumerate(rules)}
    results = [result(one, places, index[one.finding.rule], with_suppressions=include_suppressed) for one in kept]
    run = sarif.Run(
        tool=_tool(report, rules),
        results=results,
        invocations=[_invocation(notifications, places, provenance, report)],
        automation_details=sarif.RunAutomationDetails(id=_automation_id(category, report, provenance)),
        column_kind="utf16CodeUnits",
        default_encoding="utf-8",
        original_uri_base_ids={SOURCE_ROOT: _source_root(provenance)},
        version_control_provenance=_version_control(provenance) or None,
        artifacts=places.artifacts(),
    )
    return to_json(sarif.SarifLog(version="2.1.0", schema_uri=SCHEMA_URI, runs=[run]))


def _packed_size(text: str) -> int:
    """How many bytes GitHub is sent, or fewer than it takes: what is small unpacked need not be packed to know."""
    data = text.encode()
    return len(data) if len(data) <= MAX_PACKED_BYTES else len(zlib.compress(data))


def _reported(report: Report) -> list[Reported]:
    """All findings with their fingerprints, and what became of them since the baseline, in report order."""
    findings = report.every_finding
    suppressions = (
        *(None for _ in report.findings),
        *(suppression for _, suppression in report.suppressed),
        *(None for _ in report.known),
    )
    named = report.fingerprints or fingerprints(findings, report.sources)
    new = "new" if report.compared else ""
    states = (new,) * (len(findings) - len(report.known)) + ("unchanged",) * len(report.known)
    return [Reported(*one) for one in zip(findings, named, suppressions, states, strict=True)]


def _most_severe(wanted: Sequence[Reported], most: int) -> Sequence[Reported]:
    """At most as many results, in report order: the most severe and most certain ones."""
    if len(wanted) <= most:
        return wanted
    ranked = sorted(range(len(wanted)), key=lambda at: _rank(wanted[at]))
    return [wanted[at] for at in sorted(ranked[:most])]


def _rank(one: Reported) -> tuple[bool, int, int]:
    finding = one.finding
    return (
        one.suppression is not None or one.baseline_state == "unchanged",
        _SEVERITIES.index(finding.severity),
        _CONFIDENCES.index(finding.confidence),
    )


def _trimmed(left_out: int, kept: Sequence[Reported]) -> list[Notification]:
    said = []
    if left_out:
        limits = f"{MAX_RESULTS} in a run, and {MAX_PACKED_BYTES // 1_000_000} MB when packed"
        said.append(f"Findings left out, the least severe ones: {left_out}. GitHub takes {limits}.")
    cut = sum(len(one.finding.steps) > MAX_STEPS for one in kept)
    if cut:
        said.append(f"Findings whose path is cut in the middle: {cut}. GitHub takes {MAX_STEPS} steps.")
    return [Notification(REPORT_TRIMMED.id, text) for text in said]


def _automation_id(category: str, report: Report, provenance: Provenance) -> str:
    """What stands before the last slash is the category, so there has to be one."""
    name = category.strip("/") or f"goleaklint/{analysed_part(report.cwd, provenance.root)}"
    return f"{encodable(name)}/"


def _tool(report: Report, rules: Sequence[str]) -> sarif.Tool:
    version = report.tool_version
    driver = sarif.ToolComponent(
        name="goleaklint",
        full_name=f"goleaklint {version}",
        version=version,
        semantic_version=version if _SEMANTIC_VERSION.fullmatch(version) else None,
        information_uri=PROJECT_URI,
        # Deterministic, and of a version that the schema admits.
        guid=str(uuid5(NAMESPACE_URL, PROJECT_URI)),
        short_description=sarif.MultiformatMessageString(
            text="Finds goroutines that never end, resources never given back and memory never let go in Go source."
        ),
        rules=rule_descriptors(report.rules[rule] for rule in rules),
        notifications=notification_descriptors(),
    )
    return sarif.Tool(driver=driver)


def _invocation(
    notifications: Sequence[Notification], places: Places, provenance: Provenance, report: Report
) -> sarif.Invocation:
    """What the tool has to say of itself. A file it could not read is no failure: GitHub refuses failed runs."""
    return sarif.Invocation(
        execution_successful=True,
        tool_execution_notifications=[
            _notification(one, places, machine_paths=(str(report.cwd), str(provenance.root))) for one in notifications
        ],
    )


def _notification(one: Notification, places: Places, machine_paths: Sequence[str]) -> sarif.Notification:
    at = next((at for at, kind in enumerate(NOTIFICATION_KINDS) if kind.id == one.rule), None)
    text = one.message
    for path in machine_paths:
        # Messages of the operating system name files in full.
        text = text.replace(path.rstrip("/\\") + os.sep, "")
    return sarif.Notification(
        message=sarif.Message(text=message_text(text)),
        descriptor=None if at is None else sarif.ReportingDescriptorReference(id=one.rule, index=at),
        level=(Severity.WARNING if at is None else NOTIFICATION_KINDS[at].severity).value,
        locations=[sarif.Location(physical_location=places.line(one.path, one.line))] if one.path else None,
    )


def _source_root(provenance: Provenance) -> sarif.ArtifactLocation:
    """The base of all URIs; a description stands for the URI, which would be a path of this machine."""
    what = "The root of the repository" if provenance.repository_uri else "The directory that was analysed"
    return sarif.ArtifactLocation(description=sarif.Message(text=f"{what}."))


def _version_control(provenance: Provenance) -> list[sarif.VersionControlDetails]:
    # The repository's address is required: without a remote there is nothing to say.
    if not provenance.repository_uri:
        return []
    return [
        sarif.VersionControlDetails(
            repository_uri=provenance.repository_uri,
            revision_id=provenance.revision or None,
            branch=provenance.branch or None,
            mapped_to=sarif.ArtifactLocation(uri_base_id=SOURCE_ROOT),
        )
    ]
