"""What a rule is made of: the `rule` decorator turns a module's docstring and a check into a `Rule`."""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from goleaklint.model import Confidence, Finding, RuleInfo, Severity
from goleaklint.rules._view import FunctionView

Check = Callable[[FunctionView], Iterator[Finding]]

HEADINGS = {"why it leaks": "why", "leaks": "leaks", "fixed": "fixed", "not seen": "not_seen"}


class RuleError(Exception):
    """A rule that cannot be loaded: its text or its identity is incomplete."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as the pipeline runs it.

    `words` are texts of which a function must hold at least one for the check to be able to find anything in it:
    functions without any are not even read. With `resources` a function is read, too, that calls something which packs
    or the signatures of the module's own functions say may acquire a resource.
    """

    info: RuleInfo
    check: Check
    words: tuple[bytes, ...]
    resources: bool = False


def rule(
    rule_id: str,
    name: str,
    *,
    severity: str,
    confidence: str,
    since: str,
    words: tuple[str, ...] = (),
    resources: bool = False,
) -> Callable[[Check], Rule]:
    """Make the decorated check a rule, documented by its module's docstring.

    The docstring opens with one sentence, then has the headings Why it leaks, Leaks, Fixed and Not seen, in Markdown;
    Leaks and Fixed hold Go code. RuleError if anything is missing.
    """

    def make(check: Check) -> Rule:
        text = sys.modules[check.__module__].__doc__ or ""
        summary, sections = read_sections(rule_id, text)
        info = RuleInfo(
            rule_id, name, summary, Severity(severity), Confidence(confidence), since,
            sections["why"], sections["leaks"], sections["fixed"], sections["not_seen"],
        )  # fmt: skip
        return Rule(info, check, tuple(word.encode() for word in words), resources)

    return make


def read_sections(rule_id: str, text: str) -> tuple[str, dict[str, str]]:
    """The first paragraph and the sections of a rule's documentation; RuleError names every heading that is missing."""
    head, *parts = re.split(r"^##[ \t]+(.+?)[ \t]*$", text.strip(), flags=re.MULTILINE)
    sections = {
        HEADINGS[heading.lower()]: _unwrapped(body)
        for heading, body in zip(parts[::2], parts[1::2], strict=True)
        if heading.lower() in HEADINGS
    }
    missing = [heading for heading, key in HEADINGS.items() if not sections.get(key)]
    if not head.strip():
        missing.insert(0, "opening sentence")
    missing += [
        f"Go code under {key}" for key in ("leaks", "fixed") if key in sections and "```go" not in sections[key]
    ]
    if missing:
        raise RuleError(f"{rule_id}: the documentation lacks: {', '.join(missing)}")
    return " ".join(head.split()), sections


def _unwrapped(text: str) -> str:
    """Markdown with each paragraph on one line, as code scanning pages want it, and code indented by tabs, as gofmt
    does: our own source has none."""
    parts = re.split(r"(^```.*?^```)", text.strip(), flags=re.MULTILINE | re.DOTALL)
    for number in range(0, len(parts), 2):
        parts[number] = re.sub(r"(?<=\S)\n(?=[^\n\s*-])", " ", parts[number])
    for number in range(1, len(parts), 2):
        parts[number] = re.sub(
            r"^(?: {8})+", lambda found: "\t" * (len(found[0]) // 8), parts[number], flags=re.MULTILINE
        )
    return "".join(parts)
