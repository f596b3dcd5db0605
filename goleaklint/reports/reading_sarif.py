"""SARIF that goleaklint wrote in, its findings out; what of SARIF goleaklint never writes is not looked at."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

import msgspec

from goleaklint.model import Confidence, Edit, Finding, Fix, Notification, Severity, Span, Step, StepKind, Suppression
from goleaklint.reports.old_report import ForeignReportError, OldReport, Written, made_up_span

_FROM_HARMLESS = str.maketrans("\uff5b\uff5d\uff3b\uff3d", "{}[]")
_LINKS = re.compile(r" ?See \[[^\]]+\]\(1\).*\Z", re.DOTALL)


class _Struct(msgspec.Struct, frozen=True, rename="camel"):
    """Camel case outside, snake case inside."""


class _Message(_Struct, frozen=True):
    text: str = ""
    arguments: tuple[str, ...] = ()


class _Artifact(_Struct, frozen=True):
    uri: str


class _Region(_Struct, frozen=True):
    start_line: int = 0
    start_column: int = 1
    end_line: int = 0
    end_column: int = 1


class _Physical(_Struct, frozen=True):
    artifact_location: _Artifact
    region: _Region = _Region()


class _Logical(_Struct, frozen=True):
    name: str = ""


class _Location(_Struct, frozen=True):
    physical_location: _Physical
    message: _Message = _Message()
    logical_locations: tuple[_Logical, ...] = ()


class _FlowLocation(_Struct, frozen=True):
    location: _Location
    kinds: tuple[str, ...] = ()
    execution_order: int = 0


class _ThreadFlow(_Struct, frozen=True):
    id: str
    locations: tuple[_FlowLocation, ...]


class _CodeFlow(_Struct, frozen=True):
    thread_flows: tuple[_ThreadFlow, ...]


class _Replacement(_Struct, frozen=True):
    deleted_region: _Region
    inserted_content: _Message = _Message()


class _Change(_Struct, frozen=True):
    artifact_location: _Artifact
    replacements: tuple[_Replacement, ...]


class _FixProperties(_Struct, frozen=True):
    safe: bool = True


class _Fix(_Struct, frozen=True):
    artifact_changes: tuple[_Change, ...]
    description: _Message = _Message()
    properties: _FixProperties = _FixProperties()


class _Suppression(_Struct, frozen=True):
    location: _Location
    justification: str = ""


class _Properties(_Struct, frozen=True):
    confidence: Confidence
    resource: str = ""
    package: str = ""


class _Result(_Struct, frozen=True):
    rule_id: str
    level: Severity
    message: _Message
    locations: tuple[_Location, ...]
    partial_fingerprints: dict[str, str]
    properties: _Properties
    code_flows: tuple[_CodeFlow, ...] = ()
    fixes: tuple[_Fix, ...] = ()
    suppressions: tuple[_Suppression, ...] = ()
    baseline_state: str = ""


class _Reference(_Struct, frozen=True):
    id: str = ""


class _Notification(_Struct, frozen=True):
    message: _Message
    descriptor: _Reference = _Reference()
    locations: tuple[_Location, ...] = ()


class _Invocation(_Struct, frozen=True):
    tool_execution_notifications: tuple[_Notification, ...] = ()


class _Driver(_Struct, frozen=True):
    name: str
    version: str = ""


class _Tool(_Struct, frozen=True):
    driver: _Driver


class _Run(_Struct, frozen=True):
    tool: _Tool
    results: tuple[_Result, ...] = ()
    invocations: tuple[_Invocation, ...] = ()


class _OnlyTool(_Struct, frozen=True):
    tool: _Tool


class _Tools(_Struct, frozen=True):
    runs: tuple[_OnlyTool, ...]


class _Log(_Struct, frozen=True):
    runs: tuple[_Run, ...]


def from_sarif(data: bytes, shown: Callable[[str], str]) -> OldReport:
    """What a SARIF log says; `shown` makes a path from a URI. Raises ForeignReportError and msgspec.DecodeError."""
    tools = [run.tool.driver for run in msgspec.json.decode(data, type=_Tools).runs]
    if len(tools) != 1 or tools[0].name != "goleaklint":
        names = ", ".join(tool.name for tool in tools) or "no tool"
        raise ForeignReportError(f"is SARIF of {names}; what can be read is one run of goleaklint")
    (run,) = msgspec.json.decode(data, type=_Log).runs
    reader = _Reader(shown)
    said = (note for invocation in run.invocations for note in invocation.tool_execution_notifications)
    return OldReport(
        version=tools[0].version,
        written=tuple(reader.written(each) for each in run.results if each.baseline_state != "absent"),
        notifications=tuple(map(reader.notification, said)),
        statistics=None,
        compared=any(each.baseline_state for each in run.results),
    )


class _Reader:
    def __init__(self, shown: Callable[[str], str]) -> None:
        self._shown = shown

    def written(self, result: _Result) -> Written:
        if not result.locations or "goleaklint/v1" not in result.partial_fingerprints:
            raise ForeignReportError(f"has a result of {result.rule_id} without location or fingerprint")
        place = result.locations[0]
        message, mend = _sentences(result.message)
        finding = Finding(
            rule=result.rule_id,
            message=message,
            span=self._span(place.physical_location),
            severity=result.level,
            confidence=result.properties.confidence,
            package=result.properties.package,
            function=place.logical_locations[0].name if place.logical_locations else "",
            steps=tuple(self._steps(result.code_flows)),
            mend=mend,
            resource=result.properties.resource,
            fixes=tuple(map(self._fix, result.fixes)),
        )
        suppression = next((self._suppression(each, finding) for each in result.suppressions), None)
        fingerprint = result.partial_fingerprints["goleaklint/v1"]
        return Written(finding, fingerprint, known=result.baseline_state == "unchanged", suppression=suppression)

    def notification(self, note: _Notification) -> Notification:
        place = note.locations[0].physical_location if note.locations else None
        text = _plain(note.message.text)
        if place is None:
            return Notification(note.descriptor.id, text)
        return Notification(note.descriptor.id, text, self._path(place.artifact_location), place.region.start_line)

    def _steps(self, flows: tuple[_CodeFlow, ...]) -> Iterator[Step]:
        """The steps in the order in which they happen, over all goroutines."""
        found: list[tuple[int, Step]] = []
        for thread in (thread for flow in flows for thread in flow.thread_flows):
            number = int(thread.id.rpartition("-")[2])
            for each in thread.locations:
                kind = StepKind(each.kinds[0]) if each.kinds else StepKind.OTHER
                message = _plain(each.location.message.text)
                step = Step(self._span(each.location.physical_location), message, kind, number)
                found.append((each.execution_order, step))
        return (step for _, step in sorted(found, key=lambda item: item[0]))

    def _fix(self, fix: _Fix) -> Fix:
        edits = tuple(
            Edit(self._region(change.artifact_location, each.deleted_region), each.inserted_content.text)
            for change in fix.artifact_changes
            for each in change.replacements
        )
        return Fix(_plain(fix.description.text), edits, fix.properties.safe)

    def _suppression(self, suppression: _Suppression, finding: Finding) -> Suppression:
        span = self._span(suppression.location.physical_location)
        line = finding.span.line
        return Suppression(span, "", (finding.rule,), suppression.justification, line, line)

    def _span(self, place: _Physical) -> Span:
        return self._region(place.artifact_location, place.region)

    def _region(self, artifact: _Artifact, region: _Region) -> Span:
        end_line = region.end_line or region.start_line
        return made_up_span(self._path(artifact), region.start_line, region.start_column, end_line, region.end_column)

    def _path(self, artifact: _Artifact) -> str:
        return self._shown(unquote(artifact.uri, errors="surrogateescape"))


def _sentences(message: _Message) -> tuple[str, str]:
    """What is wrong, and how to mend it: the text without its links, cut behind what the arguments repeat of it."""
    said = message.arguments[1] if len(message.arguments) > 1 else message.text
    rest = _LINKS.sub("", message.text.removeprefix(said).lstrip(".").strip())
    return _plain(said, stop=". " in said), _plain(rest)


def _plain(text: str, *, stop: bool = False) -> str:
    """Text as it was before it was made harmless; what is one sentence has no full stop in most messages."""
    plain = text.translate(_FROM_HARMLESS).removesuffix(".")
    return f"{plain}." if stop or ". " in plain else plain
