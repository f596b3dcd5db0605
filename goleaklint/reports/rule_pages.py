"""What rules say of themselves in, pages out: one rule or the catalogue, as terminal text, Markdown or JSON."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

import msgspec

from goleaklint.model import RuleInfo
from goleaklint.reports.columns import width as width_of
from goleaklint.reports.columns import wrap
from goleaklint.reports.escape import markdown_cell, visible
from goleaklint.reports.paint import Paint
from goleaklint.reports.prose import prose

_FAMILIES: Final = {
    "GL1": "Goroutines that never end",
    "GL2": "Channels, locks, wait groups",
    "GL3": "sync.Pool",
    "GL4": "Things that must be given back",
    "GL5": "Finalizers and cleanups",
    "GL6": "Timers, contexts, clients",
    "GL7": "Memory kept alive",
    "GL9": "The tool itself",
}
_OTHER_FAMILY: Final = "Rules from plug-ins"


class RuleJson(msgspec.Struct, frozen=True, rename="camel"):
    """A `model.RuleInfo`; the texts from `why` on are Markdown."""

    id: str
    name: str
    summary: str
    severity: str
    confidence: str
    since: str
    why: str
    leaks: str
    fixed: str
    not_seen: str


def rule_text(rule: RuleInfo, *, color: bool = False, width: int = 80) -> str:
    """The page `goleaklint rule GL407` prints. Only lines of code may be wider than `width`."""
    paint = Paint(color)
    lines = [f"{paint.strong(visible(f'{rule.id} {rule.name}'))}", f"  {_standing(rule)}", ""]
    lines += prose(rule.summary, paint, width, "  ")
    for title, text in _parts(rule):
        lines += ["", paint.strong(title), *prose(text, paint, width, "  ")]
    return "".join(f"{line}\n" for line in lines)


def rule_markdown(rule: RuleInfo, *, heading: str = "#") -> str:
    """The page of one rule; its parts are headed one level below `heading`."""
    parts = [f"{heading} {rule.id} {rule.name}", f"*{_standing(rule)}*", rule.summary.strip()]
    for title, text in _parts(rule):
        parts += [f"{heading}# {title}", text.strip()]
    return "\n\n".join(parts) + "\n"


def rule_json(rule: RuleInfo) -> str:
    """One rule as a JSON object."""
    return _indented(msgspec.json.encode(_json(rule)))


def catalogue_text(rules: Iterable[RuleInfo], *, color: bool = False, width: int = 80) -> str:
    """The rules by family, a line or more for each: id, level, name, and beneath them the summary."""
    paint = Paint(color)
    blocks = []
    for family, members in _families(rules):
        lines = [paint.strong(family)]
        for rule in members:
            head = f"  {paint.strong(visible(rule.id))}  {visible(rule.name)}"
            lines += [f"{head}  {paint.faint(f'({rule.severity})')}", *_summary(rule, width)]
        blocks.append("".join(f"{line}\n" for line in lines))
    return "\n".join(blocks)


def catalogue_json(rules: Iterable[RuleInfo]) -> str:
    """Every rule, in a JSON array ordered by id."""
    return _indented(msgspec.json.encode([_json(rule) for rule in _ordered(rules)]))


def catalogue_markdown(rules: Iterable[RuleInfo]) -> str:
    """The catalogue page: a table of links for each family, then every rule under its anchor (`#gl407`)."""
    families = list(_families(rules))
    parts = ["# Rules\n"]
    for family, members in families:
        rows = "".join(f"{_linked_row(rule)}\n" for rule in members)
        parts.append(f"## {family}\n\n| Id | Name | Reports | Level |\n| --- | --- | --- | --- |\n{rows}")
    for _, members in families:
        parts += [f'<a id="{_anchor(rule)}"></a>\n\n{rule_markdown(rule, heading="##")}' for rule in members]
    return "\n".join(parts)


def _parts(rule: RuleInfo) -> Sequence[tuple[str, str]]:
    parts = (("Why it leaks", rule.why), ("Leaks", rule.leaks), ("Fixed", rule.fixed), ("Not seen", rule.not_seen))
    return [(title, text) for title, text in parts if text.strip()]


def _standing(rule: RuleInfo) -> str:
    return f"{rule.severity}, {rule.confidence} confidence, since {rule.since}"


def _ordered(rules: Iterable[RuleInfo]) -> list[RuleInfo]:
    """By id; those of plug-ins after our own."""
    return sorted(rules, key=lambda rule: (_family(rule) == _OTHER_FAMILY, rule.id))


def _families(rules: Iterable[RuleInfo]) -> Iterator[tuple[str, list[RuleInfo]]]:
    for family, members in groupby(_ordered(rules), key=_family):
        yield family, list(members)


def _family(rule: RuleInfo) -> str:
    return _FAMILIES.get(rule.id[:3], _OTHER_FAMILY)


def _summary(rule: RuleInfo, width: int) -> Iterator[str]:
    inset = " " * (width_of(visible(rule.id)) + 4)
    yield from (f"{inset}{line}" for line in wrap(rule.summary, width - len(inset)))


def _linked_row(rule: RuleInfo) -> str:
    cells = (f"[{rule.id}](#{_anchor(rule)})", rule.name, markdown_cell(rule.summary), str(rule.severity))
    return f"| {' | '.join(cells)} |"


def _anchor(rule: RuleInfo) -> str:
    return rule.id.lower()


def _json(rule: RuleInfo) -> RuleJson:
    return RuleJson(
        id=rule.id,
        name=rule.name,
        summary=rule.summary,
        severity=rule.severity.value,
        confidence=rule.confidence.value,
        since=rule.since,
        why=rule.why,
        leaks=rule.leaks,
        fixed=rule.fixed,
        not_seen=rule.not_seen,
    )


def _indented(encoded: bytes) -> str:
    return msgspec.json.format(encoded, indent=2).decode() + "\n"
