"""The report people read in a terminal: a report in, each finding with its source, its path and its remedy out."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache

from goleaklint.files.text import SourceText
from goleaklint.model import Confidence, Finding, Notification, Severity, Span
from goleaklint.reports.columns import width as width_of
from goleaklint.reports.columns import wrap
from goleaklint.reports.escape import visible
from goleaklint.reports.frame import excerpt, frame
from goleaklint.reports.paint import Paint
from goleaklint.reports.report import Report

# Below the first number nothing can be laid out; above the second, prose is tiring to read.
_NARROWEST = 40
_WIDEST_PROSE = 100
# Findings come ordered by file; a path leads through few others.
_FILES_AT_HAND = 16

_Sources = Callable[[str], SourceText | None]


def render(report: Report, *, color: bool = False, width: int = 80) -> str:
    """The findings and, as the last line, the summary. No line is wider than `width`, except for paths that are."""
    paint = Paint(color)
    sources = _sources(report)
    explained: set[str] = set()
    blocks: list[str] = []
    for finding in report.findings:
        rule = report.rules.get(finding.rule)
        sections = _sections(finding, rule.name if rule else "", sources, paint, max(width, _NARROWEST))
        remedy = list(_remedy(finding.mend, paint, _prose(width)))
        if finding.rule not in explained:
            explained.add(finding.rule)
            remedy.append(f"  {paint.faint('More:')} goleaklint rule {visible(finding.rule)}")
        blocks += ["".join(f"{line}\n" for line in section) for section in (*sections, remedy) if section]
    return "\n".join([*blocks, f"{summary(report)}\n"])


def summary(report: Report) -> str:
    """One line: how many findings of which level, in how many of the files (`statistics["files"]`) that were read."""
    found = len(report.findings)
    levels = Counter(finding.severity for finding in report.findings)
    parts = ", ".join(_count(levels[level], level.value) for level in Severity if levels[level])
    touched = len({finding.span.path for finding in report.findings})
    read = report.statistics.get("files")
    text = f"{_count(found, 'finding')} ({parts})" if found else "No findings"
    if read is not None:
        text += f" in {touched} of {_count(read, 'file')}" if found else f" in {_count(read, 'file')}"
    elif found:
        text += f" in {_count(touched, 'file')}"
    if report.suppressed:
        text += f", {len(report.suppressed)} suppressed"
    if report.notifications:
        text += f", {_count(len(report.notifications), 'problem')}"
    return text


def notifications(report: Report, *, color: bool = False, width: int = 80) -> str:
    """What the tool could not do, for standard error; empty if it could do everything."""
    if not report.notifications:
        return ""
    paint = Paint(color)
    prose = _prose(width)
    lines = [paint.strong(f"{_count(len(report.notifications), 'problem')} kept goleaklint from seeing everything:")]
    for note in report.notifications:
        lines += _placed("  - ", _place(note), f"{note.rule} {note.message}", paint, prose)
    return "".join(f"{line}\n" for line in lines)


def _sources(report: Report) -> _Sources:
    @lru_cache(maxsize=_FILES_AT_HAND)
    def source(path: str) -> SourceText | None:
        try:
            return report.sources(path)
        except OSError:
            return None

    return source


def _sections(finding: Finding, name: str, sources: _Sources, paint: Paint, width: int) -> Iterator[list[str]]:
    """What is wrong, where it stands, how it comes about; the last two may be empty."""
    unsure = " (low confidence)" if finding.confidence is Confidence.LOW else ""
    message = wrap(finding.message + unsure, _prose(width) - 2)
    yield [*_header(finding, name, paint, width), *(f"  {line}" for line in message)]
    text = sources(finding.span.path)
    shown = frame(text, finding.span, finding.severity, paint, width - 2) if text else []
    yield [f"  {line}" for line in shown]
    yield list(_steps(finding, sources, paint, width))


def _remedy(mend: str, paint: Paint, width: int) -> Iterator[str]:
    label = "Mend:"
    for at, line in enumerate(wrap(mend, width - len(label) - 3)):
        yield f"  {paint.remedy(label) if at == 0 else ' ' * len(label)} {line}"


def _header(finding: Finding, name: str, paint: Paint, width: int) -> Iterator[str]:
    place = f"{visible(finding.span.path)}:{finding.span.line}:{finding.span.column}:"
    rule = visible(f"{finding.rule} {name}".rstrip())
    colored = f"{paint.level(finding.severity, finding.severity)} {paint.strong(rule)}"
    if width_of(f"{place} {finding.severity} {rule}") <= width:
        yield f"{paint.strong(place)} {colored}"
    else:
        yield from (paint.strong(place), f"  {colored}")


def _steps(finding: Finding, sources: _Sources, paint: Paint, width: int) -> Iterator[str]:
    """The numbered path. A line of source that stands in the frame, or just above, is not printed again."""
    several = len({step.thread for step in finding.steps}) > 1
    digits = len(str(len(finding.steps)))
    inset = " " * (digits + 4)
    before = finding.span
    for number, step in enumerate(finding.steps, 1):
        message = f"in goroutine {step.thread}: {step.message}" if several and step.thread else step.message
        place = f"{visible(step.span.path)}:{step.span.line}"
        yield from _placed(f"  {number:>{digits}}. ", place, message, paint, _prose(width))
        repeated = _same_line(step.span, finding.span) or _same_line(step.span, before)
        text = None if repeated else sources(step.span.path)
        line = excerpt(text, step.span, finding.severity, paint, width - len(inset) - 2) if text else ""
        if line:
            yield f"{inset}{paint.faint('|')} {line}"
        before = step.span


def _placed(lead: str, place: str, message: str, paint: Paint, width: int) -> Iterator[str]:
    """A place and, beside it or, where it takes more than half of the width, below it, what is said of it."""
    inset = " " * len(lead)
    room = width - len(inset)
    taken = width_of(place) + 2 if place else 0
    if taken > room // 2:
        yield f"{lead}{paint.strong(place)}"
        yield from (f"{inset}{line}" for line in wrap(message, room))
        return
    first, *rest = wrap(message, room, room - taken) or [""]
    yield (f"{lead}{paint.strong(place)}  {first}" if place else f"{lead}{first}").rstrip()
    yield from (f"{inset}{line}" for line in rest)


def _prose(width: int) -> int:
    return min(max(width, _NARROWEST), _WIDEST_PROSE)


def _same_line(one: Span, other: Span) -> bool:
    return (one.path, one.line) == (other.path, other.line)


def _place(note: Notification) -> str:
    return visible(f"{note.path}:{note.line}" if note.path and note.line else note.path)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
